import type { Pool } from "../../../runtime/postgres.ts";
import type { Stage } from "../../support/stage/stage.ts";

/** A fault in a function of a throw-away database: `from`, found exactly once, becomes `to`. */
type Fault = {
  readonly database: "hub" | "edge";
  readonly function: string;
  readonly from: string;
  readonly to: string;
};
export type Mutant = { readonly name: string; readonly faults: readonly Fault[] };

const unlock = (from: string, to: string): Fault => ({ database: "edge", function: "edge.unlock_reports", from, to });
const NO_L = unlock("AND count(DISTINCT category) >= 2", "");
const NO_DELAY = unlock("AND max(r.block_end) + interval '24 hours' <= clock_timestamp()", "");

export const MUTANTS: readonly Mutant[] = [
  {
    name: "reports are counted, not sources",
    faults: [unlock("HAVING count(DISTINCT source) >= 5", "HAVING count(*) >= 5")],
  },
  {
    name: "four sources are enough",
    faults: [unlock("HAVING count(DISTINCT source) >= 5", "HAVING count(DISTINCT source) >= 4")],
  },
  { name: "unverified sources count", faults: [unlock("WHERE r.verified AND", "WHERE")] },
  { name: "revoked devices count", faults: [unlock("AND r.device <> ALL (p_revoked)", "")] },
  {
    name: "a source counts once in each tier",
    faults: [
      unlock(
        "r.block_start, r.source, r.category",
        "r.block_start, r.source || convert_to(r.feed, 'UTF8') AS source, r.category",
      ),
    ],
  },
  { name: "the check of two kinds is dropped", faults: [NO_L] },
  {
    name: "both checks of two kinds are dropped, in the restricted database and in the public one",
    faults: [NO_L, { database: "hub", function: "open.publish_snapped", from: "cardinality(v_kinds) < 2 OR", to: "" }],
  },
  { name: "the delay is dropped", faults: [NO_DELAY] },
  {
    name: "both checks of the delay are dropped",
    faults: [
      NO_DELAY,
      {
        database: "hub",
        function: "open.snapped_event",
        from: "OR NEW.published_at < NEW.ends_at + interval '24 hours' OR now() < NEW.ends_at + interval '24 hours'",
        to: "",
      },
    ],
  },
];

async function replace(pool: Pool, name: string, from: string, to: string): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    "SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE pronamespace::regnamespace || '.' || proname = $1",
    [name],
  );
  const text = rows[0]?.text ?? "";
  if (text.split(from).length !== 2) throw new Error(`"${from}" is not once in ${name}`);
  await pool.query(text.replace(from, () => to));
  return text;
}

/** Runs something while a mutant's faults are in the databases, and takes them out again. */
export async function infected<T>(stage: Stage, { faults }: Mutant, work: () => Promise<T>): Promise<T> {
  const whole: [Pool, string][] = [];
  try {
    for (const { database, function: name, from, to } of faults) {
      whole.push([stage[database], await replace(stage[database], name, from, to)]);
    }
    return await work();
  } finally {
    for (const [pool, text] of whole) await pool.query(text);
  }
}
