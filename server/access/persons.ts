import { type Membership, type Principal, rolesAmong } from "../../core/licence/principal.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { TokenClaims } from "../identity/token.ts";
import { byVersion } from "./by-version.ts";
import type { Watch } from "./watch.ts";

const SEE = statement(new URL("./see-person.sql", import.meta.url));
const KEPT = 10_000;

type PersonRow = { person: string; memberships: Membership[] };

/**
 * Makes principals of verified tokens. A person is the hub's own row of them, made at first sight; where they are a member
 * the hub's database says, never the token. Both are remembered until the version of access changes.
 */
export function tokenPrincipals(hub: Queryable, { version, confirmed }: Pick<Watch, "version" | "confirmed">) {
  const known = byVersion<PersonRow>(KEPT, version);
  return async (claims: TokenClaims): Promise<Principal> => {
    const { kind, client, issuer, subject, email, emailVerified, name, expiresAt } = claims;
    const roles = rolesAmong(claims.roles);
    if (kind === "CLIENT") return { kind, client, roles, expiresAt };
    const kept = JSON.stringify([issuer, subject, email, name, emailVerified]);
    let row = known.get(kept) ?? known.last(kept);
    if (row === undefined) {
      const asked = await confirmed();
      const { rows } = await hub.query<PersonRow>({ ...SEE, values: [issuer, subject, email, name, emailVerified] });
      [row] = rows;
      if (row === undefined) throw new Error("a person is seen");
      known.set(kept, row, asked);
    }
    return { kind, person: row.person, roles, memberships: row.memberships, expiresAt };
  };
}
