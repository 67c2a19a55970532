import { bernoulliExp, bernoulliExpBig, checkScale, geometric, type Scale } from "./laplace.ts";
import { type RandomWords, systemRandom } from "./random.ts";

/** The variance parameter σ² = n/d of a discrete Gaussian, in counts²; both positive safe integers. */
export type Variance = Scale;

/** Squares of integers up to this are safe integers. */
const SQUARE_IS_SAFE = 94_906_265;

/**
 * One draw of the discrete Gaussian: P(x) ∝ exp(−x²/2σ²), exactly; no float is involved (P13). A discrete Laplace draw of
 * scale t = ⌊σ⌋ + 1 is kept with probability exp(−(|y| − σ²/t)²/2σ²): Canonne, Kamath, Steinke 2020, arXiv 2004.00010,
 * algorithm 3. Throws RangeError for a variance that is not positive safe integers.
 */
export function sampleGaussian(variance: Variance, random: RandomWords = systemRandom): number {
  return sampleGaussianVector(1, variance, random)[0] as number;
}

/** `count` independent draws: the noise of one release, cell by cell. */
export function sampleGaussianVector(count: number, variance: Variance, random: RandomWords = systemRandom): number[] {
  checkScale(variance);
  const t = floorRoot(variance) + 1;
  const noise = new Array<number>(count);
  for (let i = 0; i < count; i++) noise[i] = draw(variance, t, random);
  return noise;
}

function draw(variance: Variance, t: number, random: RandomWords): number {
  for (;;) {
    const size = geometric({ n: t, d: 1 }, random);
    const negative = random() >>> 31 === 1;
    if (negative && size === 0) continue;
    if (isKept(size, variance, t, random)) return negative ? -size : size;
  }
}

/** True with probability exp(−(|y| − σ²/t)²/2σ²), whose exponent is (|y|·t·d − n)²/(2·n·d·t²) in integers. */
function isKept(size: number, { n, d }: Variance, t: number, random: RandomWords): boolean {
  const distance = Math.abs(size * t * d - n);
  const divisor = 2 * n * d * t * t;
  // Sums and products of integers are exact as long as their result is a safe integer.
  if (size * t * d <= Number.MAX_SAFE_INTEGER && distance <= SQUARE_IS_SAFE && Number.isSafeInteger(divisor)) {
    let exponent = distance * distance;
    for (; exponent > divisor; exponent -= divisor) if (!bernoulliExp(1, 1, random)) return false;
    return bernoulliExp(exponent, divisor, random);
  }
  const [bigN, bigD, bigT] = [BigInt(n), BigInt(d), BigInt(t)];
  const bigDivisor = 2n * bigN * bigD * bigT * bigT;
  let exponent = (BigInt(size) * bigT * bigD - bigN) ** 2n;
  for (; exponent > bigDivisor; exponent -= bigDivisor) if (!bernoulliExp(1, 1, random)) return false;
  return bernoulliExpBig(exponent, bigDivisor, random);
}

/** ⌊√(n/d)⌋, bit by bit in integers. Any t > 0 gives the same distribution, this one the fewest rejections. */
function floorRoot({ n, d }: Variance): number {
  const whole = (n - (n % d)) / d;
  let root = 0;
  for (let bit = 2 ** 26; bit >= 1; bit /= 2) if ((root + bit) * (root + bit) <= whole) root += bit;
  return root;
}

/**
 * Σ exp(−x²/2σ²) over all integers. From σ² = 1 on by Poisson's summation, √(2πσ²)·(1 + 2·exp(−2π²σ²) + …), whose next
 * term is below 1e-34.
 */
function total(variance: number): number {
  if (variance >= 1) return Math.sqrt(2 * Math.PI * variance) * (1 + 2 * Math.exp(-2 * Math.PI ** 2 * variance));
  return 1 + 2 * sumFrom(1, variance, () => 1);
}

/** Σ f(x)·exp(−x²/2σ²) over x ≥ first ≥ 0, smallest terms first. */
function sumFrom(first: number, variance: number, f: (x: number) => number): number {
  let sum = 0;
  for (let x = Math.ceil(first + 40 * Math.sqrt(variance)); x >= first; x--)
    sum += f(x) * Math.exp((-x * x) / (2 * variance));
  return sum;
}

/** P(X = x) = exp(−x²/2σ²)/Σ exp(−k²/2σ²). */
export function gaussianPmf(x: number, { n, d }: Variance): number {
  return Math.exp((-x * x * d) / (2 * n)) / total(n / d);
}

/** P(X ≥ x). */
export function gaussianTail(x: number, variance: Variance): number {
  if (x <= 0) return 1 - gaussianTail(1 - x, variance);
  const v = variance.n / variance.d;
  return sumFrom(x, v, () => 1) / total(v);
}

/** √Var(X), which is σ but for small σ (0.9996 at σ = 0.7). */
export function gaussianDeviation({ n, d }: Variance): number {
  const v = n / d;
  // Var(X) differs from σ² by less than 1e-17 from here on.
  if (v >= 4) return Math.sqrt(v);
  return Math.sqrt((2 * sumFrom(1, v, (x) => x * x)) / total(v));
}

/** E|X| = 2·Σ x·P(X = x) over x ≥ 1: how far a value is off on average. */
export function gaussianMeanAbsolute({ n, d }: Variance): number {
  return (2 * sumFrom(1, n / d, (x) => x)) / total(n / d);
}

/**
 * E[cos(θX)] for |θ| ≤ π: what makes sums of draws cheap, because it is raised to the power of their number. From σ² = 1
 * on by Poisson's summation.
 */
export function gaussianCharacteristic(theta: number, { n, d }: Variance): number {
  const v = n / d;
  if (v < 1) return (1 + 2 * sumFrom(1, v, (x) => Math.cos(theta * x))) / total(v);
  const at = (angle: number): number => Math.exp((-v * angle * angle) / 2);
  const turn = 2 * Math.PI;
  return (at(theta) + at(theta - turn) + at(theta + turn)) / (1 + 2 * at(turn));
}
