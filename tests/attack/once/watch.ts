import type { Pool } from "../../../runtime/postgres.ts";
import type { Stage } from "../../support/stage/stage.ts";

/** All noisy values that were ever visible in the databases of a stage, and in what its workers wrote. */
export type Watch = {
  /** Takes over what the hub has shown so far: before it is replaced by a backup, and before `judge`. */
  collect(): Promise<void>;
  /** All that a worker writes. */
  onOutput(text: string): void;
  /** How many slots had a value, and what broke the rule that each has one debit a day and one vector for ever. */
  judge(): Promise<{ slots: number; broken: string[] }>;
};

/** A note of every committed write, made by the database itself: no look comes too late. */
const NOTES = (table: string, row: string) => `
  CREATE SCHEMA watch;
  CREATE TABLE watch.note (what text NOT NULL, value text NOT NULL, PRIMARY KEY (what, value));
  CREATE FUNCTION watch.take() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    INSERT INTO watch.note SELECT * FROM (${row}) AS n (what, value) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER watch AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION watch.take();`;

const VALUES = "SELECT concat_ws(' ', NEW.plan, NEW.cell, extract(epoch FROM NEW.window_start)), NEW.value::text";
const DRAWS = "SELECT NEW.slot::text, NEW.cells::text || NEW.values::text || NEW.silent::text";

export async function watch(stage: Stage): Promise<Watch> {
  await stage.hub.query(NOTES("open.observation", VALUES));
  await stage.edge.query(NOTES("edge.draw", DRAWS));
  const shown: Shown = new Map();
  const slotOf = new Map<string, string>();
  let output = "";

  const collect = async (): Promise<void> => {
    const { rows } = await stage.hub.query<{ id: string; name: string }>(
      "SELECT id, concat_ws(' ', plan, extract(epoch FROM window_start)) AS name FROM ledger.slot",
    );
    for (const { id, name } of rows) slotOf.set(name, id);
    for (const { what, value } of await notes(stage.hub)) shown.set(what, (shown.get(what) ?? new Set()).add(value));
  };
  return {
    collect,
    onOutput: (text) => {
      output += text;
    },
    async judge() {
      await collect();
      const drawn = Map.groupBy(await notes(stage.edge), ({ what }) => what);
      const broken: string[] = [];
      const complain = (count: number, what: string): void => void (count > 0 && broken.push(`${count} ${what}`));
      complain([...drawn.values()].filter(({ length }) => length > 1).length, "slots drawn twice");
      complain([...shown.values()].filter(({ size }) => size > 1).length, "values that changed");
      complain(undrawn(shown, slotOf, [...drawn.values()].flat()), "values that nobody drew");
      complain(await oddDebits(stage.hub), "debits that are not one a plan and day");
      const vectors = [...drawn.values()].flat().map(({ value }) => value.match(/\}\{([^}]+)\}/)?.[1] ?? "");
      complain(vectors.filter((vector) => vector.length > 12 && output.includes(vector)).length, "vectors in a log");
      return { slots: drawn.size, broken };
    },
  };
}

type Note = { what: string; value: string };

async function notes(pool: Pool): Promise<Note[]> {
  return (await pool.query<Note>("SELECT what, value FROM watch.note")).rows;
}

/** Noisy values by plan, cell and window. */
type Shown = Map<string, Set<string>>;

/** How many values that the hub showed stand in no draw of their slot. */
function undrawn(shown: Shown, slotOf: ReadonlyMap<string, string>, draws: readonly Note[]): number {
  const drawn = new Map(
    draws.map(({ what, value }) => {
      const [cells = "", values = ""] = value.slice(1, -1).split("}{");
      const of = values.split(",");
      return [what, new Map(cells.split(",").map((cell, index) => [cell, of[index]]))];
    }),
  );
  let count = 0;
  for (const [name, values] of shown) {
    const [plan = "", cell = "", at = ""] = name.split(" ");
    const draw = drawn.get(slotOf.get(`${plan} ${at}`) ?? "");
    for (const value of values) if (draw?.get(cell) !== value) count++;
  }
  return count;
}

/** Debits beyond one a plan and day, and days whose spending is not the sum of theirs. */
async function oddDebits(hub: Pool): Promise<number> {
  const { rows } = await hub.query<{ n: number }>(
    `SELECT (SELECT count(*) - count(DISTINCT (plan, day)) FROM ledger.debit)
          + (SELECT count(*) FROM ledger.population_day d WHERE spent_micro <>
               (SELECT coalesce(sum(epsilon_micro), 0) FROM ledger.debit b WHERE b.population = d.population AND b.day = d.day))
          + (SELECT count(*) FROM ledger.slot s WHERE (SELECT count(*) FROM ledger.slot_debit b WHERE b.slot = s.id)
               <> s.last_day - s.first_day + 1) AS n`,
  );
  return rows[0]?.n ?? 0;
}
