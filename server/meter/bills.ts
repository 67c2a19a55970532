import { HubError } from "../../core/errors.ts";
import type { Principal } from "../../core/licence/principal.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { byVersion } from "../access/by-version.ts";
import { type Bill, openBill } from "./bill.ts";
import type { Caller, Meter, Metered, Operation } from "./meter.ts";

const LICENCE = statement(new URL("./licence.sql", import.meta.url));
const KEPT = 10_000;
/** A download goes on when the rate of its licence allows it again. */
const PATIENCE_MS: Readonly<Record<Operation, number>> = { query: 0, example: 0, export: 30_000 };

/** The ids of the usage events of an answer, comma between. */
export const USAGE_HEADER = "madang-usage";

/** Makes bills; null for whoever can use no licence. */
export type OpenBill = (principal: Principal, operation: Operation) => Bill | null;

/**
 * @param version of all access, null while it is not confirmed: a licence is remembered for one version
 */
export function bills(meter: Meter, hub: Queryable, version: () => number | null): OpenBill {
  const known = byVersion<Metered>(KEPT, version);
  const find = async (licence: string): Promise<Metered> => {
    const before = known.get(licence);
    if (before !== undefined) return before;
    const asked = version();
    const { rows } = await hub.query<Metered>({ ...LICENCE, values: [licence] });
    const [row] = rows;
    if (row === undefined) throw new HubError("LICENCE_ENDED", "This licence is not in force.");
    known.set(licence, row, asked);
    return row;
  };
  return (principal, operation) => {
    const caller = callerOf(principal);
    return caller === null ? null : openBill({ meter, caller, find, operation, patienceMs: PATIENCE_MS[operation] });
  };
}

function callerOf(principal: Principal): Caller | null {
  if (principal.kind === "KEY") return principal.licence === null ? null : { kind: "KEY", id: principal.key };
  if (principal.kind === "PERSON" && principal.memberships.length > 0) return { kind: "PERSON", id: principal.person };
  return null;
}
