import { LEAST_PUBLIC_AREA_M2, LEVELS } from "../../../core/crowd/level.ts";
import { assignSlots, type Contribution } from "../../../core/privacy/bound.ts";
import { stratumOf } from "../../../core/privacy/daypart.ts";
import { type Mechanism, mechanismOf } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { loadCity } from "../../../prisma/cities/city.ts";
import { planNumbers } from "../../../prisma/plan-numbers.ts";
import { type follow, thresholdsOf } from "../../../schema/crowd/levels.ts";
import { drawDense } from "../../../workers/release/vector.ts";

export const DAY = "2026-08-29";
export const TEN = 600_000;
/** Four hours of windows of ten minutes. */
export const WINDOWS = 24;
export const PER_M2 = 6;
/** The smallest area that a level is public of, where noise weighs most. */
export const AREA = LEAST_PUBLIC_AREA_M2;
export const PEOPLE = PER_M2 * AREA;

/** L and its parts, as a plan has them: first local hour and L of each part. */
export type Bound = { readonly limits: readonly number[]; readonly hours: readonly number[] };

/** The occupancy plan of the sample city, which every attack here is on. */
export function occupancyPlan(): { bound: number; microEpsilon: number; mechanism: Mechanism; thresholds: Thresholds } {
  const config = loadCity("sangmu");
  const plan = config.datasets.flatMap(({ plans }) => plans).find(({ statistic }) => statistic === "OCCUPANCY");
  const [thresholds] = config.thresholds;
  if (plan === undefined || thresholds === undefined) throw new Error("the sample city counts no crowd");
  const { mechanism, scaleNumerator: n, scaleDenominator: d } = planNumbers("crowd", plan);
  return {
    bound: plan.bound,
    microEpsilon: plan.epsilonMicro,
    mechanism: mechanismOf({ mechanism, n, d }),
    thresholds: thresholdsOf(thresholds),
  };
}
type Thresholds = ReturnType<typeof thresholdsOf>;

/**
 * How many of a crowd that stands still count in each of its windows, after the real bounding.
 * @param firstHour local hour at which it has gathered; a crowd over midnight is bounded day by day
 */
export function countsOf({ limits, hours }: Bound, firstHour: number, people = PEOPLE): number[] {
  const counts = new Array<number>(WINDOWS).fill(0);
  const place = (window: number) => firstHour + window / 6;
  const days = Map.groupBy(counts.keys(), (window) => Math.floor(place(window) / 24));
  for (const windows of days.values()) {
    const rows: Contribution[] = [];
    for (let unit = 0; unit < people; unit++) {
      for (const window of windows) {
        const stratum = stratumOf(hours, Math.floor(place(window) % 24));
        rows.push({ pseudonym: String(unit), stratum, window, cell: "square" });
      }
    }
    for (const { window } of assignSlots(rows, limits)) counts[window] = (counts[window] ?? 0) + 1;
  }
  return counts;
}

/** What was released of the square: the counts with their noise, one draw a window. */
export const released = (counts: readonly number[], mechanism: Mechanism, random: RandomWords): number[] =>
  counts.map((count) => drawDense([1], new Map([[1, count]]), [false], mechanism, random).values[0] ?? 0);

/** The public level of each window, as the graph makes it of released values. */
export function levelsOf(values: readonly number[], thresholds: Thresholds, view: typeof follow): (string | null)[] {
  const history = values.map((value, at): [number, number, number, null, number] => {
    return [at * TEN, (at + 1) * TEN, value, null, 1];
  });
  const area = { dataset: "crowd", city: "city", zone: "square", slug: "square", area: AREA, width: 0, step: "PT10M" };
  return view({ ...area, history }, () => thresholds).map(({ level }) => level);
}

const NAMES: readonly (string | null)[] = LEVELS;

/** Whether a level is lower than the one before it; none at all is lower than any. */
export const drops = (levels: readonly (string | null)[]): boolean =>
  levels.some((level, at) => at > 0 && NAMES.indexOf(level) < NAMES.indexOf(levels[at - 1] ?? null));
