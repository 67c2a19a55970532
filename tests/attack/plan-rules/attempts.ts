import type { Pool } from "../../../runtime/postgres.ts";
import { addScene, type Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";

/** A change that a steward with every right on the catalogue might try; the database must refuse it. */
export type Attempt = { readonly what: string; readonly sql: string; readonly values: readonly unknown[] };

export type Ground = { readonly pool: Pool; readonly scene: Scene; readonly used: number; readonly fresh: number };

const DAY = "2026-03-02";

/** A population with room for ε 0.4 more: its first plan has a debit, its second has none yet. */
export async function prepare(stage: Stage): Promise<Ground> {
  const wish = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 2 };
  const scene = await addScene(stage, { plans: [wish, wish] });
  const [used = 0, fresh = 0] = scene.plans;
  await stage.hub.query("INSERT INTO ledger.debit (plan, day) VALUES ($1, $2)", [used, DAY]);
  return { pool: stage.hub, scene, used, fresh };
}

/** A copy of the fresh plan as its next version, with some columns as an expression says. */
function copy({ fresh }: Ground, what: string, changes: Record<string, string>): Attempt {
  const version = `(SELECT max(version) + 1 FROM hub.plan v WHERE v.dataset_id = p.dataset_id)`;
  const set: Record<string, string> = { version, epsilon_micro: "100000", nano_rho: "833334", ...changes };
  const columns = [
    "dataset_id",
    "version",
    "population_number",
    "statistic",
    "step",
    "split",
    "classes",
    "bound",
    "epsilon_micro",
    "nano_rho",
    "scale_numerator",
    "scale_denominator",
    "half_width_95",
    "threshold",
    "additive",
    "schedule_seconds",
    "daypart_hours",
    "daypart_bounds",
    "bin_edges",
  ];
  const scale = { scale_numerator: "60", scale_denominator: "1", ...set };
  const expressions = columns.map((column) => (scale as Record<string, string>)[column] ?? `p.${column}`);
  return {
    what,
    sql: `INSERT INTO hub.plan (${columns.join(", ")}) SELECT ${expressions.join(", ")} FROM hub.plan p WHERE p.number = $1`,
    values: [fresh],
  };
}

/** A change that is right: every attempt differs from one such in the one thing that it names. */
export const allowed = (ground: Ground): Attempt => copy(ground, "a further plan within the budget", {});

export function attempts(ground: Ground): Attempt[] {
  const { used } = ground;
  const on = (what: string, sql: string): Attempt => ({ what, sql, values: [used] });
  return [
    copy(ground, "a plan over the population's budget (P1)", {
      epsilon_micro: "500000",
      nano_rho: "20833334",
      scale_numerator: "12",
    }),
    copy(ground, "a plan that costs nothing (P1)", { epsilon_micro: "0" }),
    copy(ground, "a plan whose noise is less than L/ε (P1)", { scale_numerator: "10" }),
    copy(ground, "a Laplace scale that forgets L (P1)", { scale_numerator: "10", scale_denominator: "1" }),
    copy(ground, "a plan without a bound (P7)", { bound: "0" }),
    copy(ground, "a bound that is not known (P7)", { bound: "NULL" }),
    copy(ground, "a mean (P7)", { statistic: `'MEAN'::hub."Statistic"` }),
    copy(ground, "a maximum (P7)", { statistic: `'MAXIMUM'::hub."Statistic"` }),
    copy(ground, "a histogram without bins (P7)", { statistic: `'SPEED'::hub."Statistic"` }),
    copy(ground, "bins that do not ascend (P7)", {
      statistic: `'SPEED'::hub."Statistic"`,
      split: "'BIN'",
      bin_edges: "'{0, 300, 200}'",
    }),
    copy(ground, "a threshold on a dense plan (P5)", { threshold: "12" }),
    copy(ground, "a sparse plan whose values may be summed (P4)", {
      statistic: `'ORIGIN_DESTINATION'::hub."Statistic"`,
      threshold: "12",
      additive: "true",
    }),
    copy(ground, "a window that is no window of the calendar (P4)", { step: "'PT7M'" }),
    copy(ground, "parts of a day that allow more than L (P3)", {
      daypart_hours: "'{0, 12}'",
      daypart_bounds: "'{6, 6}'",
    }),
    copy(ground, "parts of a day for an occupancy (P3)", {
      statistic: `'OCCUPANCY'::hub."Statistic"`,
      step: "'PT10M'",
      daypart_hours: "'{0, 12}'",
      daypart_bounds: "'{3, 3}'",
    }),
    copy(ground, "a bound beyond all reason (P7)", {
      bound: "20000",
      scale_numerator: "200000",
      nano_rho: "250",
    }),
    copy(ground, "a publication on no schedule (P12)", { schedule_seconds: "0" }),
    on(
      "less noise, by a bound that no row was held to, once a day is debited (P1)",
      "UPDATE hub.plan SET bound = 3, scale_numerator = 5, nano_rho = 60000000 WHERE number = $1",
    ),
    on("another statistic once a day is debited (P4)", `UPDATE hub.plan SET statistic = 'PASSAGES' WHERE number = $1`),
    on(
      "a cell more once a day is debited (P4)",
      "INSERT INTO hub.partition SELECT plan_number, 3, zone_id FROM hub.partition WHERE plan_number = $1 LIMIT 1",
    ),
    on("a cell less once a day is debited (P4)", "DELETE FROM hub.partition WHERE plan_number = $1 AND cell = 1"),
    on(
      "a cell elsewhere once a day is debited (P4)",
      "UPDATE hub.partition SET cell = 9 WHERE plan_number = $1 AND cell = 1",
    ),
    on("a plan taken away once a day is debited (P1)", "DELETE FROM hub.plan WHERE number = $1"),
    on(
      "a day's cap raised by its plans' spending (P1)",
      "UPDATE ledger.population_day SET spent_micro = cap_micro + 1 WHERE population = (SELECT population_number FROM hub.plan WHERE number = $1)",
    ),
  ];
}

/** Whether the database refuses; nothing of the attempt stays either way. */
export async function isRefused(pool: Pool, { sql, values }: Attempt): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rowCount } = await client.query(sql, [...values]);
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    if (rowCount === 0) throw new Error("the attempt touched nothing");
    return false;
  } catch (error) {
    if ((error as { code?: unknown }).code === undefined) throw error;
    return true;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
