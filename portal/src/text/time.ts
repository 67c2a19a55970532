import { type Language, localeTag } from "./language.ts";

/** Clock, dates and windows as the city reads them: every function takes the city's IANA time zone. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeTag(language), { timeZone, hourCycle: "h23", ...options });
  formats.set(key, made);
  return made;
}

/** "12:40" */
export function formatClock(at: number, language: Language, timeZone: string): string {
  return formatter(language, timeZone, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** "11월 21일 (토)" / "Sat 21 Nov" */
export function formatDay(at: number, language: Language, timeZone: string): string {
  return formatter(language, timeZone, { month: "short", day: "numeric", weekday: "short" }).format(at);
}

/** "2026년 11월 21일" / "21 November 2026" */
export function formatDate(at: number, language: Language, timeZone: string): string {
  return formatter(language, timeZone, { year: "numeric", month: "long", day: "numeric" }).format(at);
}

/** A day of the calendar, YYYY-MM-DD, as {@link formatDate} writes it. */
export const formatLocalDay = (day: string, language: Language): string => formatDate(Date.parse(day), language, "UTC");

/** "2026년 11월" / "Nov 2026": for series of months. */
export function formatMonth(at: number, language: Language, timeZone: string): string {
  return formatter(language, timeZone, { year: "numeric", month: "short" }).format(at);
}

/** "11월 21일 (토) 12:40" */
export function formatMoment(at: number, language: Language, timeZone: string): string {
  return `${formatDay(at, language, timeZone)} ${formatClock(at, language, timeZone)}`;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** A half-open window: "12:40–12:50", a day "11월 21일 (토)", a month "2026년 11월", a year "2026년"; days are named when asked for. */
export function formatWindow(from: number, to: number, language: Language, timeZone: string, withDay = false): string {
  const length = to - from;
  if (length > 360 * DAY) return formatter(language, timeZone, { year: "numeric" }).format(from);
  if (length > 27 * DAY) return formatMonth(from, language, timeZone);
  if (length > 22 * HOUR) return formatDay(from, language, timeZone);
  const clocks = `${formatClock(from, language, timeZone)}–${formatClock(to, language, timeZone)}`;
  return withDay ? `${formatDay(from, language, timeZone)} ${clocks}` : clocks;
}

/** The whole minutes, hours or days since: what a reader wants to know of freshness. */
export function ageOf(at: number, now: number): { value: number; unit: "minute" | "hour" | "day" } {
  const age = Math.max(0, now - at);
  if (age < HOUR) return { value: Math.floor(age / MINUTE), unit: "minute" };
  if (age < 2 * DAY) return { value: Math.floor(age / HOUR), unit: "hour" };
  return { value: Math.floor(age / DAY), unit: "day" };
}

/** "4분 전" / "4 minutes ago"; less than a minute is "지금" / "now". */
export function formatAge(at: number, now: number, language: Language): string {
  const { value, unit } = ageOf(at, now);
  if (value === 0) return new Intl.RelativeTimeFormat(localeTag(language), { numeric: "auto" }).format(0, "second");
  return new Intl.RelativeTimeFormat(localeTag(language), { numeric: "always" }).format(-value, unit);
}

/**
 * Length of an ISO 8601 duration in milliseconds; a month counts 30 days, which is enough to choose a period.
 * Unknown text gives one hour.
 */
export function durationLength(duration: string): number {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!parts) return HOUR;
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const wholeDays = (years ?? 0) * 365 + (months ?? 0) * 30 + (weeks ?? 0) * 7 + (days ?? 0);
  return wholeDays * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * 1000 || HOUR;
}

const UNITS: readonly (readonly [pattern: RegExp, unit: string])[] = [
  [/^P(\d+)Y$/, "year"],
  [/^P(\d+)M$/, "month"],
  [/^P(\d+)D$/, "day"],
  [/^PT(\d+)H$/, "hour"],
  [/^PT(\d+)M$/, "minute"],
  [/^PT(\d+)S$/, "second"],
];

/** "10 minutes" / "10분" for an ISO 8601 duration of one unit; another one is shown as it is written. */
export function formatDuration(duration: string, language: Language): string {
  for (const [pattern, unit] of UNITS) {
    const count = pattern.exec(duration)?.[1];
    if (count === undefined) continue;
    const style: Intl.NumberFormatOptions = { style: "unit", unit, unitDisplay: "long" };
    return new Intl.NumberFormat(localeTag(language), style).format(Number(count));
  }
  return duration;
}

/** Minutes that the zone is ahead of UTC at an instant. */
export function zoneOffset(at: number, timeZone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return Math.round((wall - Math.floor(at / 1000) * 1000) / MINUTE);
}
