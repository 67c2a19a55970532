import { Temporal } from "temporal-polyfill";
import { HubError } from "./errors.ts";
import type { Day } from "./ids.ts";

/** A half-open span of time `[from, to)` in epoch milliseconds. */
export type TimeWindow = { readonly from: number; readonly to: number };

/** How long a window is, as ISO 8601 writes it. */
export type Step = "PT10M" | "PT15M" | "PT1H" | "P1D" | "P1M" | "P1Y";
export const STEPS: readonly Step[] = ["PT10M", "PT15M", "PT1H", "P1D", "P1M", "P1Y"];

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ELAPSED: Partial<Record<Step, number>> = { PT10M: 10 * MINUTE, PT15M: 15 * MINUTE, PT1H: 60 * MINUTE };

type DaySpan = { day: Day; from: number; to: number; plain: boolean };
type Zone = { byUtcDay: Map<number, DaySpan[]>; byDay: Map<string, DaySpan>; longer: Map<string, TimeWindow> };
const zones = new Map<string, Zone>();
const CACHED_DAYS = 8192;

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    } catch (cause) {
      throw new HubError("BAD_USER_INPUT", "The time zone is not a name of the IANA database.", { cause });
    }
    zone = { byUtcDay: new Map(), byDay: new Map(), longer: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

function midnight(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

function makeSpan(date: Temporal.PlainDate, timeZone: string): DaySpan {
  const from = midnight(date, timeZone);
  const to = midnight(date.add({ days: 1 }), timeZone);
  const atNoon = date.toZonedDateTime({ timeZone, plainTime: "12:00" }).epochMilliseconds;
  const day = date.toString() as Day;
  return { day, from, to, plain: to - from === DAY && atNoon - from === DAY / 2 };
}

function spanOfDay(day: string, timeZone: string): DaySpan {
  const zone = zoneOf(timeZone);
  let span = zone.byDay.get(day);
  if (span === undefined) {
    if (!isDay(day)) throw new HubError("BAD_USER_INPUT", "A day is written YYYY-MM-DD.", { field: "day" });
    span = makeSpan(Temporal.PlainDate.from(day), timeZone);
    if (zone.byDay.size >= CACHED_DAYS) zone.byDay.clear();
    zone.byDay.set(day, span);
  }
  return span;
}

function spanAt(instantMs: number, timeZone: string): DaySpan {
  const zone = zoneOf(timeZone);
  const utcDay = Math.floor(instantMs / DAY);
  let spans = zone.byUtcDay.get(utcDay);
  if (spans === undefined) {
    const first = Temporal.Instant.fromEpochMilliseconds(utcDay * DAY)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate();
    spans = [spanOfDay(first.toString(), timeZone)];
    for (let date = first.add({ days: 1 }); (spans.at(-1)?.to ?? Infinity) < (utcDay + 1) * DAY; ) {
      spans.push(spanOfDay(date.toString(), timeZone));
      date = date.add({ days: 1 });
    }
    if (zone.byUtcDay.size >= CACHED_DAYS) zone.byUtcDay.clear();
    zone.byUtcDay.set(utcDay, spans);
  }
  for (const span of spans) if (instantMs < span.to) return span;
  throw new RangeError("an instant is a finite number of milliseconds");
}

/** The local calendar day an instant falls on. Cached per zone: about 0.1 µs. */
export function localDay(instantMs: number, timeZone: string): Day {
  return spanAt(instantMs, timeZone).day;
}

/** The hour that the wall clock shows, 0 to 23: a repeated hour shows twice, a skipped one never. */
export function localHour(instantMs: number, timeZone: string): number {
  const span = spanAt(instantMs, timeZone);
  if (span.plain) return Math.floor((instantMs - span.from) / (60 * MINUTE));
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone).hour;
}

/** A local calendar day as a window; 23 or 25 hours long where the clock changes. */
export function dayBounds(day: string, timeZone: string): TimeWindow {
  const { from, to } = spanOfDay(day, timeZone);
  return { from, to };
}

function monthOrYear(day: string, step: "P1M" | "P1Y", timeZone: string): TimeWindow {
  const key = step === "P1M" ? day.slice(0, 7) : day.slice(0, 4);
  const { longer } = zoneOf(timeZone);
  let window = longer.get(key);
  if (window === undefined) {
    const first = Temporal.PlainDate.from(step === "P1M" ? `${key}-01` : `${key}-01-01`);
    const next = first.add(step === "P1M" ? { months: 1 } : { years: 1 });
    window = { from: midnight(first, timeZone), to: midnight(next, timeZone) };
    if (longer.size >= CACHED_DAYS) longer.clear();
    longer.set(key, window);
  }
  return window;
}

/**
 * The window of a step that holds an instant. Days, months and years follow the local calendar; minutes and hours are
 * elapsed time counted from local midnight, so that a repeated hour is two windows and a skipped one none.
 */
export function windowOf(instantMs: number, step: Step, timeZone: string): TimeWindow {
  const span = spanAt(instantMs, timeZone);
  const length = ELAPSED[step];
  if (length !== undefined) {
    const from = span.from + Math.floor((instantMs - span.from) / length) * length;
    return { from, to: Math.min(from + length, span.to) };
  }
  if (step === "P1M" || step === "P1Y") return monthOrYear(span.day, step, timeZone);
  return { from: span.from, to: span.to };
}

/** Every window of a step that overlaps a period, in order, without gap or overlap. */
export function windowsOf(period: TimeWindow, step: Step, timeZone: string): TimeWindow[] {
  const windows: TimeWindow[] = [];
  for (let at = period.from; at < period.to; ) {
    const window = windowOf(at, step, timeZone);
    windows.push(window);
    at = window.to;
  }
  return windows;
}

/** The local calendar days that a window touches, in order. */
export function daysOf(window: TimeWindow, timeZone: string): Day[] {
  const days: Day[] = [];
  for (let at = window.from; at < window.to; ) {
    const span = spanAt(at, timeZone);
    days.push(span.day);
    at = span.to;
  }
  return days;
}

/** The day after (or `count` days after, before when negative) a local calendar day. */
export function addDays(day: string, count: number): Day {
  return Temporal.PlainDate.from(day).add({ days: count }).toString() as Day;
}

/**
 * What a wall clock's reading can mean: one instant; two when the clock was set back (`ambiguous`, earlier first);
 * none when it was set forward over it (`skipped`).
 */
export type WallClock = {
  readonly instants: readonly number[];
  readonly ambiguous: boolean;
  readonly skipped: boolean;
};

const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

/** Reads `YYYY-MM-DDTHH:MM[:SS[.sss]]` (or a space for T) on a zone's clock; null when it is not such a time. */
export function wallClock(localIso: string, timeZone: string): WallClock | null {
  const match = LOCAL.exec(localIso);
  if (match === null) return null;
  const [, day = "", hour = "", minute = "", second = "0", fraction = ""] = match;
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const span = spanOfDay(day, timeZone);
  const sinceMidnight =
    Number(hour) * 60 * MINUTE + Number(minute) * MINUTE + Number(second) * 1000 + Number(fraction.padEnd(3, "0"));
  if (span.plain) return { instants: [span.from + sinceMidnight], ambiguous: false, skipped: false };

  const local = Temporal.PlainDateTime.from(localIso.replace(" ", "T"));
  const instants = (["earlier", "later"] as const)
    .map((disambiguation) => local.toZonedDateTime(timeZone, { disambiguation }))
    .filter((zoned) => zoned.toPlainDateTime().equals(local))
    .map((zoned) => zoned.epochMilliseconds);
  const distinct = [...new Set(instants)];
  return { instants: distinct, ambiguous: distinct.length > 1, skipped: distinct.length === 0 };
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): text is Day {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0) + leap;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads an RFC 3339 instant strictly: capital T and Z, seconds, an offset, a date that exists. Returns epoch ms (finer
 * digits are cut), or null: no leap second, no space, no missing offset, no `-00:00`.
 */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, day = "", hour, minute, second, fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = match;
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offset = Number(offsetHour) * 60 + Number(offsetMinute);
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59 || (sign === "-" && offset === 0)) return null;
  const millis = fraction.slice(0, 3).padEnd(3, "0");
  return Date.parse(`${day}T${hour}:${minute}:${second}.${millis}Z`) - (sign === "-" ? -offset : offset) * MINUTE;
}

/** Writes an instant as RFC 3339 in UTC: without a fraction when it is a whole second. */
export function formatInstant(instantMs: number): string {
  const text = new Date(instantMs).toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, 19)}Z` : text;
}
