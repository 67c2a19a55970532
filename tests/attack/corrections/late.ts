import { declareOutage } from "../../../prisma/outages.ts";
import { reconcile } from "../../../workers/release/sweep.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import type { openContext } from "../../support/stage/context.ts";
import { number } from "../../support/stage/look.ts";
import { HOUR, HOURLY, releasedYesterday, sealYesterday, wishOf } from "../../support/stage/outage.ts";
import { contribute } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Target } from "./tries.ts";

type Context = ReturnType<typeof openContext>;

const UNITS = 2_000;
const crowd = (target: Pick<Target, "from">, plan: number, name: string) =>
  Array.from({ length: UNITS }, (_, i) => ({ plan, window: target.from + 3 * HOUR, cell: 1, unit: `${name}-${i}` }));

/** A day with an outage of two hours, late rows within its lateness, a correction, and its end. */
export async function correctedDay(stage: Stage, context: Context): Promise<Target> {
  const of = await releasedYesterday(stage, context, [HOURLY, { ...HOURLY, microEpsilon: 100_000 }]);
  const { outage } = await declareOutage(stage.hub, stage.edge, { ...wishOf(of), epsilonMicro: 100_000 }, Date.now());
  const correction = await number(stage.hub, "SELECT number AS n FROM hub.plan WHERE outage_id = $1", [outage]);
  await context.catalogue.population(of.scene.population, 0);
  await workDay(context, of.scene.population, of.day);
  await contribute(stage, of.day, crowd(of, correction, "in-time"));
  await sealYesterday(stage, context, of);
  return { ...of, stage, outage, correction };
}

/** All values that an attacker sees of a dataset, of whatever version, with their digests and their leaves. */
export async function seen({ stage, dataset }: Target): Promise<string> {
  const { rows } = await stage.hub.query(
    `SELECT r.plan, r.window_start, r.abandoned, encode(r.digest, 'hex') AS digest, r.log_index, r.published_at,
            o.cell, o.value, o.withheld
       FROM open.release r JOIN open.observation o USING (plan, window_start) JOIN hub.plan p ON p.number = r.plan
      WHERE p.dataset_id = $1 AND NOT r.abandoned ORDER BY r.plan, r.window_start, o.cell`,
    [dataset],
  );
  return JSON.stringify(rows);
}

/** The value of the corrected hour in both versions. */
export async function bothVersions({
  stage,
  plan,
  correction,
  from,
}: Target): Promise<{ first: number; second: number }> {
  const value = (of: number) =>
    number(
      stage.hub,
      "SELECT value AS n FROM open.observation WHERE plan = $1 AND cell = 1 AND window_start = to_timestamp($2)",
      [of, (from + 3 * HOUR) / 1000],
    );
  return { first: await value(plan), second: await value(correction) };
}

/**
 * After the day is sealed: thousands of late rows of both versions reach the restricted database itself, a correction is
 * declared again, past the command that would refuse it, and the worker does all it ever does with a day.
 */
export async function floodLate(target: Target, context: Context): Promise<void> {
  const { stage, day, plan, correction, scene } = target;
  await contribute(stage, day, [...crowd(target, plan, "late"), ...crowd(target, correction, "late")]);
  const open = { query: async () => ({ rows: [{ day }] }) } as unknown as Stage["edge"];
  await declareOutage(stage.hub, open, { ...wishOf(target), epsilonMicro: 50_000 }, Date.now());
  await context.catalogue.population(scene.population, 0);
  await workDay(context, scene.population, day);
  await reconcile(context);
}
