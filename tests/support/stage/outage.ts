import { dayBounds, localDay } from "../../../core/time.ts";
import type { OutageWish } from "../../../prisma/outages.ts";
import { openDay } from "../../../workers/release/open-day.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { until } from "../wait.ts";
import { midnightZone } from "./clock.ts";
import type { openContext } from "./context.ts";
import { addScene, type Contribution, contribute, type PlanWish, type Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

export const HOUR = 3_600_000;
/** Hourly presence of few units: ε 0.25 of the 0.4 that a day has in reserve. */
export const HOURLY: PlanWish = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 250_000, cells: 2 };

type Context = ReturnType<typeof openContext>;

/** A day that is over and still takes late rows, with all its windows released. */
export type Yesterday = {
  scene: Scene;
  day: string;
  timeZone: string;
  /** start of the day, epoch ms */
  from: number;
  /** of the first plan */
  plan: number;
  dataset: string;
};

/**
 * A yesterday whose windows are all frozen and released, open for late rows.
 * @param inTime what came before its windows were frozen; `window` is the hour of the day
 */
export async function releasedYesterday(
  stage: Stage,
  context: Context,
  plans: PlanWish[] = [HOURLY],
  inTime: readonly Omit<Contribution, "plan">[] = [],
): Promise<Yesterday> {
  const now = Date.now();
  const timeZone = midnightZone(now);
  const day = localDay(now - 24 * HOUR, timeZone);
  const { from } = dayBounds(day, timeZone);
  const scene = await addScene(stage, { timeZone, plans });
  const [plan = 0] = scene.plans;
  const population = await context.catalogue.population(scene.population, 0);
  if (population === null) throw new Error("the scene has a population");
  await openDay(context, population, day);
  await contribute(
    stage,
    day,
    inTime.map((row) => ({ ...row, plan, window: from + row.window * HOUR })),
  );
  await stage.edge.query(
    `INSERT INTO edge.heartbeat (device, feed, at)
     SELECT $1, $2, to_timestamp($3::float8 / 1000) + n * interval '5 minutes' FROM generate_series(0, 287) AS n`,
    [scene.device, scene.feed, from],
  );
  // They are due by the watermark, but for the last of the day in the first minutes of the next.
  await until("its windows are released", async () => {
    await workDay(context, scene.population, day);
    const { rows } = await stage.hub.query<{ n: number }>(
      "SELECT count(*) AS n FROM ledger.slot WHERE plan = $1 AND state = 'COMMITTED'",
      [plan],
    );
    return (rows[0]?.n ?? 0) >= 23;
  });
  return { scene, day, timeZone, from, plan, dataset: `${scene.slug}-0` };
}

/** A declaration of hours of a day, with a correction. */
export const wishOf = (
  { dataset, from }: Pick<Yesterday, "dataset" | "from">,
  hours: readonly [number, number] = [3, 5],
): OutageWish => ({
  dataset,
  period: { from: from + hours[0] * HOUR, to: from + hours[1] * HOUR },
  reason: "NETWORK",
  ko: "통신이 끊겼습니다.",
  en: "The network was down.",
  correct: true,
});

/** Lets the lateness of a population end now, and works its day until it is sealed. */
export async function sealYesterday(stage: Stage, context: Context, { scene, day }: Yesterday): Promise<void> {
  await endLateness(stage, context, scene);
  await until(
    "the day is sealed",
    async () => {
      await workDay(context, scene.population, day);
      return isSealed(stage, scene, day);
    },
    { everyMs: 200, limitMs: 90_000 },
  );
}

export async function endLateness(stage: Stage, context: Context, scene: Scene): Promise<void> {
  await stage.hub.query("UPDATE hub.population SET lateness_seconds = 1 WHERE number = $1", [scene.population]);
  await context.catalogue.population(scene.population, 0);
}

export async function isSealed({ edge }: Stage, scene: Scene, day: string): Promise<boolean> {
  const { rows } = await edge.query(
    "SELECT FROM edge.population_day WHERE population = $1 AND day = $2 AND state = 'SEALED' AND key_destroyed_at IS NOT NULL",
    [scene.population, day],
  );
  return rows.length === 1;
}
