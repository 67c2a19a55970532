import { addDays, dayBounds, windowsOf } from "../../../core/time.ts";
import type { PlanWindow, Population } from "../../../workers/release/catalogue.ts";
import type { Context } from "../../../workers/release/context.ts";
import { type Frozen, freeze } from "../../../workers/release/freeze.ts";
import { release } from "../../../workers/release/release-windows.ts";
import { debit, reserve, type Slot, slotsOf } from "../../../workers/release/reserve.ts";
import { openContext } from "../../support/stage/context.ts";
import { observations, slots } from "../../support/stage/look.ts";
import { loseReleases, type Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { announceDay, DAY, fillDay, HOURLY, MIDNIGHT } from "./days.ts";
import { watch } from "./watch.ts";

/** Step B of a release: the project's own, or a wrong one. */
export type StepB = (context: Context, population: Population, slots: readonly Slot[]) => Promise<Frozen>;

export const rightStepB: StepB = (context, population, slots) => freeze(context, population, DAY, slots);

/** Windows given to the story's hub as lost: their draws stand, but for the first. */
const WINDOWS = 6;

/**
 * The life of a few slots in one process: cut off after the draw, released, overwritten, lost with the hub, copied again,
 * one of them without its draw; their day debited again. With the administrator's rights, so that no grant stands in a
 * mutant's way.
 * @returns what broke the rule
 */
export async function story(stage: Stage, stepB: StepB = rightStepB): Promise<string[]> {
  const seen = await watch(stage);
  const admin = new URL(stage.addresses("").edge).username;
  const context = openContext(stage.addresses(admin));
  try {
    const scene = await announceDay(stage, null, [HOURLY]);
    await openAndFill(stage, context, scene);
    const population = await context.catalogue.population(scene.population, 0);
    const plan = population?.plans[0];
    if (population === null || plan === undefined) throw new Error("the scene has a plan");
    const windows: PlanWindow[] = windowsOf(dayBounds(DAY, "Asia/Seoul"), "PT1H", "Asia/Seoul")
      .slice(0, WINDOWS)
      .map((window) => ({ plan, window }));
    const run = () => release(context, windows, (waiting) => stepB(context, population, waiting));

    // Cut off between draw and copy, then resumed.
    await stepB(context, population, await reserve(context.hub, slotsOf(windows)));
    await run();
    const broken = await overwrite(stage, plan.number);
    // A restored hub, that knows nothing of them; of one the draw is gone, too.
    await seen.collect();
    await loseReleases(stage, plan.number);
    const [first] = slotsOf(windows);
    await stage.edge.query("DELETE FROM edge.draw WHERE slot = $1", [first?.id]);
    await debit(context.hub, [plan.number], [DAY, addDays(DAY, 1)]);
    await run();
    const abandoned = await slots(stage, plan.number, "ABANDONED");
    if (abandoned.join() !== String(MIDNIGHT)) broken.push("the slot without a draw is not the one given up");
    const values = await observations(stage, plan.number, MIDNIGHT);
    if (values.some(({ value }) => value !== null)) broken.push("a slot without a draw has values");
    return [...broken, ...(await seen.judge()).broken];
  } finally {
    await context.close();
  }
}

/** Opened and filled, but not ended: the day stays open, as a live one. */
async function openAndFill(stage: Stage, context: Context, scene: Scene): Promise<void> {
  await fillDay(stage, context, scene);
  // The edge database keeps exact counts of a cut off slot; a wrong step may look for them.
  await stage.edge.query("UPDATE edge.population_day SET ended_at = NULL WHERE population = $1", [scene.population]);
}

/** Offers other values for slots that are committed. */
async function overwrite({ hub }: Stage, plan: number): Promise<string[]> {
  const { rows } = await hub.query<{ slot: string; cells: number[]; values: number[] }>(
    `SELECT s.id AS slot, array_agg(o.cell ORDER BY o.cell) AS cells, array_agg(o.value + 1 ORDER BY o.cell) AS values
       FROM ledger.slot s JOIN open.observation o ON o.plan = s.plan AND o.window_start = s.window_start
      WHERE s.plan = $1 GROUP BY s.id ORDER BY s.id LIMIT 1`,
    [plan],
  );
  const [row] = rows;
  if (row === undefined) return ["nothing was committed"];
  const silent = row.cells.map(() => false);
  try {
    await hub.query("SELECT open.commit_slot($1, $2, $3, $4)", [row.slot, row.cells, row.values, silent]);
    return ["a committed slot took other values"];
  } catch (error) {
    return (error as { code?: string }).code === "MD001" ? [] : [`other values were refused with ${error}`];
  }
}
