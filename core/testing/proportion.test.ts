import {
  areaError,
  areaUnderRoc,
  clopperPearsonLower,
  clopperPearsonUpper,
  incompleteBeta,
  logGamma,
  normalBelow,
  normalQuantile,
  wilson,
} from "./proportion.ts";

/** P(at least k successes of n), summed. */
function atLeast(k: number, n: number, p: number): number {
  let total = 0;
  for (let i = k; i <= n; i++) {
    const log = logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) + i * Math.log(p) + (n - i) * Math.log1p(-p);
    total += Math.exp(log);
  }
  return total;
}

describe("the bounds of Clopper and Pearson", () => {
  it.each([
    // known values: R binom.test(k, n, conf.level = 0.95)
    [8, 10, 0.4439045, 0.9747893],
    [5, 100, 0.01643188, 0.1128349],
  ])("of %i in %i are those that R prints", (k, n, low, high) => {
    expect(clopperPearsonLower(k, n, 0.025)).toBeCloseTo(low, 6);
    expect(clopperPearsonUpper(k, n, 0.025)).toBeCloseTo(high, 6);
  });

  it("of no success in n is 1 − alpha^(1/n), and no more than nothing below", () => {
    expect(clopperPearsonUpper(0, 50, 0.001)).toBeCloseTo(1 - 0.001 ** (1 / 50), 12);
    expect(clopperPearsonLower(0, 50, 0.001)).toBe(0);
    expect(clopperPearsonUpper(50, 50, 0.001)).toBe(1);
    expect(clopperPearsonLower(50, 50, 0.001)).toBeCloseTo(0.001 ** (1 / 50), 12);
  });

  it.each([
    [30, 200, 0.001],
    [700, 1000, 0.0001],
    [1, 30, 0.05],
  ])("make %i of %i exactly as unlikely as they say", (k, n, alpha) => {
    expect(atLeast(k, n, clopperPearsonLower(k, n, alpha)) / alpha).toBeCloseTo(1, 6);
    expect(atLeast(n - k, n, 1 - clopperPearsonUpper(k, n, alpha)) / alpha).toBeCloseTo(1, 6);
  });

  it("hold their digits at the samples of the scorecard", () => {
    const n = 24_000_000;
    const k = 12_150_000;
    const z = 3.0902323;
    const close = k / n - z * Math.sqrt(((k / n) * (1 - k / n)) / n);
    expect(Math.abs(clopperPearsonLower(k, n, 0.001) - close)).toBeLessThan(1e-7);
  });

  it.each([
    [-1, 10],
    [11, 10],
    [0, 0],
    [1.5, 10],
  ])("refuse %d of %d", (k, n) => {
    expect(() => clopperPearsonLower(k, n, 0.05)).toThrow(RangeError);
    expect(() => clopperPearsonUpper(k, n, 0.05)).toThrow(RangeError);
    expect(() => wilson(k, n)).toThrow(RangeError);
  });
});

test("Wilson's interval is that of the textbook, and its 95 % bound allows 27 misses of 2000 at 0.98", () => {
  expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
  expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
  expect(wilson(0, 20).low).toBe(0);
  expect(wilson(2000 - 27, 2000).low).toBeGreaterThanOrEqual(0.98);
  expect(wilson(2000 - 29, 2000).low).toBeLessThan(0.98);
});

test("the incomplete beta function is that of known points", () => {
  expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(0.6875, 12);
  expect(incompleteBeta(0.25, 1, 1)).toBeCloseTo(0.25, 12);
  expect(incompleteBeta(0.1, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.1)), 10);
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
});

test("the normal law and its quantile are those of the tables", () => {
  expect(normalBelow(1.959963985)).toBeCloseTo(0.975, 9);
  expect(normalBelow(-3)).toBeCloseTo(0.001349898, 9);
  expect(normalQuantile(0.999)).toBeCloseTo(3.090232306, 7);
  expect(normalQuantile(0.2)).toBeCloseTo(-0.841621234, 7);
});

describe("the area under the ROC curve", () => {
  it("is the share of pairs in the right order, ties counting half", () => {
    const without = new Map([
      [0, 2],
      [1, 1],
    ]);
    const having = new Map([
      [1, 1],
      [5, 1],
    ]);
    expect(areaUnderRoc(without, having)).toBeCloseTo((2 + 0.5 + 3) / 6, 12);
    expect(areaUnderRoc(without, without)).toBeCloseTo(0.5, 12);
    expect(areaUnderRoc(having, without)).toBeCloseTo(1 - 5.5 / 6, 12);
  });

  it("has the stated error where the worlds do not differ", () => {
    expect(areaError(30_000, 30_000)).toBeCloseTo(0.002357, 5);
  });
});
