/** What a person or a client may be in the whole hub; told by the identity provider, and nothing else is taken from it. */
export const REALM_ROLES = ["citizen", "developer", "provider", "steward", "admin", "auditor", "agency"] as const;
export type RealmRole = (typeof REALM_ROLES)[number];

/** What a person may be in an organisation; told by the hub's own database. */
export const MEMBER_ROLES = ["OWNER", "MANAGER", "DEVELOPER", "VIEWER"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** What a key may be used for. A key without a scope for a door is refused there. */
export const KEY_SCOPES = ["read:graph", "read:exports"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export type Membership = { readonly organization: string; readonly role: MemberRole };

/**
 * Who asks. Made by one function from a verified credential, the same for the graph, its subgraphs, downloads and streams.
 * Ids are those of the hub's own rows; times are epoch ms, after which the credential is worth nothing.
 */
export type Principal =
  | { readonly kind: "ANONYMOUS" }
  | {
      readonly kind: "PERSON";
      readonly person: string;
      readonly roles: readonly RealmRole[];
      readonly memberships: readonly Membership[];
      readonly expiresAt: number;
    }
  | {
      readonly kind: "KEY";
      readonly key: string;
      readonly organization: string;
      /** null: a sandbox key */
      readonly licence: string | null;
      readonly environment: "live" | "test";
      readonly scopes: readonly string[];
      readonly expiresAt: number | null;
    }
  | {
      readonly kind: "CLIENT";
      readonly client: string;
      readonly roles: readonly RealmRole[];
      readonly expiresAt: number;
    }
  | { readonly kind: "DEVICE"; readonly device: string };

export const ANONYMOUS: Principal = { kind: "ANONYMOUS" };

/** When the credential ends, epoch ms; Infinity where it has no end of its own. */
export const endOf = (principal: Principal): number =>
  "expiresAt" in principal ? (principal.expiresAt ?? Infinity) : Infinity;

/** Those of these names that are roles: the list is closed, whatever a token says. */
export const rolesAmong = (names: unknown): readonly RealmRole[] =>
  Array.isArray(names) ? REALM_ROLES.filter((role) => names.includes(role)) : [];

/** Whether a person or a client has one of these roles. */
export const hasRole = (principal: Principal, ...roles: readonly RealmRole[]): boolean =>
  (principal.kind === "PERSON" || principal.kind === "CLIENT") && roles.some((role) => principal.roles.includes(role));

/** Whether a person has one of these places in an organisation. */
export const hasMembership = (principal: Principal, organization: string, ...roles: readonly MemberRole[]): boolean =>
  principal.kind === "PERSON" &&
  principal.memberships.some((one) => one.organization === organization && roles.includes(one.role));
