import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { MemberRole, RealmRole } from "../generated/graphql.ts";
import type { Viewer } from "./Desk.tsx";

const ROLE_WORD: Readonly<Record<RealmRole, MessageDescriptor>> = {
  CITIZEN: msg`citizen`,
  DEVELOPER: msg`developer`,
  PROVIDER: msg`provider of data`,
  STEWARD: msg`steward`,
  ADMIN: msg`administrator`,
  AUDITOR: msg`auditor`,
  AGENCY: msg`agency`,
};

/** A role of the hub in words. */
export function roleWord(role: RealmRole): MessageDescriptor {
  return ROLE_WORD[role];
}

const MAY = {
  manage: ["OWNER", "MANAGER"],
  commit: ["OWNER", "MANAGER"],
  develop: ["OWNER", "MANAGER", "DEVELOPER"],
} as const satisfies Record<string, readonly MemberRole[]>;

/** The organisations in which a person may do something; the hub decides again, this only spares a no. */
export function organizationsFor(viewer: Viewer, right: keyof typeof MAY) {
  const roles: readonly MemberRole[] = MAY[right];
  return viewer.organizations
    .filter(({ role, organization }) => roles.includes(role) && organization.closedAt === null)
    .map(({ organization }) => organization);
}

/** Whether the person may do something in this organisation. */
export function mayIn(viewer: Viewer, organization: string, right: keyof typeof MAY): boolean {
  return organizationsFor(viewer, right).some(({ id }) => id === organization);
}
