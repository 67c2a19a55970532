import { bandPath, gapsOf, linePath, runsOf, type SeriesPoint, withheldWindows } from "./band.ts";
import { bucketAt, linear, timeTicks, valueTicks } from "./scale.ts";

const point = (start: number, value: number | null, withheld: string | null = null): SeriesPoint => ({
  start,
  end: start + 10,
  value,
  lower: value === null ? null : value - 5,
  upper: value === null ? null : value + 5,
  withheld,
});

describe("a series", () => {
  const series = [
    point(0, 10),
    point(10, 20),
    point(20, null, "FEED_SILENT"),
    point(30, null, "FEED_SILENT"),
    point(60, 7),
  ];

  it("is cut where a value is withheld and where time has a hole", () => {
    const runs = runsOf(series);
    expect(runs.map((run) => run.map(({ at, value }) => [at, value]))).toEqual([
      [
        [0, 10],
        [10, 20],
        [20, 20],
      ],
      [
        [60, 7],
        [70, 7],
      ],
    ]);
  });

  it("joins neighbouring withheld buckets of one reason", () => {
    expect(withheldWindows(series)).toEqual([{ start: 20, end: 40, reason: "FEED_SILENT" }]);
    expect(withheldWindows([point(0, null, "A"), point(10, null, "B")])).toHaveLength(2);
  });

  it("shows time without any bucket as a gap", () => {
    expect(gapsOf(series, 0, 100)).toEqual([
      { start: 40, end: 60 },
      { start: 70, end: 100 },
    ]);
    expect(gapsOf([], 0, 5)).toEqual([{ start: 0, end: 5 }]);
  });

  it("draws a band that never goes below zero and a step line", () => {
    const x = linear([0, 100], [0, 100]);
    const y = linear([0, 50], [50, 0]);
    const [first] = runsOf([point(0, 2), point(10, 20)]);
    expect(first).toBeDefined();
    if (!first) return;
    const band = bandPath(first, x, y);
    expect(band.startsWith("M0,43")).toBe(true);
    expect(band).toContain("50");
    expect(band).not.toMatch(/,5[1-9]/);
    expect(linePath(first, x, y)).toBe("M0,48L10,48L10,30L20,30L20,30");
  });
});

describe("axes", () => {
  it("end on a round number above the greatest value", () => {
    expect(valueTicks(470, 4)).toEqual({ top: 500, ticks: [0, 100, 200, 300, 400, 500] });
    expect(valueTicks(0, 4).top).toBeGreaterThan(0);
  });

  it("tick on round hours of the city's clock", () => {
    const from = Date.parse("2026-11-20T03:40:00Z");
    const { at, step } = timeTicks(from, from + 86_400_000, 8, "Asia/Seoul");
    expect(step).toBe(3 * 3_600_000);
    expect(new Date(at[0] ?? 0).toISOString()).toBe("2026-11-20T06:00:00.000Z");
    expect(at).toHaveLength(8);
  });

  it("keep midnight on midnight when the clock changes", () => {
    const { at } = timeTicks(
      Date.parse("2026-10-31T07:00:00Z"),
      Date.parse("2026-11-03T08:00:00Z"),
      4,
      "America/Los_Angeles",
    );
    expect(at.map((instant) => new Date(instant).toISOString())).toEqual([
      "2026-10-31T07:00:00.000Z",
      "2026-11-01T07:00:00.000Z",
      "2026-11-02T08:00:00.000Z",
      "2026-11-03T08:00:00.000Z",
    ]);
  });

  it("find the bucket under an instant", () => {
    const points = [point(0, 1), point(10, 2), point(20, 3)];
    expect(bucketAt(points, 14)).toBe(1);
    expect(bucketAt(points, -5)).toBe(0);
    expect(bucketAt(points, 99)).toBe(2);
  });
});
