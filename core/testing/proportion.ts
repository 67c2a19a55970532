/** What n independent trials with k successes say of their probability, and how well a score tells two worlds apart. */

/**
 * The least probability that k successes of n are believable with: below it, k or more happen with less than `alpha`
 * (one-sided; Clopper and Pearson 1934).
 */
export function clopperPearsonLower(k: number, n: number, alpha: number): number {
  checkTrials(k, n, alpha);
  return k === 0 ? 0 : betaQuantile(alpha, k, n - k + 1);
}

/** The greatest such probability: above it, k or fewer happen with less than `alpha`. */
export function clopperPearsonUpper(k: number, n: number, alpha: number): number {
  checkTrials(k, n, alpha);
  return k === n ? 1 : betaQuantile(1 - alpha, k + 1, n - k);
}

/** Wilson's (1927) two-sided interval at z standard normal deviations; 1.96 for 95 %. */
export function wilson(k: number, n: number, z = 1.959963984540054): { low: number; high: number } {
  checkTrials(k, n, 0.5);
  const share = k / n;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const centre = share + (z * z) / (2 * n);
  const whole = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - spread) / whole), high: Math.min(1, (centre + spread) / whole) };
}

function checkTrials(k: number, n: number, alpha: number): void {
  if (!(Number.isSafeInteger(n) && n > 0 && Number.isSafeInteger(k) && k >= 0 && k <= n)) {
    throw new RangeError("successes are an integer from 0 to a positive number of trials");
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError("alpha is between 0 and 1");
}

/** The x with I_x(a, b) = p, by bisection; relative accuracy about 1e-12. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I_x(a, b), the regularised incomplete beta function (continued fraction; NIST DLMF 8.17.22, Lentz's method). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1), tiny);
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    for (const coefficient of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / notZero(1 + coefficient * d, tiny);
      c = notZero(1 + coefficient / c, tiny);
      value *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-15) return front * value;
  }
  throw new RangeError("the continued fraction does not converge");
}

const notZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value);

function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  // ln Γ(large) − ln Γ(large + small) loses no digits where large is huge.
  if (large < 30) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const difference =
    (large - 0.5) * Math.log1p(small / large) +
    small * Math.log(large + small) -
    small +
    rest(large + small) -
    rest(large);
  return logGamma(small) - difference;
}

/** ln Γ(x) − Stirling's leading terms, for x ≥ 10. */
const rest = (x: number): number =>
  1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7) + 1 / (1188 * x ** 9);

export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 10) {
    shift -= Math.log(at);
    at += 1;
  }
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + rest(at);
}

/** Φ(z), to about 1e-15 for |z| ≤ 8. */
export function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z);
  if (z > 8) return 1;
  let term = z;
  let sum = z;
  for (let i = 3; term > 1e-17 * sum; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The z with Φ(z) = p, by bisection. */
export function normalQuantile(p: number): number {
  let [low, high] = [-8, 8];
  while (high - low > 1e-10) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How often each score came: of a sample its counts, of a law its probabilities. */
export type Scores = ReadonlyMap<number, number>;

/**
 * The area under the ROC curve: the probability that the score of a world with the target is above that of one without,
 * equal scores counting half. Exact for counts and for probabilities alike.
 */
export function areaUnderRoc(without: Scores, having: Scores): number {
  const all = [...new Set([...without.keys(), ...having.keys()])].sort((a, b) => a - b);
  let [area, below] = [0, 0];
  for (const score of all) {
    const here = without.get(score) ?? 0;
    area += (having.get(score) ?? 0) * (below + here / 2);
    below += here;
  }
  const total = [...having.values()].reduce((sum, count) => sum + count, 0);
  return area / (below * total);
}

/** The standard error of that area from two samples, at most (Hanley and McNeil 1982, for scores that barely differ). */
export const areaError = (without: number, having: number): number =>
  Math.sqrt((without + having + 1) / (12 * without * having));
