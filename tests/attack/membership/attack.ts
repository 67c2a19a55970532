import type { Scale } from "../../../core/privacy/laplace.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { areaUnderRoc } from "../../../core/testing/proportion.ts";
import { type Worlds, worldsOf } from "../support/day.ts";
import type { Bound, Vector } from "../support/faults.ts";
import { convolve, type Law, repeat, scoreLaw } from "../support/law.ts";
import { type PublicPlan, scaleOf } from "../support/plans.ts";

/** Cells that the target touches for each one that may count: the bound has something to take away. */
const EXCESS = 2;

/** What the attacker works with of one plan: the day's worlds, and how much one unit of its score weighs beside the others'. */
type Part = { readonly scale: Scale; readonly worlds: Worlds; readonly weight: number };

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Scores of 1/t each become integers of one unit: 1/10 and 1/40 count 4 and 1. */
export function weightsOf(scales: readonly Scale[]): number[] {
  const common = scales.reduce((least, { n }) => (least * n) / gcd(least, n), 1);
  const weights = scales.map(({ n, d }) => (common / n) * d);
  const shared = weights.reduce(gcd);
  return weights.map((weight) => weight / shared);
}

/** A day of one population through the bound. @param bounding `assignSlots`, or a faulty copy */
export function partsOf(plans: readonly PublicPlan[], bounding?: Bound["assignSlots"]): Part[] {
  const scales = plans.map(scaleOf);
  const weights = weightsOf(scales);
  return plans.map((plan, index) => {
    const { cells, ...worlds } = worldsOf(plan, EXCESS * plan.bound, bounding);
    // A cell that the target adds nothing to says nothing of it: its noise is independent of all other.
    const telling = cells.filter((cell) => worlds.delta[cell] !== 0);
    return { scale: scaleOf(plan), worlds: { ...worlds, cells: telling }, weight: weights[index] ?? 1 };
  });
}

/**
 * The AUC that the plans print: the law of the exact likelihood ratio in both worlds by convolution, cell by cell, plan by
 * plan and day by day. Nothing is simulated.
 */
export function predictedArea(plans: readonly PublicPlan[], days: number): number {
  const weights = weightsOf(plans.map(scaleOf));
  const law = (isThere: boolean): Law =>
    plans.reduce<Law>(
      (sum, plan, index) => {
        const cell = scoreLaw(scaleOf(plan), 1, isThere);
        const weighed = new Map([...cell].map(([score, p]) => [score * (weights[index] ?? 1), p]));
        return convolve(sum, repeat(weighed, plan.bound * days));
      },
      new Map([[0, 1]]),
    );
  return areaUnderRoc(law(false), law(true));
}

/**
 * Draws the days of one unit, in all datasets of its population, and scores them by the exact likelihood ratio: the sum of
 * |x − c| − |x − c'| over the cells, c being the count without the target and c' the one with it.
 */
function score(draw: Vector["drawDense"], parts: readonly Part[], days: number, isThere: boolean, random: RandomWords) {
  let total = 0;
  for (const { scale, worlds, weight } of parts) {
    const counts = isThere ? worlds.having : worlds.without;
    for (let day = 0; day < days; day++) {
      const { values } = draw(worlds.cells, counts, [], { law: "LAPLACE", scale }, random);
      for (const [index, cell] of worlds.cells.entries()) {
        const over = (values[index] ?? 0) - (worlds.without.get(cell) ?? 0);
        total += weight * (Math.abs(over) - Math.abs(over - (worlds.delta[cell] ?? 0)));
      }
    }
  }
  return total;
}

/** The AUC of the attack over `samples` releases of each world. */
export function measuredArea(
  draw: Vector["drawDense"],
  parts: readonly Part[],
  days: number,
  samples: number,
  random: RandomWords,
): number {
  const [without, having] = [false, true].map((isThere) => {
    const scores = new Map<number, number>();
    for (let i = 0; i < samples; i++) {
      const one = score(draw, parts, days, isThere, random);
      scores.set(one, (scores.get(one) ?? 0) + 1);
    }
    return scores;
  }) as [Map<number, number>, Map<number, number>];
  return areaUnderRoc(without, having);
}
