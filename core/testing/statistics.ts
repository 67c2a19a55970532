/** The z beyond which a correct sampler lies once in a million runs (one-sided p = 1e-6). */
export const ONE_IN_A_MILLION = 4.753;

/**
 * How many standard deviations a χ² statistic lies above what chance explains (Wilson and Hilferty 1931). Cells with an
 * expectation below 5 are pooled. Expectations and observations have the same total.
 */
export function chiSquareZ(observed: readonly number[], expected: readonly number[]): number {
  const cells = pool(expected.map((awaited, i) => [observed[i] ?? 0, awaited]));
  const statistic = cells.reduce((sum, [seen, awaited]) => sum + (seen - awaited) ** 2 / awaited, 0);
  return wilsonHilferty(statistic, cells.length - 1);
}

/** The same for two samples of equal size, given as pairs of counts, one pair for each outcome. */
export function twoSampleZ(pairs: readonly (readonly [number, number])[]): number {
  const cells = pool(pairs.map(([a, b]) => [a, (a + b) / 2]));
  const statistic = cells.reduce((sum, [a, mean]) => sum + (2 * (a - mean) ** 2) / mean, 0);
  return wilsonHilferty(statistic, cells.length - 1);
}

/** Joins the cells whose expectation is below 5 to one. */
function pool(cells: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const [rare, common] = [cells.filter(([, awaited]) => awaited < 5), cells.filter(([, awaited]) => awaited >= 5)];
  const seen = rare.reduce((sum, [count]) => sum + count, 0);
  const awaited = rare.reduce((sum, [, expectation]) => sum + expectation, 0);
  return awaited > 0 || seen > 0 ? [...common, [seen, Math.max(awaited, 1e-9)]] : common;
}

function wilsonHilferty(statistic: number, degrees: number): number {
  const freedom = Math.max(1, degrees);
  return (Math.cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
}

/**
 * The fit of integer draws to a probability mass function over `[low, high]`, both ends taking all that lies beyond.
 * `beyond` are the probabilities of less than `low` and more than `high`.
 */
export function fitZ(
  draws: readonly number[],
  low: number,
  high: number,
  pmf: (x: number) => number,
  beyond: readonly [number, number],
): number {
  const observed = new Array<number>(high - low + 3).fill(0);
  for (const draw of draws) {
    const at = Math.min(Math.max(draw, low - 1), high + 1) - low + 1;
    observed[at] = (observed[at] ?? 0) + 1;
  }
  const expected = observed.map((_count, i) => {
    if (i === 0) return beyond[0] * draws.length;
    if (i === observed.length - 1) return beyond[1] * draws.length;
    return pmf(low + i - 1) * draws.length;
  });
  return chiSquareZ(observed, expected);
}
