import fc from "fast-check";
import { HubError } from "./errors.ts";
import { kill } from "./testing/mutant.ts";
import * as time from "./time.ts";

const FILE = new URL("./time.ts", import.meta.url);
const { addDays, dayBounds, daysOf, formatInstant, isDay, localDay, parseInstant, wallClock, windowOf, windowsOf } =
  time;
const HOUR = 3_600_000;
const ZONES = [
  "Asia/Seoul",
  "Australia/Melbourne",
  "America/Los_Angeles",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "America/Sao_Paulo",
  "UTC",
];
const at = (text: string): number => Date.parse(text);
const anyInstant = fc.integer({ min: at("2010-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") });

/** Windows of any step cover time without gap or overlap and never cross a local day (shorter ones). */
function tiles({ windowOf: window, localDay: day }: typeof time): void {
  fc.assert(
    fc.property(anyInstant, fc.constantFrom(...ZONES), fc.constantFrom(...time.STEPS), (instant, zone, step) => {
      const { from, to } = window(instant, step, zone);
      expect(from).toBeLessThanOrEqual(instant);
      expect(to).toBeGreaterThan(instant);
      expect(window(from, step, zone)).toEqual({ from, to });
      expect(window(to - 1, step, zone)).toEqual({ from, to });
      expect(window(to, step, zone).from).toBe(to);
      expect(window(from - 1, step, zone).to).toBe(from);
      if (step.startsWith("PT") || step === "P1D") expect(day(from, zone)).toBe(day(to - 1, zone));
    }),
    { seed: 3, numRuns: 2000 },
  );
  // The days of a change, minute by minute.
  for (const [zone, start] of [
    ["Australia/Melbourne", at("2026-04-04T12:00:00Z")],
    ["Australia/Melbourne", at("2026-10-03T12:00:00Z")],
    ["America/Sao_Paulo", at("2018-11-04T00:00:00Z")],
    ["Australia/Lord_Howe", at("2026-04-04T12:00:00Z")],
  ] as const) {
    for (const step of ["PT10M", "PT1H"] as const) {
      let last = window(start, step, zone);
      for (let instant = start; instant < start + 40 * HOUR; instant += 60_000) {
        const now = window(instant, step, zone);
        if (now.from !== last.from && now.from !== last.to) throw new Error("a gap or an overlap");
        last = now;
      }
    }
  }
}

