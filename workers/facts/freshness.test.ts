import { freshnessOf } from "./freshness.ts";

const now = Date.parse("2026-11-21T00:00:00Z");
const ago = (seconds: number) => now - seconds * 1000;

describe("freshness of a feed", () => {
  test("is FRESH up to two intervals, LATE up to ten, STALE beyond", () => {
    expect([0, 120, 121, 600, 601].map((seconds) => freshnessOf(now, ago(seconds), 60))).toEqual([
      "FRESH",
      "FRESH",
      "LATE",
      "LATE",
      "STALE",
    ]);
  });

  test("is STALE when none of its devices was ever heard", () => {
    expect(freshnessOf(now, null, 60)).toBe("STALE");
  });

  test("is FRESH when a device's clock runs ahead of ours", () => {
    expect(freshnessOf(now, ago(-30), 60)).toBe("FRESH");
  });
});
