import type { Entitlement } from "../../core/licence/entitlement.ts";
import type { Principal } from "../../core/licence/principal.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { type Billing, NO_LICENCES } from "../../schema/access.ts";
import type { Context } from "../../schema/context.ts";
import { byVersion } from "./by-version.ts";
import type { Watch } from "./watch.ts";

const ENTITLEMENTS = statement(new URL("./entitlements.sql", import.meta.url));
const KEPT = 10_000;

type Row = Omit<Entitlement, "quota"> & { quota: number };

/** What is looked up for somebody: organisations whose licences they may use, and of them one licence or all; null: none. */
function heldBy(principal: Principal): { organizations: string[]; licence: string | null } | null {
  if (principal.kind === "KEY") {
    const { organization, licence } = principal;
    return licence === null ? null : { organizations: [organization], licence };
  }
  if (principal.kind !== "PERSON") return null;
  const organizations = principal.memberships.filter(({ role }) => role !== "VIEWER").map((one) => one.organization);
  return organizations.length === 0 ? null : { organizations, licence: null };
}

export type SessionOptions = { hub: Queryable; watch: Watch; now: () => number };

/**
 * Makes what the resolvers of one request get: who asks, and what the hub knows of their licences. Licences are remembered
 * until the version of access changes, each asker's apart.
 * @returns a function from who asks, and from what is told of each use of a licence
 */
export function sessions({ hub, watch, now }: SessionOptions) {
  const known = byVersion<readonly Entitlement[]>(KEPT, watch.version);

  async function entitlementsOf(principal: Principal): Promise<readonly Entitlement[]> {
    const held = heldBy(principal);
    if (held === null) return [];
    const version = await watch.confirmed();
    const kept = JSON.stringify(held);
    const before = known.get(kept);
    if (before !== undefined) return before;
    const { rows } = await hub.query<Row>({ ...ENTITLEMENTS, values: [held.organizations, held.licence] });
    const entitlements = rows.map((row) => ({ ...row, quota: BigInt(row.quota) }));
    known.set(kept, entitlements, version);
    return entitlements;
  }

  return (principal: Principal, billing: Billing = NO_LICENCES): Context => ({
    hub,
    now,
    principal,
    access: {
      version: watch.version,
      entitlements: () => entitlementsOf(principal),
      opened: billing.opened,
      used: billing.used,
    },
  });
}

export type OpenSession = ReturnType<typeof sessions>;