describe("local time", () => {
  it("tiles time with windows of every step in every zone", () => tiles(time));

  it.each([
    ["2026-11-20T14:59:59.999Z", "Asia/Seoul", "2026-11-20"],
    ["2026-11-20T15:00:00Z", "Asia/Seoul", "2026-11-21"],
    ["2026-04-04T12:59:59Z", "Australia/Melbourne", "2026-04-04"],
    ["2026-04-05T13:59:59Z", "Australia/Melbourne", "2026-04-05"],
    ["2026-04-05T14:00:00Z", "Australia/Melbourne", "2026-04-06"],
    ["1969-12-31T23:59:59.999Z", "UTC", "1969-12-31"],
  ])("puts %s in %s on %s", (instant, zone, day) => {
    expect(localDay(at(instant), zone)).toBe(day);
  });

  it.each([
    ["2026-04-05", "Australia/Melbourne", 25],
    ["2026-10-04", "Australia/Melbourne", 23],
    ["2026-04-05", "Australia/Lord_Howe", 24.5],
    ["2026-11-21", "Asia/Seoul", 24],
    ["2011-12-30", "Pacific/Apia", 0],
    ["2018-11-04", "America/Sao_Paulo", 23],
  ])("gives %s in %s %d hours", (day, zone, hours) => {
    const { from, to } = dayBounds(day, zone);
    expect((to - from) / HOUR).toBe(hours);
    expect(windowsOf({ from, to }, "PT1H", zone)).toHaveLength(Math.ceil(hours));
    expect(windowsOf({ from, to }, "PT10M", zone)).toHaveLength(hours * 6);
  });

  it("starts a day at its first moment where midnight is skipped", () => {
    expect(dayBounds("2018-11-04", "America/Sao_Paulo").from).toBe(at("2018-11-04T03:00:00Z"));
  });

  it("follows the calendar for months and years", () => {
    const instant = at("2024-02-29T12:00:00Z");
    expect(windowOf(instant, "P1M", "Asia/Seoul")).toEqual({
      from: at("2024-02-01T00:00:00+09:00"),
      to: at("2024-03-01T00:00:00+09:00"),
    });
    expect(windowOf(instant, "P1Y", "Australia/Melbourne")).toEqual({
      from: at("2024-01-01T00:00:00+11:00"),
      to: at("2025-01-01T00:00:00+11:00"),
    });
  });

  it("lists the days and windows that a period touches", () => {
    const period = { from: at("2026-11-20T23:30:00+09:00"), to: at("2026-11-22T00:00:00+09:00") };
    expect(daysOf(period, "Asia/Seoul")).toEqual(["2026-11-20", "2026-11-21"]);
    expect(windowsOf(period, "PT1H", "Asia/Seoul")).toHaveLength(25);
    expect(windowsOf({ from: 5, to: 5 }, "PT1H", "UTC")).toEqual([]);
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
  });

  it("knows both meanings of a repeated hour and none of a skipped one", () => {
    const zone = "Australia/Melbourne";
    expect(wallClock("2026-04-05T02:30:00", zone)).toEqual({
      instants: [at("2026-04-05T02:30:00+11:00"), at("2026-04-05T02:30:00+10:00")],
      ambiguous: true,
      skipped: false,
    });
    expect(wallClock("2026-10-04 02:30", zone)).toEqual({ instants: [], ambiguous: false, skipped: true });
    expect(wallClock("2026-10-04T03:30", zone)?.instants).toEqual([at("2026-10-04T03:30:00+11:00")]);
    expect(wallClock("2026-07-01T00:00:00.5", zone)?.instants).toEqual([at("2026-07-01T00:00:00.500+10:00")]);
    for (const bad of [
      "2026-02-29T00:00",
      "2026-01-01T24:00",
      "2026-01-01",
      "2026-01-01T00:00Z",
      "2026-1-1T00:00",
      "x",
    ]) {
      expect(wallClock(bad, zone)).toBeNull();
    }
  });

  it("reads a wall clock back to what it showed", () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...ZONES), (instant, zone) => {
        const shown = new Date(instant).toLocaleString("sv-SE", { timeZone: zone });
        expect(wallClock(shown, zone)?.instants).toContain(Math.floor(instant / 1000) * 1000);
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses a zone and a day that do not exist", () => {
    expect(() => localDay(0, "Mars/Olympus")).toThrow(HubError);
    expect(() => dayBounds("2026-02-30", "UTC")).toThrow(HubError);
    expect(() => localDay(Number.NaN, "UTC")).toThrow(RangeError);
  });

  it.each([
    {
      name: "every day has 24 hours",
      from: "const to = midnight(date.add({ days: 1 }), timeZone);",
      to: "const to = from + DAY;",
    },
    { name: "last window of a day overlaps the next", from: "Math.min(from + length, span.to)", to: "from + length" },
    {
      name: "windows aligned to UTC",
      from: "span.from + Math.floor((instantMs - span.from) / length) * length",
      to: "Math.floor(instantMs / length) * length",
    },
    {
      name: "end belongs to the window",
      from: "if (instantMs < span.to) return span;",
      to: "if (instantMs <= span.to) return span;",
    },
  ])("notices: $name", (mutant) => kill<typeof time>(FILE, mutant, tiles));
});

describe("instants", () => {
  it.each([
    ["2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z"],
    ["2026-11-21T09:00:00+09:00", "2026-11-21T00:00:00Z"],
    ["2026-11-20T19:00:00.25-05:00", "2026-11-21T00:00:00.250Z"],
    ["2024-02-29T23:59:59.999999999Z", "2024-02-29T23:59:59.999Z"],
  ])("reads %s as %s", (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? Number.NaN)).toBe(expected);
  });

  it.each([
    "2026-11-21",
    "2026-11-21T00:00Z",
    "2026-11-21T00:00:00",
    "2026-11-21 00:00:00Z",
    "2026-11-21t00:00:00z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-21T24:00:00Z",
    "2026-11-21T23:59:60Z",
    "2026-11-21T00:00:00.Z",
    "2026-11-21T00:00:00+9:00",
    "2026-11-21T00:00:00-00:00",
    "2026-11-21T00:00:00+24:00",
    " 2026-11-21T00:00:00Z",
    "+002026-11-21T00:00:00Z",
    "1795219200000",
    "",
    "2026-11-21T00:00:00Z\n",
  ])("refuses %j", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("writes what it reads", () => {
    fc.assert(fc.property(anyInstant, (instant) => expect(parseInstant(formatInstant(instant))).toBe(instant)));
    expect(isDay("1900-02-29")).toBe(false);
    expect(isDay("2000-02-29")).toBe(true);
  });
});
