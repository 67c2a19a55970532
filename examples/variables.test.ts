import { resolveTimes } from "./variables.ts";

const now = Date.parse("2026-11-21T16:30:00Z");

describe("times in the variables of an example", () => {
  test("are put in place of relative ones at any depth", () => {
    expect(resolveTimes({ period: { from: "now-24h", to: "now" }, list: ["now+30m"] }, now)).toEqual({
      period: { from: "2026-11-20T16:30:00.000Z", to: "2026-11-21T16:30:00.000Z" },
      list: ["2026-11-21T17:00:00.000Z"],
    });
  });

  test("a day is the local day of its time zone", () => {
    expect(resolveTimes(["today(Asia/Seoul)", "today(Asia/Seoul)-1d", "today(America/New_York)"], now)).toEqual([
      "2026-11-22",
      "2026-11-21",
      "2026-11-21",
    ]);
  });

  test("other texts and values stay as they are", () => {
    expect(resolveTimes({ zone: "nowhere", first: 3, none: null }, now)).toEqual({
      zone: "nowhere",
      first: 3,
      none: null,
    });
  });
});
