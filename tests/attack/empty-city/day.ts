import { deviation, type Mechanism, mechanismOf } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { dayBounds, type TimeWindow, windowsOf } from "../../../core/time.ts";
import { loadCity, partitionsOf } from "../../../prisma/cities/city.ts";
import { planNumbers } from "../../../prisma/plan-numbers.ts";
import { type Cell, sumColumns } from "../../../schema/series/columns.ts";
import { type Counts, drawDense } from "../../../workers/release/vector.ts";

const DAY = "2026-11-27";

/** A dense plan of the sample city on one day. */
export type DayPlan = {
  readonly dataset: string;
  readonly mechanism: Mechanism;
  readonly windows: readonly TimeWindow[];
  readonly day: TimeWindow;
  readonly partitions: readonly { cell: number; zone: string; category: string | null }[];
};

/** How a window is drawn, and how released values are summed: the project's own steps, or wrong ones. */
export type Steps = { readonly drawDense: typeof drawDense; readonly sumColumns: typeof sumColumns };
export const RIGHT: Steps = { drawDense, sumColumns };

/** Every dense plan of the sample city whose windows end within a day; sparse ones are never summed (rule P4). */
export function plansOfDay(): DayPlan[] {
  const config = loadCity("sangmu");
  const day = dayBounds(DAY, config.timeZone);
  return config.datasets.flatMap(({ id, plans }) =>
    plans
      .filter(({ threshold, step }) => threshold === null && step !== "P1M" && step !== "P1Y")
      .map((plan) => {
        const { mechanism, scaleNumerator: n, scaleDenominator: d } = planNumbers(id, plan);
        return {
          dataset: id,
          mechanism: mechanismOf({ mechanism, n, d }),
          windows: windowsOf(day, plan.step, config.timeZone),
          day,
          partitions: partitionsOf(config, plan),
        };
      }),
  );
}

/**
 * Releases a whole day of a plan and sums it as the graph does.
 * @param counts of every window; none: nobody was there
 */
export function daySum(plan: DayPlan, random: RandomWords, steps: Steps, counts: Counts = new Map()): number {
  const numbers = plan.partitions.map(({ cell }) => cell);
  const drawn = plan.windows.map(() => steps.drawDense(numbers, counts, [], plan.mechanism, random).values);
  const start = plan.windows.map(({ from }) => from);
  const cells = plan.partitions.map(({ zone, category }, at): Cell => {
    return { plan: 1, place: zone, category, start, value: drawn.map((values) => values[at] ?? 0), withheld: null };
  });
  const windows = { leaves: plan.windows, buckets: plan.windows.map(() => plan.day) };
  const { signed } = steps.sumColumns(cells, [{ number: 1, version: 1, width: 0 }], windows, "city", [], ["signed"]);
  return (signed ?? []).reduce<number>((sum, value) => sum + Number(value), 0);
}

/** How many values a plan releases in the day, and the deviation of their sum. */
export const sizeOf = ({ partitions, windows }: DayPlan): number => partitions.length * windows.length;
export const deviationOf = (plan: DayPlan): number => deviation(plan.mechanism) * Math.sqrt(sizeOf(plan));

/** The sums of many plans, as one standard score. */
export function score(plans: readonly DayPlan[], sums: readonly number[]): number {
  const variance = plans.reduce((total, plan) => total + deviationOf(plan) ** 2, 0);
  return sums.reduce((total, sum) => total + sum, 0) / Math.sqrt(variance);
}
