import { addDays, dayBounds } from "../../../core/time.ts";
import { inTransaction, type Pool } from "../../../runtime/postgres.ts";
import { commitGroup } from "../../../workers/ingest/commit.ts";
import type { Pseudonymous } from "../../../workers/ingest/rows.ts";
import { writeContributions } from "../../../workers/ingest/write.ts";
import type { Plan } from "../../../workers/release/catalogue.ts";
import type { Context } from "../../../workers/release/context.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { value } from "../../support/databases.ts";
import {
  addBatch,
  addScene,
  contribute,
  declareBackfill,
  endDay,
  pseudonym,
  type Scene,
} from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { preparedBatch } from "../bound/crowded-day.ts";

const ZONE = "Asia/Seoul";
/** Sealed, open with its first six hours frozen, open, never opened. */
export const DAYS = { sealed: "2026-05-01", frozen: "2026-05-02", free: "2026-05-03", closed: "2026-05-04" } as const;
const HOUR = 3_600_000;
const FROZEN_HOURS = 6;

export type Ground = {
  readonly stage: Stage;
  readonly ingest: Pool;
  readonly release: Context;
  readonly scene: Scene;
  readonly plan: Plan;
};

/** A population with a sealed day that was released, and two open ones; each with contributions. */
export async function makeGround(stage: Stage, ingest: Pool, release: Context): Promise<Ground> {
  const wish = { statistic: "DEPARTURES", step: "PT1H", bound: 1, microEpsilon: 250_000, cells: 2 };
  const scene = await addScene(stage, { live: false, plans: [wish] });
  const backfill = await declareBackfill(stage, scene, DAYS.sealed, DAYS.closed);
  const [plan = 0] = scene.plans;
  for (const day of [DAYS.sealed, DAYS.frozen, DAYS.free]) {
    await addBatch(stage, scene, { day, backfill });
    await workDay(release, scene.population, day);
    const { from } = dayBounds(day, ZONE);
    const units = Array.from({ length: 30 }, (_, n) => ({
      plan,
      window: from + (n % 24) * HOUR,
      cell: 1,
      unit: `${day} ${n}`,
    }));
    await contribute(stage, day, units);
    if (day === DAYS.sealed) {
      await endDay(stage, scene, day);
      await workDay(release, scene.population, day);
    }
  }
  await stage.edge.query("UPDATE edge.plan_day SET frozen_until = $3 WHERE plan = $1 AND day = $2", [
    plan,
    DAYS.frozen,
    new Date(dayBounds(DAYS.frozen, ZONE).from + FROZEN_HOURS * HOUR),
  ]);
  const population = await release.catalogue.population(scene.population, 0);
  const [known] = population?.plans ?? [];
  if (known === undefined) throw new Error("the scene has a plan");
  return { stage, ingest, release, scene, plan: known };
}

const row = (plan: number, day: string, hour: number, unit: string): Pseudonymous => ({
  plan,
  day,
  windowStart: dayBounds(day, ZONE).from + hour * HOUR,
  cell: 2,
  stratum: 0,
  reading: 0,
  pseudonym: pseudonym(unit),
});

/** Rows that come too late, too early, or for a day that is not there. */
const lateRows = ({ plan: { number } }: Ground): Record<string, Pseudonymous[]> => ({
  "of a sealed day": [row(number, DAYS.sealed, 3, "late")],
  "of a frozen window": [row(number, DAYS.frozen, FROZEN_HOURS - 1, "late")],
  "of a day that was never opened": [row(number, DAYS.closed, 3, "late")],
  "of the future": [row(number, addDays(DAYS.closed, 400), 3, "early")],
  "of a plan that has no part in the day": [row(number + 1, DAYS.free, 3, "other")],
  "late among rows that are not": [row(number, DAYS.free, 3, "good"), row(number, DAYS.sealed, 3, "late")],
});

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** What an attempt came to: null where it was let through, else the SQLSTATE that refused it. */
export type Outcome = { readonly what: string; readonly code: string | null };

