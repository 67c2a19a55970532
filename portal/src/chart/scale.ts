import { bisector, ticks } from "d3-array";
import { zoneOffset } from "../text/time.ts";

/** A linear map from data to pixels. */
export type Scale = (value: number) => number;

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const span = domain[1] - domain[0] || 1;
  return (value) => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]);
}

/** Zero to a round number above the greatest upper end, with about `count` round ticks in between. */
export function valueTicks(
  greatest: number,
  count: number,
): { readonly top: number; readonly ticks: readonly number[] } {
  const marks = ticks(0, Math.max(greatest, 4), count);
  const step = (marks[1] ?? 1) - (marks[0] ?? 0);
  const last = marks.at(-1) ?? 0;
  const top = last >= greatest ? last : last + step;
  return { top, ticks: top > last ? [...marks, top] : marks };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STEPS: readonly number[] = [
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  91 * DAY,
  365 * DAY,
];

/**
 * Instants on round hours or days of the city's clock, at most `most` of them. Days are counted on the wall clock, so
 * that a change to daylight saving moves no midnight.
 */
export function timeTicks(
  from: number,
  to: number,
  most: number,
  timeZone: string,
): { at: readonly number[]; step: number } {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? 365 * DAY;
  const offset = (at: number): number => zoneOffset(at, timeZone) * 60_000;
  const at: number[] = [];
  for (let wall = Math.ceil((from + offset(from)) / step) * step; ; wall += step) {
    const guess = wall - offset(wall - offset(from));
    if (guess > to) break;
    if (guess >= from) at.push(guess);
    if (at.length > 400) break;
  }
  return { at, step };
}

/** Index of the bucket that holds an instant, or of the nearest one. */
export function bucketAt(points: readonly { readonly start: number; readonly end: number }[], instant: number): number {
  const index = bisector((point: { readonly start: number }) => point.start).right(points, instant) - 1;
  return Math.max(0, Math.min(points.length - 1, index));
}
