import { quotaMonth, rateOf } from "./quota.ts";

describe("the month of a quota", () => {
  test("is the calendar month of the city, not of UTC", () => {
    const evening = Date.parse("2026-11-30T15:30:00Z");
    expect(quotaMonth(evening, "Asia/Seoul")).toEqual({
      key: "2026-12",
      day: "2026-12-01",
      from: Date.parse("2026-11-30T15:00:00Z"),
      resetAt: Date.parse("2026-12-31T15:00:00Z"),
    });
    expect(quotaMonth(evening, "Europe/London").key).toBe("2026-11");
  });

  test("is as long as the clock makes it: an hour less in March where summer time begins", () => {
    const { from, resetAt } = quotaMonth(Date.parse("2026-03-15T00:00:00Z"), "Europe/Berlin");
    expect(resetAt - from).toBe((31 * 24 - 1) * 3_600_000);
  });
});

test("a licence of any size may ask a whole question at once, and a large one uses its quota in twenty minutes at best", () => {
  expect(rateOf(0)).toEqual({ burst: 60_000, perSecond: 1_000 });
  expect(rateOf(24_000_000)).toEqual({ burst: 1_200_000, perSecond: 20_000 });
});
