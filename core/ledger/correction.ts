import { dayBounds, daysOf, type Step, type TimeWindow, windowsOf } from "../time.ts";

/** The least part of its plan's ε that a correction is made with unless it is told: with less it would tell nothing new. */
const LEAST_PART = 4;

/** The windows of a local day that lie within an outage: those that a correction releases again (rule P8). */
export function correctedWindows(outage: TimeWindow, step: Step, day: string, timeZone: string): TimeWindow[] {
  return windowsOf(dayBounds(day, timeZone), step, timeZone).filter(
    ({ from, to }) => from >= outage.from && to <= outage.to,
  );
}

/** The local days on which an outage holds a whole window of a step. */
export function correctedDays(outage: TimeWindow, step: Step, timeZone: string): string[] {
  return daysOf(outage, timeZone).filter((day) => correctedWindows(outage, step, day, timeZone).length > 0);
}

/**
 * ε of a correction, in micro-ε: its plan's, or what is left of the reserve on its poorest day where that is less.
 * @param left of the reserve, by day
 * @returns null when what is left is less than a quarter of the plan's
 */
export function correctionEpsilon(plan: number, left: readonly number[]): number | null {
  const most = Math.min(plan, ...left);
  return most * LEAST_PART >= plan ? most : null;
}
