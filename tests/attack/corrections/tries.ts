import type { Pool, Queryable } from "../../../runtime/postgres.ts";
import type { openContext } from "../../support/stage/context.ts";
import { HOUR, type Yesterday } from "../../support/stage/outage.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { breakFunction, dropConstraint, type Undo } from "../support/stages.ts";

/** A day that was corrected and sealed, and another dataset that was declared nothing of. */
export type Target = Yesterday & { readonly stage: Stage; readonly outage: string; readonly correction: number };
type Context = ReturnType<typeof openContext>;
type Fault = (stage: Stage) => Promise<Undo>;

/** Something that the database must refuse, and what must be taken out of it so that it does not. */
export type Try = {
  readonly name: string;
  /** SQLSTATE of the refusal */
  readonly code: string;
  readonly on: (target: Target, context: Context) => Pool;
  readonly act: (db: Queryable, target: Target) => Promise<unknown>;
  readonly faults: readonly Fault[];
};

const constraint =
  (table: string, name: string): Fault =>
  ({ hub }) =>
    dropConstraint(hub, table, name);

/** Drops a trigger of a throw-away database. */
export async function dropTrigger(pool: Pool, table: string, name: string): Promise<Undo> {
  const { rows } = await pool.query<{ text: string }>(
    "SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgrelid = $1::regclass AND tgname = $2",
    [table, name],
  );
  const text = rows[0]?.text;
  if (text === undefined) throw new Error(`${table} has no trigger ${name}`);
  await pool.query(`DROP TRIGGER ${name} ON ${table}`);
  return async () => void (await pool.query(text));
}

const trigger =
  (table: string, name: string): Fault =>
  ({ hub }) =>
    dropTrigger(hub, table, name);

const owner = ({ stage }: Target): Pool => stage.hub;
const worker = (_: Target, { hub }: Context): Pool => hub;

/** A plan that says of itself that it corrects: the corrected one with some columns changed. Answers its number. */
async function forge(db: Queryable, { plan }: Target, changed: Record<string, unknown>): Promise<number> {
  const { rows } = await db.query<{ number: number }>(
    `INSERT INTO hub.plan SELECT (jsonb_populate_record(p, $2::jsonb
        || jsonb_build_object('number', nextval('hub.plan_number_seq'), 'version', 99, 'corrects', p.number,
                              'epsilon_micro', 50000, 'scale_numerator', 120, 'scale_denominator', 1))).*
       FROM hub.plan p WHERE p.number = $1 RETURNING number`,
    [plan, JSON.stringify(changed)],
  );
  return rows[0]?.number ?? 0;
}

const debit = (db: Queryable, plan: number, day: string) =>
  db.query("INSERT INTO ledger.debit (plan, day) VALUES ($1, $2)", [plan, day]);

