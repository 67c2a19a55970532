import type { Level } from "../../generated/graphql.ts";
import { situationOf } from "./sentence.ts";

const counts = (normal: number, caution: number, alert: number, serious: number): { level: Level; count: number }[] => [
  { level: "NORMAL", count: normal },
  { level: "CAUTION", count: caution },
  { level: "ALERT", count: alert },
  { level: "SERIOUS", count: serious },
];
const busiest = { value: 900, halfWidth95: 120, zone: { name: { ko: "상무광장", en: "Sangmu plaza" } } };

describe("the situation of the city", () => {
  it("counts every stage from caution upward as crowded", () => {
    expect(situationOf({ counts: counts(39, 1, 1, 1), busiest }, "en")).toEqual({
      kind: "crowded",
      subject: "Sangmu plaza",
      crowded: 3,
      total: 42,
    });
  });

  it("gives the Korean subject its particle", () => {
    expect(situationOf({ counts: counts(12, 0, 0, 0), busiest }, "ko")).toMatchObject({
      kind: "calm",
      subject: "상무광장이",
    });
  });

  it("names no place that does not stand out of its interval", () => {
    const faint = { ...busiest, value: 120 };
    expect(situationOf({ counts: counts(12, 0, 0, 0), busiest: faint }, "en")).toEqual({ kind: "quiet" });
    expect(situationOf({ counts: counts(11, 1, 0, 0), busiest: faint }, "en")).toMatchObject({ kind: "crowded" });
  });

  it("is silent when no place has a stage", () => {
    expect(situationOf({ counts: counts(0, 0, 0, 0), busiest: null }, "ko")).toEqual({ kind: "silent" });
  });
});
