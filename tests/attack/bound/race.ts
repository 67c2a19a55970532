import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "../../../runtime/postgres.ts";
import { commitGroup } from "../../../workers/ingest/commit.ts";
import type { Plan, Population } from "../../../workers/release/catalogue.ts";
import type { Context } from "../../../workers/release/context.ts";
import type { freeze } from "../../../workers/release/freeze.ts";
import type { Slot } from "../../../workers/release/reserve.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { crowdedDay, DAY, preparedBatch, slotsFor, WINDOWS } from "./crowded-day.ts";

export const WORKERS = 64;
const FREEZERS = 4;
/** L of the parts of a day: one where it is not split. */
const BOUNDS: readonly (readonly number[])[] = [[1], [2], [6], [3, 2], [10]];

/** What one run came to. */
export type Run = {
  /** The most that any unit got in a part of its day, over that part's L: at most 1. */
  readonly most: number;
  readonly units: number;
  /** Units that came more often than L in a part of the day, and were cut. */
  readonly cut: number;
  readonly broken: readonly string[];
};

export type Freeze = typeof freeze;
export type Ring = {
  readonly stage: Stage;
  readonly ingest: Pool;
  readonly release: Context;
  /** With one plan, of which each run makes one of its own. */
  readonly population: Population;
};

/**
 * One population-day of its own: 64 ingest workers commit batches of its rows, 30 % of which came before, while release
 * workers freeze its windows, first each some of them, then all of them all; with the project's own steps.
 */
export async function race({ stage, ingest, release, population }: Ring, freeze: Freeze, run: number): Promise<Run> {
  const [like] = population.plans;
  if (like === undefined) throw new Error("the population has a plan");
  const bounds = BOUNDS[run % BOUNDS.length] ?? [1];
  const number = 1_000_000 + run;
  const plan: Plan = { ...like, number, bound: bounds.reduce((sum, part) => sum + part, 0), bounds: [...bounds] };
  const own: Population = { ...population, number, plans: [plan] };
  const slots = slotsFor({ ...plan, dataset: `run-${run}` }).map((slot): Slot => ({ ...slot, plan }));
  const batches = Array.from({ length: WORKERS }, () => randomUUID());
  await open(stage, own, batches);

  const faults = new Set<string>();
  const note = (error: unknown): void => void faults.add((error as { code?: string }).code ?? String(error));
  const rows = crowdedDay(plan, WORKERS);
  const writers = batches.map((batch, n) =>
    commitGroup(ingest, [preparedBatch(batch, number, plan, rows[n] ?? [])], [], false).then(undefined, note),
  );
  const freezers = Array.from({ length: FREEZERS }, async (_, n) => {
    await sleep(randomInt(20));
    await freeze(release, own, DAY, slots.slice(2 * n, 2 * n + 2)).then(undefined, note);
  });
  await Promise.all([...writers, ...freezers]);
  await Promise.all(
    freezers.map(() => freeze(release, own, DAY, slots.slice(2 * FREEZERS, WINDOWS)).then(undefined, note)),
  );
  const seen = await look(stage, plan, slots);
  await stage.edge.query("UPDATE edge.population_day SET state = 'SEALED', sealed_at = now() WHERE population = $1", [
    number,
  ]);
  return { ...seen, broken: [...seen.broken, ...[...faults].map((code) => `refused with ${code}`)] };
}

async function open({ edge }: Stage, { number, plans }: Population, batches: readonly string[]): Promise<void> {
  await edge.query(
    `WITH day AS (INSERT INTO edge.population_day (population, day) VALUES ($1, $2) RETURNING population, day)
     INSERT INTO edge.plan_day (plan, day, population) SELECT $3, day, population FROM day`,
    [number, DAY, plans[0]?.number],
  );
  await edge.query(
    `INSERT INTO edge.batch (id, population, feed, device, key_day, readings)
     SELECT id, $1, 'crowd', 'crowd', $2, 1 FROM unnest($3::uuid[]) AS id`,
    [number, DAY, batches],
  );
}

type Kept = { stratum: number; came: number; kept: number };

async function look({ edge }: Stage, plan: Plan, slots: readonly Slot[]): Promise<Run> {
  const frozen = await edge.query<{ slot: string; n: number }>(
    "SELECT slot, (SELECT sum(n) FROM unnest(counts) AS n) AS n FROM edge.frozen WHERE slot = ANY ($1::uuid[])",
    [slots.map(({ id }) => id)],
  );
  const counted = frozen.rows.reduce((sum, { n }) => sum + n, 0);
  const of = new Set(frozen.rows.map(({ slot }) => slot));
  const starts = slots.filter(({ id }) => of.has(id)).map(({ window }) => new Date(window.from));
  const { rows } = await edge.query<Kept>(
    `SELECT stratum, c.n AS came, coalesce(b.n, 0) AS kept
       FROM (SELECT pseudonym, stratum, count(DISTINCT (cell, window_start)) AS n FROM edge.contribution
              WHERE plan = $1 AND window_start = ANY ($2::timestamptz[]) GROUP BY pseudonym, stratum) c
       FULL JOIN (SELECT pseudonym, stratum, count(*) AS n FROM edge.bounded WHERE plan = $1 GROUP BY pseudonym, stratum) b
       USING (pseudonym, stratum)`,
    [plan.number, starts],
  );
  const repeated = await edge.query<{ n: number }>(
    "SELECT count(*) - count(DISTINCT (pseudonym, cell, window_start)) AS n FROM edge.bounded WHERE plan = $1",
    [plan.number],
  );
  const share = ({ stratum, kept }: Kept): number => kept / (plan.bounds[stratum] ?? 0);
  const limit = ({ stratum }: Kept): number => plan.bounds[stratum] ?? 0;
  const broken: string[] = [];
  const excess = rows.filter((row) => row.kept > limit(row)).length;
  if (excess > 0) broken.push(`${excess} units beyond L`);
  if ((repeated.rows[0]?.n ?? 0) > 0) broken.push("a unit twice in one cell and window");
  if (counted !== rows.reduce((sum, { kept }) => sum + kept, 0)) broken.push("counts that are not the bounded rows");
  if (rows.some((row) => row.kept < Math.min(row.came, limit(row)))) broken.push("fewer than L taken");
  return {
    most: Math.max(0, ...rows.map(share)),
    units: rows.length,
    cut: rows.filter((row) => row.came > limit(row)).length,
    broken,
  };
}
