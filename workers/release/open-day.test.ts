import { dayBounds } from "../../core/time.ts";
import type { Population } from "./catalogue.ts";
import type { DayState } from "./day-state.ts";
import { liveDays, mayOpen } from "./open-day.ts";

const DAY = "2026-11-20";
const { from, to } = dayBounds(DAY, "Asia/Seoul");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const population = (change: Partial<Population> = {}): Population => ({
  number: 1,
  timeZone: "Asia/Seoul",
  latenessSeconds: 21_600,
  skewSeconds: 120,
  devices: [],
  isLive: true,
  backfills: [],
  plans: [],
  ...change,
});
const covered = population({ backfills: [{ id: "b", firstDay: "2026-11-07", lastDay: DAY }] });
const state = (now: number, backfillNear = false): DayState => ({
  now,
  state: null,
  backfill: null,
  endedAt: null,
  keyDestroyed: false,
  frozenUntil: new Map(),
  waitingSince: null,
  backfillWaits: false,
  backfillNear,
  earlierDays: [],
});

describe("the days that a live population has open", () => {
  test("are today, and tomorrow from ten minutes before midnight", () => {
    expect(liveDays(population(), from + 12 * HOUR, false)).toEqual([DAY]);
    expect(liveDays(population(), to - 10 * MINUTE, false)).toEqual([DAY, "2026-11-21"]);
  });

  test("are also yesterday while it takes late rows, when there was a day before", () => {
    expect(liveDays(population(), to + 5 * HOUR, true)).toEqual([DAY, "2026-11-21"]);
    expect(liveDays(population(), to + 6 * HOUR, true)).toEqual(["2026-11-21"]);
  });

  test("are not those of a declared backfill: its first batch opens them", () => {
    expect(liveDays(covered, from + 12 * HOUR, true)).toEqual([]);
    expect(liveDays(covered, to - MINUTE, true)).toEqual(["2026-11-21"]);
  });

  test("are none where a population lives from backfills alone", () => {
    expect(liveDays(population({ isLive: false }), from, true)).toEqual([]);
  });
});

describe("a day may be opened", () => {
  test("by a ticket only while its rows may be taken", () => {
    expect(mayOpen(population(), DAY, state(from - 11 * MINUTE))).toBe(false);
    expect(mayOpen(population(), DAY, state(from - 10 * MINUTE))).toBe(true);
    expect(mayOpen(population(), DAY, state(to + 6 * HOUR))).toBe(false);
  });

  test("in a declared period only while a batch of its backfill waits", () => {
    expect(mayOpen(covered, DAY, state(from + HOUR))).toBe(false);
    expect(mayOpen(covered, DAY, state(to + 90 * 24 * HOUR, true))).toBe(true);
    expect(mayOpen(covered, "2026-11-01", state(to + HOUR, true))).toBe(false);
  });

  test("in a declared period only after the days before it that wait too", () => {
    const waiting = (earlierDays: string[]) => ({ ...state(to + HOUR, true), earlierDays });
    expect(mayOpen(covered, DAY, waiting(["2026-11-19"]))).toBe(false);
    expect(mayOpen(covered, DAY, waiting(["2026-11-01"]))).toBe(true);
  });
});