export const TRIES: readonly Try[] = [
  {
    name: "a correction without a declared outage",
    code: "MD014",
    on: owner,
    act: (db, target) => forge(db, target, {}),
    faults: [constraint("hub.plan", "correction_has_outage"), trigger("hub.plan", "is_correction")],
  },
  {
    name: "a correction for the outage of another dataset",
    code: "MD014",
    on: owner,
    async act(db, target) {
      const { rows } = await db.query<{ id: string }>(
        `INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by)
         SELECT $2, starts_at, ends_at, reason, text_ko, text_en, declared_by FROM hub.outage WHERE id = $1 RETURNING id`,
        [target.outage, `${target.scene.slug}-1`],
      );
      await forge(db, target, { outage_id: rows[0]?.id });
    },
    faults: [trigger("hub.plan", "is_correction")],
  },
  {
    name: "a correction that counts what its plan does not",
    code: "MD014",
    on: owner,
    act: (db, target) => forge(db, target, { outage_id: target.outage, classes: ["CAR"] }),
    faults: [trigger("hub.plan", "is_correction")],
  },
  {
    name: "a correction of fewer places",
    code: "MD014",
    on: owner,
    async act(db, target) {
      const plan = await forge(db, target, { outage_id: target.outage });
      await debit(db, plan, target.day);
    },
    faults: [trigger("ledger.debit", "correction_in_time")],
  },
  {
    name: "a debit of a day that the outage does not reach",
    code: "MD015",
    on: worker,
    act: (db, { correction }) => debit(db, correction, "2020-01-01"),
    faults: [trigger("ledger.debit", "correction_in_time")],
  },
  {
    name: "a window outside the outage",
    code: "MD017",
    on: worker,
    async act(db, { correction, day, from }) {
      const { rows } = await db.query<{ id: string }>(
        `INSERT INTO ledger.slot (id, plan, window_start, window_end)
         VALUES (gen_random_uuid(), $1, to_timestamp($2), to_timestamp($3)) RETURNING id`,
        [correction, (from + 7 * HOUR) / 1000, (from + 8 * HOUR) / 1000],
      );
      await db.query("INSERT INTO ledger.slot_debit (slot, plan, day) VALUES ($1, $2, $3)", [
        rows[0]?.id,
        correction,
        day,
      ]);
    },
    faults: [trigger("ledger.slot", "within_outage")],
  },
  {
    name: "an outage made longer afterwards",
    code: "MD019",
    on: owner,
    act: (db, { outage }) =>
      db.query("UPDATE hub.outage SET starts_at = starts_at - interval '1 hour' WHERE id = $1", [outage]),
    faults: [trigger("hub.outage", "outage_stands")],
  },
  {
    name: "an outage that is not over",
    code: "23514",
    on: owner,
    act: (db, { outage }) =>
      db.query(
        `INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by)
         SELECT dataset_id, starts_at, now() + interval '1 hour', reason, text_ko, text_en, declared_by
           FROM hub.outage WHERE id = $1`,
        [outage],
      ),
    faults: [constraint("hub.outage", "outage_is_over")],
  },
  {
    name: "an outage declared by a worker",
    code: "42501",
    on: worker,
    act: (db, { outage }) =>
      db.query(
        `INSERT INTO hub.outage (dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by)
         SELECT dataset_id, starts_at, ends_at, reason, text_ko, text_en, declared_by FROM hub.outage WHERE id = $1`,
        [outage],
      ),
    faults: [
      async ({ hub }) => {
        await hub.query("GRANT INSERT ON hub.outage TO madang_release");
        return async () => void (await hub.query("REVOKE INSERT ON hub.outage FROM madang_release"));
      },
    ],
  },
  {
    name: "a correction opened on a sealed day",
    code: "MD021",
    on: (_, { edge }) => edge,
    act: (db, { scene, day, plan, from }) =>
      db.query("SELECT edge.open_correction($1, $2, 999999, $3, to_timestamp($4), to_timestamp($5))", [
        scene.population,
        day,
        plan,
        from / 1000,
        (from + HOUR) / 1000,
      ]),
    faults: [
      ({ edge }) =>
        breakFunction(
          edge,
          "edge.open_correction(integer, date, integer, integer, timestamptz, timestamptz)",
          "IF v_state IS DISTINCT FROM 'OPEN' THEN",
          "IF v_state IS NULL THEN",
        ),
    ],
  },
  {
    name: "a late row of a sealed day",
    code: "MD025",
    on: ({ stage }) => stage.edge,
    act: (db, { correction, day, from }) =>
      db.query(
        "SELECT edge.take_contributions($1, ARRAY[$2::date], ARRAY[to_timestamp($3)], '{1}', '{0}', ARRAY[$4::bytea])",
        [correction, day, (from + 3 * HOUR) / 1000, Buffer.alloc(16, 1)],
      ),
    faults: [
      ({ edge }) =>
        breakFunction(edge, "edge.check_takes(integer, date[], timestamptz[])", "IF EXISTS (", "IF false AND EXISTS ("),
    ],
  },
  {
    name: "a sealed day opened again",
    code: "MD023",
    on: (_, { edge }) => edge,
    act: (db, { scene, day }) =>
      db.query("UPDATE edge.population_day SET state = 'OPEN', sealed_at = NULL WHERE population = $1 AND day = $2", [
        scene.population,
        day,
      ]),
    faults: [({ edge }) => dropTrigger(edge, "edge.population_day", "stays_sealed")],
  },
  {
    name: "other values for a window that was released",
    code: "MD001",
    on: worker,
    act: (db, { plan }) =>
      db.query("SELECT open.commit_slot(id, '{1,2}', '{9,9}', '{f,f}') FROM ledger.slot WHERE plan = $1 LIMIT 1", [
        plan,
      ]),
    faults: [
      ({ hub }) =>
        breakFunction(
          hub,
          "open.commit_slot(uuid, bigint[], integer[], boolean[])",
          "IF s.digest = v_digest THEN",
          "IF true THEN",
        ),
    ],
  },
];

/** Tries, and takes back whatever came of it. @returns the SQLSTATE of the refusal, null where it was accepted */
export async function attempt(pool: Pool, act: (db: Queryable) => Promise<unknown>): Promise<string | null> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await act(client);
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    return null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    return code;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
