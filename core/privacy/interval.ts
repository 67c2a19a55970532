import { checkScale, ratio, type Scale, standardDeviation } from "./laplace.ts";

/** From this number of cells on, the sum of noise is taken as normal. */
export const NORMAL_FROM = 30;
/** Above this scale (in counts) the distribution is taken as self-similar: widths grow in proportion. */
const SIMILAR_ABOVE = 500;

const known = new Map<string, number>();

/**
 * Half-width w of the interval `value ± w` that holds the noise of a sum of `cells` released values with probability at
 * least 1 − alpha: the least integer w. One cell by the closed form 2q^(w+1)/(1+q) ≤ alpha, fewer than 30 by exact
 * convolution, from 30 on sd·√cells·z. It covers the noise only, not contributions beyond L.
 */
export function halfWidth(scale: Scale, cells = 1, alpha = 0.05): number {
  checkScale(scale);
  if (!(Number.isSafeInteger(cells) && cells > 0 && alpha > 0 && alpha < 1)) {
    throw new RangeError("an interval needs a positive number of cells and an alpha between 0 and 1");
  }
  const key = `${scale.n}/${scale.d}/${cells}/${alpha}`;
  let width = known.get(key);
  if (width === undefined) {
    width = compute(scale, cells, alpha);
    if (known.size >= 10_000) known.clear();
    known.set(key, width);
  }
  return width;
}

function compute(scale: Scale, cells: number, alpha: number): number {
  const t = scale.n / scale.d;
  if (cells >= NORMAL_FROM)
    return Math.ceil(standardDeviation(scale) * Math.sqrt(cells) * normalQuantile(1 - alpha / 2));
  if (cells === 1) {
    const q = ratio(scale);
    let w = Math.max(0, Math.ceil(t * Math.log(2 / (alpha * (1 + q))) - 1));
    while (w > 0 && 1 - coverage(w - 1, scale) <= alpha) w--;
    while (1 - coverage(w, scale) > alpha) w++;
    return w;
  }
  if (t > SIMILAR_ABOVE) return Math.ceil((halfWidth({ n: SIMILAR_ABOVE, d: 1 }, cells, alpha) * t) / SIMILAR_ABOVE);
  const beyond = sumTail(scale, cells);
  let low = -1;
  let high = 1;
  while (beyond(high) > alpha) high *= 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (beyond(middle) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/** P(|noise| ≤ w) for one cell (closed form) or the sum of fewer than 30 (exact). */
export function coverage(w: number, scale: Scale, cells = 1): number {
  if (cells > 1) return 1 - sumTail(scale, cells)(w);
  const q = ratio(scale);
  return 1 - (2 * q ** (w + 1)) / (1 + q);
}

/**
 * w → P(|sum of m draws| > w). A discrete Laplace draw is the difference of two geometric ones, so a sum of m is the
 * difference of two negative binomials, whose probabilities follow from each other.
 */
function sumTail(scale: Scale, m: number): (w: number) => number {
  const q = ratio(scale);
  const mass: number[] = [];
  let p = (1 - q) ** m;
  const mean = (m * q) / (1 - q);
  for (let k = 0; k <= mean || p > 1e-18; k++) {
    mass.push(p);
    p *= (q * (k + m)) / (k + 1);
  }
  const above = new Float64Array(mass.length + 1);
  for (let k = mass.length - 1; k >= 0; k--) above[k] = (above[k + 1] ?? 0) + (mass[k] ?? 0);
  return (w) => {
    let total = 0;
    for (let k = 0; k + w + 1 < mass.length; k++) total += (mass[k] ?? 0) * (above[k + w + 1] ?? 0);
    return 2 * total;
  };
}

/** The standard normal quantile by bisection of the error function's series; accurate to 1e-9 for 0.5 ≤ p < 1 − 1e-12. */
function normalQuantile(p: number): number {
  let low = 0;
  let high = 8;
  while (high - low > 1e-10) {
    const z = (low + high) / 2;
    if (normalBelow(z) < p) low = z;
    else high = z;
  }
  return high;
}

/** Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …) (Marsaglia 2004). */
function normalBelow(z: number): number {
  let term = z;
  let sum = z;
  for (let i = 3; term > 1e-17 * sum; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
