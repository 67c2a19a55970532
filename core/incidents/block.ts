import { dayBounds, localDay, type TimeWindow } from "../time.ts";

/** How fine the time of a sensitive incident may be told (rule P14), in milliseconds. */
export const BLOCK_MS = 3 * 3_600_000;

/**
 * The block of the city's calendar that holds an instant: three hours counted from local midnight. The last block of a
 * day runs to midnight, so that none is shorter than three hours where the clock changes (it is 5 h long on a day of
 * 23 h, 4 h on one of 25 h).
 */
export function blockOf(instantMs: number, timeZone: string): TimeWindow {
  const day = dayBounds(localDay(instantMs, timeZone), timeZone);
  const blocks = Math.floor((day.to - day.from) / BLOCK_MS);
  const nth = Math.min(Math.floor((instantMs - day.from) / BLOCK_MS), blocks - 1);
  const from = day.from + nth * BLOCK_MS;
  return { from, to: nth === blocks - 1 ? day.to : from + BLOCK_MS };
}
