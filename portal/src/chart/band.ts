import { area, curveStepAfter, line } from "d3-shape";
import type { Scale } from "./scale.ts";

/** One released bucket [start, end) in epoch milliseconds; `value` is null exactly when `withheld` says why. */
export type SeriesPoint = {
  readonly start: number;
  readonly end: number;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly withheld: string | null;
};

type Known = { readonly at: number; readonly value: number; readonly lower: number; readonly upper: number };

/** Buckets that follow each other without a hole and all have a value. */
export type Run = readonly Known[];

/**
 * Cuts a series into runs: a withheld bucket or a hole in time ends one. Each run closes with its last value at the
 * bucket's end, so that a step line covers the whole window [start, end).
 */
export function runsOf(points: readonly SeriesPoint[]): Run[] {
  const runs: Known[][] = [];
  let open: Known[] = [];
  let openEnd = Number.NaN;
  const close = (): void => {
    const last = open.at(-1);
    if (last) runs.push([...open, { ...last, at: openEnd }]);
    open = [];
  };
  for (const { start, end, value, lower, upper } of points) {
    if (value === null) {
      close();
      continue;
    }
    if (start !== openEnd) close();
    open.push({ at: start, value, lower: lower ?? value, upper: upper ?? value });
    openEnd = end;
  }
  close();
  return runs;
}

/** Neighbouring withheld buckets of one reason, as one window: one hatch, one explanation. */
export function withheldWindows(points: readonly SeriesPoint[]): { start: number; end: number; reason: string }[] {
  const windows: { start: number; end: number; reason: string }[] = [];
  for (const { start, end, withheld } of points) {
    if (withheld === null) continue;
    const last = windows.at(-1);
    if (last && last.end === start && last.reason === withheld) last.end = end;
    else windows.push({ start, end, reason: withheld });
  }
  return windows;
}

/** Windows inside [from, to) for which no bucket exists at all. */
export function gapsOf(points: readonly SeriesPoint[], from: number, to: number): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = [];
  let covered = from;
  for (const { start, end } of points) {
    if (start > covered) gaps.push({ start: covered, end: Math.min(start, to) });
    covered = Math.max(covered, end);
  }
  if (covered < to) gaps.push({ start: covered, end: to });
  return gaps;
}

/** SVG path of the interval band of a run; never below the zero line. */
export function bandPath(run: Run, x: Scale, y: Scale): string {
  return (
    area<Known>()
      .curve(curveStepAfter)
      .x((point) => x(point.at))
      .y0((point) => y(Math.max(0, point.lower)))
      .y1((point) => y(Math.max(0, point.upper)))
      .digits(1)(run as Known[]) ?? ""
  );
}

/** SVG path of the values of a run. */
export function linePath(run: Run, x: Scale, y: Scale): string {
  return (
    line<Known>()
      .curve(curveStepAfter)
      .x((point) => x(point.at))
      .y((point) => y(point.value))
      .digits(1)(run as Known[]) ?? ""
  );
}
