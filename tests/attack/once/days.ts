import { dayBounds, windowOf } from "../../../core/time.ts";
import { callLocal } from "../../../runtime/unix-http.ts";
import type { Context } from "../../../workers/release/context.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import type { House } from "../../support/stage/house.ts";
import { number } from "../../support/stage/look.ts";
import {
  addBatch,
  addScene,
  contribute,
  declareBackfill,
  endDay,
  type PlanWish,
  type Scene,
} from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { until } from "../../support/wait.ts";

export const DAY = "2026-08-31";
export const { from: MIDNIGHT } = dayBounds(DAY, "Asia/Seoul");
export const HOUR = 3_600_000;
const MONTH = windowOf(MIDNIGHT, "P1M", "Asia/Seoul").from;
export const HOURLY: PlanWish = { statistic: "DEPARTURES", step: "PT1H", bound: 1, microEpsilon: 250_000, cells: 8 };
export const MONTHLY: PlanWish = { ...HOURLY, step: "P1M" };
/** Slots of one day of a population with both plans. */
export const SLOTS = 25;

/** A population whose one day, the last of a month, waits for being opened. */
export async function announceDay(stage: Stage, house: House | null, plans = [HOURLY, MONTHLY]): Promise<Scene> {
  const scene = await addScene(stage, { live: false, plans });
  await addBatch(stage, scene, { day: DAY, backfill: await declareBackfill(stage, scene, DAY, DAY) });
  if (house !== null) {
    const key = { population: scene.population, day: DAY, backfill: true };
    await callLocal(house.publicSocket, "POST", "/public-key", key);
  }
  return scene;
}

/** Opens the day, fills it with trips and ends it: everything is due now. */
export async function fillDay(stage: Stage, context: Context, scene: Scene): Promise<void> {
  await openedDay(stage, context, scene);
  const [hourly = 0, monthly] = scene.plans;
  const trips = Array.from({ length: 60 }, (_, i) => [
    { plan: hourly, window: MIDNIGHT + (i % 6) * HOUR, cell: 1 + (i % 8), unit: `${i}` },
    ...(monthly === undefined ? [] : [{ plan: monthly, window: MONTH, cell: 1 + (i % 8), unit: `${i}` }]),
  ]);
  await contribute(stage, DAY, trips.flat());
  await endDay(stage, scene, DAY);
}

/** The lock of a population is held for a moment after its worker was killed, until its server process notices. */
const openedDay = (stage: Stage, context: Context, { population }: Scene): Promise<true> =>
  until("the day is open", async () => {
    await workDay(context, population, DAY);
    return (
      (await number(stage.edge, "SELECT count(*) AS n FROM edge.population_day WHERE population = $1", [
        population,
      ])) === 1
    );
  });

/** Whether all slots of these populations are settled, their keys destroyed and no exact count left. */
export async function isDone(stage: Stage, scenes: readonly Scene[]): Promise<boolean> {
  const plans = scenes.flatMap((scene) => scene.plans);
  const settled = "SELECT count(*) AS n FROM ledger.slot WHERE plan = ANY ($1) AND state <> 'RESERVED'";
  if ((await number(stage.hub, settled, [plans])) < scenes.length * SLOTS) return false;
  const left = await number(
    stage.edge,
    `SELECT (SELECT count(*) FROM edge.frozen)
          + (SELECT count(*) FROM edge.population_day WHERE population = ANY ($1) AND key_destroyed_at IS NULL) AS n`,
    [scenes.map(({ population }) => population)],
  );
  return left === 0;
}
