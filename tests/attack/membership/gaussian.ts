import { gaussianPmf, type Variance } from "../../../core/privacy/gaussian.ts";
import type { Mechanism } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { areaUnderRoc } from "../../../core/testing/proportion.ts";
import type { Worlds } from "../support/day.ts";
import type { Vector } from "../support/faults.ts";

/** Deviations of the whole sum beyond which its law is left out: less than 1e-15 lies there. */
const REACH = 9;

/** Probabilities of −m … m as a list of 2m + 1. */
type Symmetric = Float64Array;

function convolve(a: Symmetric, b: Symmetric, most: number): Symmetric {
  const [m, k] = [(a.length - 1) / 2, (b.length - 1) / 2];
  const reach = Math.min(m + k, most);
  const sum = new Float64Array(2 * reach + 1);
  for (let i = 0; i < a.length; i++) {
    const p = a[i] ?? 0;
    const low = Math.max(0, m - i - reach + k);
    const high = Math.min(b.length - 1, m - i + reach + k);
    for (let j = low; j <= high; j++) {
      const at = i - m + (j - k) + reach;
      sum[at] = (sum[at] ?? 0) + p * (b[j] ?? 0);
    }
  }
  return sum;
}

/**
 * The AUC of the best test of one day with Gaussian noise, from the plan alone. The logarithm of the likelihood ratio of
 * L cells is linear in the sum of what they have above the others' counts, so the law of that sum says all; it is the
 * exact convolution of L discrete Gaussians.
 */
export function predictedAreaOfSum(variance: Variance, cells: number): number {
  const deviation = Math.sqrt(variance.n / variance.d);
  const most = Math.ceil(REACH * deviation * Math.sqrt(cells));
  const reach = Math.ceil(REACH * deviation);
  const one = Float64Array.from({ length: 2 * reach + 1 }, (_, at) => gaussianPmf(at - reach, variance));
  let [whole, power, left]: [Symmetric | null, Symmetric, number] = [null, one, cells];
  for (; left > 0; left >>= 1) {
    if (left % 2 === 1) whole = whole === null ? power : convolve(whole, power, most);
    if (left > 1) power = convolve(power, power, most);
  }
  const law = whole ?? one;
  const middle = (law.length - 1) / 2;
  const shifted = (by: number) => new Map([...law].map((p, at) => [at - middle + by, p]));
  return areaUnderRoc(shifted(0), shifted(cells));
}

/** The AUC of that test on releases of a day's vector. */
export function measuredAreaOfSum(
  draw: Vector["drawDense"],
  { cells, without, having }: Worlds,
  mechanism: Mechanism,
  samples: number,
  random: RandomWords,
): number {
  const others = cells.reduce((sum, cell) => sum + (without.get(cell) ?? 0), 0);
  const [before, after] = [without, having].map((counts) => {
    const scores = new Map<number, number>();
    for (let sample = 0; sample < samples; sample++) {
      const { values } = draw(cells, counts, [], mechanism, random);
      const score = values.reduce((sum, value) => sum + value, -others);
      scores.set(score, (scores.get(score) ?? 0) + 1);
    }
    return scores;
  }) as [Map<number, number>, Map<number, number>];
  return areaUnderRoc(before, after);
}
