import { dayBounds, localDay, windowOf } from "../../../core/time.ts";

/** A time zone in which it is about noon now, so that a test's day does not end under it. */
export function noonZone(now: number): string {
  const ahead = 12 - new Date(now).getUTCHours();
  if (ahead === 0) return "Etc/GMT";
  return ahead > 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`;
}

/** A time zone in which a day has just begun. */
export function midnightZone(now: number): string {
  const hour = new Date(now).getUTCHours();
  const offset = hour <= 12 ? -hour : 24 - hour;
  if (offset === 0) return "Etc/GMT";
  return offset > 0 ? `Etc/GMT-${offset}` : `Etc/GMT+${-offset}`;
}

/** Today in a zone where it is noon, and the last ten-minute window that has been over for at least two minutes. */
export function noonToday(now = Date.now()) {
  const timeZone = noonZone(now);
  const day = localDay(now, timeZone);
  const before = windowOf(now - 120_000, "PT10M", timeZone).from - 1;
  return { timeZone, day, midnight: dayBounds(day, timeZone).from, window: windowOf(before, "PT10M", timeZone) };
}
