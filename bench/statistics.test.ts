import { figure, table } from "./figures.ts";
import { median, quantile, spread } from "./statistics.ts";

describe("figures", () => {
  test("a figure passes on the better side of its target, and on the target", () => {
    expect(figure("a", 10, "1/s", "higher", { target: 10 }).pass).toBe(true);
    expect(figure("a", 9.99, "1/s", "higher", { target: 10 }).pass).toBe(false);
    expect(figure("a", 51, "ms", "lower", { target: 50 }).pass).toBe(false);
    expect(figure("a", 51, "ms", "lower").pass).toBeNull();
  });

  test("the table says which figure missed its target", () => {
    const text = table([
      figure("fast", 12_345.678, "1/s", "higher", { target: 10_000, note: "quick" }),
      figure("slow", 80, "ms", "lower", { target: 50 }),
    ]);
    expect(text).toMatch(/fast +12,350 +1\/s +≥ 10,000 +ok/);
    expect(text).toMatch(/slow +80 +ms +≤ 50 +MISSED/);
    expect(text).toContain("fast: quick");
  });
});

describe("statistics", () => {
  test("median, quantile and spread of a few values", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([5, 1, 4, 2, 3], 0.95)).toBe(5);
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(spread([9, 10, 11])).toBeCloseTo(0.1);
  });
});
