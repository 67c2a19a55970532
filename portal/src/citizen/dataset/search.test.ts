import { readListSearch } from "../datasets/search.ts";
import { firstSpan, periodOf, readDatasetSearch, SUM, shownPlace, stepsOf } from "./search.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const extent = { from: 0, to: 100 * DAY };

describe("the address of a list", () => {
  it("keeps what it understands and drops the rest", () => {
    expect(readListSearch({ q: "bike", domain: "MOBILITY", tier: "GOLD", page: 7 })).toEqual({
      q: "bike",
      domain: "MOBILITY",
    });
  });

  it("goes one way only", () => {
    expect(readListSearch({ after: "a", before: "b" })).toEqual({ after: "a" });
  });
});

describe("the address of a dataset", () => {
  it("keeps place, span and step, also a place that looks like a number", () => {
    expect(readDatasetSearch({ place: 27, span: "week", step: "PT1H" })).toEqual({
      place: "27",
      span: "week",
      step: "PT1H",
    });
    expect(readDatasetSearch({ span: "century", step: "drop table" })).toEqual({});
  });
});

describe("the place that is shown", () => {
  const dataset = (additive: boolean, count: number) => ({
    plan: { additive },
    places: { nodes: Array.from({ length: count }, (_, index) => ({ slug: `p${index}` })) },
  });

  it("is the one of the address where it exists, else the first", () => {
    expect(shownPlace(dataset(true, 3), "p2")).toBe("p2");
    expect(shownPlace(dataset(true, 3), "gone")).toBe("p0");
    expect(shownPlace(dataset(true, 0), undefined)).toBeUndefined();
  });

  it("is their sum only where sums are allowed and their noise stays small", () => {
    expect(shownPlace(dataset(true, 3), SUM)).toBe(SUM);
    expect(shownPlace(dataset(false, 3), SUM)).toBe("p0");
    expect(shownPlace(dataset(true, 25), SUM)).toBe("p0");
  });
});

describe("the first look at a series", () => {
  it("ends with the newest value and stays inside what was released", () => {
    expect(periodOf("week", extent)).toEqual({ from: 93 * DAY, to: 100 * DAY });
    expect(periodOf("week", { from: 0, to: DAY })).toEqual({ from: 0, to: DAY });
  });

  it("shows a day of hours, a month of days and all of months", () => {
    expect(firstSpan(HOUR, extent)).toBe("day");
    expect(firstSpan(DAY, extent)).toBe("month");
    expect(firstSpan(30 * DAY, extent)).toBe("all");
    expect(firstSpan(HOUR, { from: 0, to: 5 * HOUR })).toBe("all");
  });

  it("offers longer steps only where sums are allowed and short enough", () => {
    expect(stepsOf("PT10M", 600_000, true)).toEqual(["PT10M", "PT1H"]);
    expect(stepsOf("PT1H", HOUR, false)).toEqual(["PT1H"]);
  });
});