/** Asks the database itself, with the rights of the ingest and of the release role. */
export async function tryAll(ground: Ground): Promise<Outcome[]> {
  const { stage, ingest, release, scene, plan } = ground;
  const tried: Outcome[] = [];
  const attempt = async (what: string, work: Promise<unknown>): Promise<void> =>
    void tried.push({ what, code: await codeOf(work) });

  for (const [what, rows] of Object.entries(lateRows(ground))) {
    await attempt(
      `rows ${what}`,
      inTransaction(ingest, (client) => writeContributions(client, rows)),
    );
  }
  const into = (table: string, columns: string, values: string) =>
    ingest.query(`INSERT INTO edge.${table} (day, plan, window_start, cell, ${columns})
                  VALUES ('${DAYS.sealed}', ${plan.number}, '${DAYS.sealed} 03:00+09', 2, ${values})`);
  await attempt(
    "a contribution past the functions",
    into("contribution", "pseudonym", "substr(sha256('late'), 1, 16)"),
  );
  await attempt("a count past the functions", into("counter", "value", "1"));

  const of = [scene.population, DAYS.sealed];
  const day = (change: string) =>
    release.edge.query(`UPDATE edge.population_day SET ${change} WHERE population = $1 AND day = $2`, of);
  await attempt("opening a sealed day again", day("state = 'OPEN', sealed_at = NULL"));
  await attempt("sealing a day at another time", day("sealed_at = now() + interval '1 day'"));
  await attempt("taking a key's end back", day("key_destroyed_at = NULL"));
  await attempt(
    "removing a sealed day",
    release.edge.query("DELETE FROM edge.population_day WHERE population = $1 AND day = $2", of),
  );
  await attempt(
    "thawing frozen windows",
    release.edge.query("UPDATE edge.plan_day SET frozen_until = NULL WHERE plan = $1 AND day = $2", [
      plan.number,
      DAYS.frozen,
    ]),
  );
  const third = (n: number) =>
    release.edge.query("INSERT INTO edge.population_day (population, day) VALUES ($1, $2)", [
      scene.population,
      addDays(DAYS.closed, n),
    ]);
  await attempt("a third open day", third(0));
  await Promise.all(Array.from({ length: 8 }, (_, n) => codeOf(third(n + 1))));
  const open = await value<number>(
    stage.edge,
    "SELECT count(*) FROM edge.population_day WHERE population = $1 AND state = 'OPEN'",
    [scene.population],
  );
  if (open > 2) tried.push({ what: `${open} days open at once`, code: null });
  return tried;
}

/** Late rows through the ingest worker's own transaction, and a batch for the sealed day: how many it took. */
export async function deliverLate(ground: Ground): Promise<number> {
  const { stage, ingest, release, scene, plan } = ground;
  let accepted = 0;
  for (const day of [DAYS.sealed, DAYS.frozen]) {
    const id = await addBatch(stage, scene, { day, backfill: await declareBackfill(stage, scene, day, day) });
    await commitGroup(
      ingest,
      [preparedBatch(id, scene.population, plan, [row(plan.number, day, 1, "late")])],
      [],
      false,
    );
    const rows = "SELECT count(*) FROM edge.contribution WHERE plan = $1 AND pseudonym = $2";
    accepted += await value<number>(stage.edge, rows, [plan.number, pseudonym("late")]);
  }
  await workDay(release, scene.population, DAYS.sealed);
  return accepted;
}

/** 16 ingest workers deliver while their day is sealed. Answers how many rows outlive the seal. */
export async function raceTheSeal(ground: Ground): Promise<number> {
  const { stage, ingest, release, scene, plan } = ground;
  await endDay(stage, scene, DAYS.free);
  const sealing = workDay(release, scene.population, DAYS.free);
  const writers = Array.from({ length: 16 }, async (_, n) => {
    const id = await addBatch(stage, scene, { day: DAYS.free });
    const rows = Array.from({ length: 12 }, (_, hour) => row(plan.number, DAYS.free, hour, `race ${n} ${hour}`));
    await commitGroup(ingest, [preparedBatch(id, scene.population, plan, rows)], [], false).catch(() => {});
  });
  await Promise.all([sealing, ...writers]);
  const left = "SELECT count(*) FROM edge.contribution WHERE plan = $1 AND day = $2";
  const sealed = "SELECT count(*) FROM edge.population_day WHERE population = $1 AND day = $2 AND state = 'SEALED'";
  if ((await value<number>(stage.edge, sealed, [scene.population, DAYS.free])) !== 1) return Number.NaN;
  return value<number>(stage.edge, left, [plan.number, DAYS.free]);
}

/** All that was released of the sealed day, and what it cost, as one text. */
export async function releasedOf({ stage, plan }: Ground): Promise<string> {
  const shown = await value<string>(
    stage.hub,
    `SELECT json_agg(json_build_array(o.*) ORDER BY window_start, cell)::text FROM open.observation o
      WHERE plan = $1 AND window_start < $2`,
    [plan.number, new Date(dayBounds(DAYS.sealed, ZONE).to)],
  );
  const cost =
    "SELECT json_agg(json_build_array(d.*) ORDER BY day)::text FROM ledger.debit d WHERE plan = $1 AND day = $2";
  return `${shown} ${await value<string>(stage.hub, cost, [plan.number, DAYS.sealed])}`;
}
