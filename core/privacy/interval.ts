import { gaussianCharacteristic, type Variance } from "./gaussian.ts";
import { checkScale, ratio, type Scale } from "./laplace.ts";
import { deviation, laplace, type Mechanism, rowOf } from "./mechanism.ts";

/** From this number of cells on, the sum of noise is taken as normal. */
export const NORMAL_FROM = 30;
/** Above this Laplace scale (in counts) the distribution of sums is taken as self-similar: widths grow in proportion. */
const SIMILAR_ABOVE = 500;

const known = new Map<string, number>();

/**
 * Half-width w of the interval `value ± w` that holds the noise of a sum of `cells` released values with probability at
 * least 1 − alpha: the least integer w. One cell by the closed form 2q^(w+1)/(1+q) ≤ alpha (Laplace), fewer than 30 by
 * exact convolution, from 30 on sd·√cells·z. It covers the noise only, not contributions beyond L.
 */
export function halfWidth(mechanism: Mechanism, cells = 1, alpha = 0.05): number {
  const { n, d } = rowOf(mechanism);
  checkScale({ n, d });
  if (!(Number.isSafeInteger(cells) && cells > 0 && alpha > 0 && alpha < 1)) {
    throw new RangeError("an interval needs a positive number of cells and an alpha between 0 and 1");
  }
  const key = `${mechanism.law}/${n}/${d}/${cells}/${alpha}`;
  let width = known.get(key);
  if (width === undefined) {
    width = compute(mechanism, cells, alpha);
    if (known.size >= 10_000) known.clear();
    known.set(key, width);
  }
  return width;
}

function compute(mechanism: Mechanism, cells: number, alpha: number): number {
  if (cells >= NORMAL_FROM) return Math.ceil(deviation(mechanism) * Math.sqrt(cells) * normalQuantile(1 - alpha / 2));
  if (mechanism.law === "LAPLACE" && cells > 1) {
    const t = mechanism.scale.n / mechanism.scale.d;
    if (t > SIMILAR_ABOVE) return Math.ceil((halfWidth(laplace(SIMILAR_ABOVE), cells, alpha) * t) / SIMILAR_ABOVE);
  }
  return leastWidth(beyond(mechanism, cells), alpha);
}

/** The least w ≥ 0 of which at most alpha lies beyond. */
function leastWidth(outside: (w: number) => number, alpha: number): number {
  let low = -1;
  let high = 1;
  while (outside(high) > alpha) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (outside(middle) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/** P(|noise| ≤ w) of a sum of `cells` draws, exactly; also where `halfWidth` takes the sum as normal. */
export function coverage(w: number, mechanism: Mechanism, cells = 1): number {
  return 1 - beyond(mechanism, cells)(w);
}

/** w → P(|sum of m draws| > w). */
function beyond(mechanism: Mechanism, m: number): (w: number) => number {
  if (mechanism.law === "GAUSSIAN") return beyondGaussian(mechanism.variance, m);
  if (m > 1) return beyondLaplace(mechanism.scale, m);
  const q = ratio(mechanism.scale);
  return (w) => (2 * q ** (w + 1)) / (1 + q);
}

/**
 * A discrete Laplace draw is the difference of two geometric ones, so a sum of m is the difference of two negative
 * binomials, whose probabilities follow from each other.
 */
function beyondLaplace(scale: Scale, m: number): (w: number) => number {
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

/**
 * The convolution as a product: the sum's characteristic function is the m-th power of one draw's. On a circle of N points
 * P(|sum| ≤ w) = (1/N)·Σ φ(2πj/N)^m·D(2πj/N) with Dirichlet's kernel D(θ) = sin((w + ½)θ)/sin(θ/2); N is so large that
 * what wraps around is below 1e-30. φ^m falls so fast that some 30 terms count.
 */
function beyondGaussian(variance: Variance, m: number): (w: number) => number {
  const reach = Math.ceil(12 * Math.sqrt((m * variance.n) / variance.d)) + 40;
  return (w) => {
    const points = 2 * (w + reach) + 1;
    let inside = 2 * w + 1;
    for (let j = 1; 2 * j < points; j++) {
      const theta = (2 * Math.PI * j) / points;
      const power = gaussianCharacteristic(theta, variance) ** m;
      if (power < 1e-20) break;
      inside += (2 * power * Math.sin((w + 0.5) * theta)) / Math.sin(theta / 2);
    }
    return 1 - inside / points;
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
