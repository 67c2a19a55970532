import {
  ageOf,
  durationLength,
  formatAge,
  formatClock,
  formatDay,
  formatDuration,
  formatWindow,
  zoneOffset,
} from "./time.ts";

const NOON = Date.parse("2026-11-21T03:40:00Z");
const SEOUL = "Asia/Seoul";

describe("times of the city", () => {
  it("shows the clock of the city, not of the reader", () => {
    expect(formatClock(NOON, "ko", SEOUL)).toBe("12:40");
    expect(formatClock(NOON, "en", "America/Los_Angeles")).toBe("19:40");
  });

  it("writes midnight as 00:00", () => {
    expect(formatClock(Date.parse("2026-11-20T15:00:00Z"), "en", SEOUL)).toBe("00:00");
  });

  it("names a day in both languages", () => {
    expect(formatDay(NOON, "ko", SEOUL)).toMatch(/11월 21일.*토/);
    expect(formatDay(NOON, "en", SEOUL)).toMatch(/Sat.*21 Nov/);
  });

  it("shortens a window by its length", () => {
    expect(formatWindow(NOON, NOON + 600_000, "ko", SEOUL)).toBe("12:40–12:50");
    expect(formatWindow(NOON, NOON + 86_400_000, "en", SEOUL)).toMatch(/21 Nov/);
    expect(formatWindow(NOON, NOON + 30 * 86_400_000, "en", SEOUL)).toMatch(/Nov 2026/);
    expect(formatWindow(Date.parse("2019-12-31T15:00:00Z"), Date.parse("2020-12-31T15:00:00Z"), "ko", SEOUL)).toBe(
      "2020년",
    );
  });

  it("counts the age in the unit a reader thinks in", () => {
    expect(ageOf(NOON, NOON + 4 * 60_000 + 59_000)).toEqual({ value: 4, unit: "minute" });
    expect(ageOf(NOON, NOON + 3 * 3_600_000)).toEqual({ value: 3, unit: "hour" });
    expect(ageOf(NOON, NOON + 5 * 86_400_000)).toEqual({ value: 5, unit: "day" });
    expect(ageOf(NOON, NOON - 1000)).toEqual({ value: 0, unit: "minute" });
    expect(formatAge(NOON, NOON + 240_000, "ko")).toBe("4분 전");
    expect(formatAge(NOON, NOON + 30_000, "ko")).toBe("지금");
    expect(formatAge(NOON, NOON + 240_000, "en")).toBe("4 minutes ago");
  });

  it("measures ISO durations", () => {
    expect(durationLength("PT10M")).toBe(600_000);
    expect(durationLength("P1D")).toBe(86_400_000);
    expect(durationLength("P1M")).toBe(30 * 86_400_000);
    expect(durationLength("nonsense")).toBe(3_600_000);
  });

  it("names ISO durations", () => {
    expect(formatDuration("PT10M", "ko")).toBe("10분");
    expect(formatDuration("PT1H", "en")).toBe("1 hour");
    expect(formatDuration("P1M", "ko")).toBe("1개월");
    expect(formatDuration("P1DT6H", "en")).toBe("P1DT6H");
  });

  it("knows daylight saving of the city", () => {
    expect(zoneOffset(NOON, SEOUL)).toBe(540);
    expect(zoneOffset(Date.parse("2026-07-01T12:00:00Z"), "America/Los_Angeles")).toBe(-420);
    expect(zoneOffset(Date.parse("2026-12-01T12:00:00Z"), "America/Los_Angeles")).toBe(-480);
  });
});
