import { HubError } from "../../core/errors.ts";
import { hasRole, type MemberRole, type Principal, type RealmRole } from "../../core/licence/principal.ts";
import { Refusal } from "./refusal.ts";

/** A person who is signed in. */
export type Person = Extract<Principal, { kind: "PERSON" }>;

/**
 * Every act in the market is a person's: keys read data, they never change anything.
 * @throws HubError UNAUTHENTICATED for anybody else
 */
export function requirePerson(principal: Principal): Person {
  if (principal.kind === "PERSON") return principal;
  throw new HubError("UNAUTHENTICATED", "Sign in to do this.");
}

/** Who looks after the market or checks it: they see every licence. */
const STAFF = ["steward", "admin", "auditor"] as const;
export const isStaff = (principal: Principal): boolean => hasRole(principal, ...STAFF);

/** The caller's role in an organisation, or null. */
export const memberRole = (principal: Principal, organization: string): MemberRole | null =>
  principal.kind === "PERSON"
    ? (principal.memberships.find((membership) => membership.organization === organization)?.role ?? null)
    : null;

export const isMember = (principal: Principal, organization: string): boolean =>
  memberRole(principal, organization) !== null;

/** What a member may do, by role. */
const MAY = {
  /** people, texts of the organisation */
  manage: ["OWNER", "MANAGER"],
  /** accept conditions and prices, give a licence back */
  commit: ["OWNER", "MANAGER"],
  /** ask for licences, answer, make keys */
  develop: ["OWNER", "MANAGER", "DEVELOPER"],
  /** hand the organisation on, close it */
  own: ["OWNER"],
} as const satisfies Record<string, readonly MemberRole[]>;
export type Right = keyof typeof MAY;

export function mayAs(principal: Principal, organization: string, right: Right): boolean {
  const role = memberRole(principal, organization);
  return role !== null && (MAY[right] as readonly MemberRole[]).includes(role);
}

/** Members see what is their organisation's, staff all of it; for anybody else it does not exist. */
export const maySee = (principal: Principal, organization: string): boolean =>
  isMember(principal, organization) || isStaff(principal);

/**
 * @throws Refusal NOT_FOUND for strangers, as if it did not exist; FORBIDDEN for members without the right
 */
export function requireRight(principal: Principal, organization: string, right: Right): void {
  if (mayAs(principal, organization, right)) return;
  throw new Refusal(maySee(principal, organization) ? "FORBIDDEN" : "NOT_FOUND");
}

/** @throws Refusal FORBIDDEN without one of these roles of the hub */
export function requireRole(principal: Principal, ...roles: readonly RealmRole[]): void {
  if (!hasRole(principal, ...roles)) throw new Refusal("FORBIDDEN");
}

/** Whether a person acts for the hub: no client or key does. */
export const hasOffice = (principal: Principal): boolean =>
  principal.kind === "PERSON" && hasRole(principal, "steward", "admin");

/** Who may decide on what an organisation asks: a steward or administrator who is not of it. */
export const mayDecide = (principal: Principal, organization: string): boolean =>
  hasOffice(principal) && !isMember(principal, organization);

/** @throws HubError FORBIDDEN for anybody who does not look after the market or check it, UNAUTHENTICATED for nobody */
export function requireStaff(principal: Principal, ...roles: readonly RealmRole[]): void {
  if (hasRole(principal, ...(roles.length > 0 ? roles : STAFF))) return;
  if (principal.kind === "ANONYMOUS") throw new HubError("UNAUTHENTICATED", "Sign in to see this.");
  throw new HubError("FORBIDDEN", "This is for those who look after the market.");
}
