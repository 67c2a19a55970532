import { type RandomWords, systemRandom, uniform, uniformBig } from "./random.ts";

/** A positive rational number `n/d`; both safe integers. The scale t of a plan is L/ε. */
export type Scale = { readonly n: number; readonly d: number };

const TWO_32 = 0x1_0000_0000;

/** True with probability exp(−a/b), exactly, for 0 ≤ a ≤ b (Canonne, Kamath, Steinke 2020, algorithm 1). */
export function bernoulliExp(a: number, b: number, random: RandomWords): boolean {
  for (let k = 1; ; k++) {
    const bound = b * k;
    const goesOn = bound <= TWO_32 ? uniform(bound, random) < a : uniformBig(BigInt(b) * BigInt(k), random) < BigInt(a);
    if (!goesOn) return k % 2 === 1;
  }
}

/** The same for integers of any size. */
export function bernoulliExpBig(a: bigint, b: bigint, random: RandomWords): boolean {
  for (let k = 1n; ; k++) if (uniformBig(b * k, random) >= a) return k % 2n === 1n;
}

/**
 * A geometric draw y ≥ 0 with P(y) = (1 − q)·q^y, q = exp(−d/n), exactly: the size of discrete Laplace noise, and by
 * its lack of memory also how far a value lies above any threshold.
 */
export function geometric({ n, d }: Scale, random: RandomWords = systemRandom): number {
  if (n > TWO_32) return geometricBig(BigInt(n), BigInt(d), random);
  for (;;) {
    const u = uniform(n, random);
    if (!bernoulliExp(u, n, random)) continue;
    let v = 0;
    while (bernoulliExp(1, 1, random)) v++;
    const x = u + n * v;
    if (!Number.isSafeInteger(x)) throw new RangeError("a draw left the safe integers");
    return d === 1 ? x : Math.floor(x / d);
  }
}

function geometricBig(n: bigint, d: bigint, random: RandomWords): number {
  for (;;) {
    const u = uniformBig(n, random);
    if (!bernoulliExpBig(u, n, random)) continue;
    let v = 0n;
    while (bernoulliExpBig(1n, 1n, random)) v++;
    const y = Number((u + n * v) / d);
    if (!Number.isSafeInteger(y)) throw new RangeError("a draw left the safe integers");
    return y;
  }
}

/**
 * One draw of the discrete Laplace distribution of scale t = n/d: P(x) ∝ exp(−|x|/t), exactly; no float is involved
 * (P13). Canonne, Kamath, Steinke 2020, arXiv 2004.00010, algorithm 2. Throws RangeError for a scale that is not
 * positive safe integers.
 */
export function sampleLaplace(scale: Scale, random: RandomWords = systemRandom): number {
  checkScale(scale);
  return draw(scale, random);
}

/** `count` independent draws: the noise of one release, cell by cell. */
export function sampleVector(count: number, scale: Scale, random: RandomWords = systemRandom): number[] {
  checkScale(scale);
  const noise = new Array<number>(count);
  for (let i = 0; i < count; i++) noise[i] = draw(scale, random);
  return noise;
}

function draw(scale: Scale, random: RandomWords): number {
  for (;;) {
    const size = geometric(scale, random);
    const negative = random() >>> 31 === 1;
    if (!negative) return size;
    if (size !== 0) return -size;
  }
}

/** Refuses a scale that is not two positive safe integers. */
export function checkScale({ n, d }: Scale): void {
  if (!(Number.isSafeInteger(n) && Number.isSafeInteger(d) && n > 0 && d > 0)) {
    throw new RangeError("a scale is two positive safe integers");
  }
}

/** q = exp(−1/t), the ratio of neighbouring probabilities. */
export function ratio({ n, d }: Scale): number {
  return Math.exp(-d / n);
}

/** P(X = x) = (1 − q)/(1 + q)·q^|x|. */
export function pmf(x: number, scale: Scale): number {
  const t = scale.n / scale.d;
  return Math.tanh(1 / (2 * t)) * Math.exp(-Math.abs(x) / t);
}

/** P(X ≥ x). */
export function tail(x: number, scale: Scale): number {
  const q = ratio(scale);
  return x > 0 ? q ** x / (1 + q) : 1 - q ** (1 - x) / (1 + q);
}

/** √(2q)/(1 − q). */
export function standardDeviation(scale: Scale): number {
  return Math.sqrt(2 * ratio(scale)) / -Math.expm1(-scale.d / scale.n);
}

/** E|X| = 2q/(1 − q²): how far a value is off on average. */
export function meanAbsolute(scale: Scale): number {
  const q = ratio(scale);
  return (2 * q) / (1 - q * q);
}
