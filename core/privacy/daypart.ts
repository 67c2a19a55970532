/** A part of the local day that a unit has an L of its own in (P3). It ends where the next one begins, the last at midnight. */
export type Daypart = {
  /** first local hour, 0 to 23 */
  readonly fromHour: number;
  /** L of this part */
  readonly bound: number;
};

/** The stratum of a window: the position of the part that its local start falls in; 0 where the day is one part. */
export function stratumOf(fromHours: readonly number[], localHour: number): number {
  return Math.max(
    0,
    fromHours.findLastIndex((fromHour) => fromHour <= localHour),
  );
}

/** The L of each part, in order; of a day that is not split one, the plan's. */
export const boundsOf = (bound: number, dayparts: readonly Daypart[]): readonly number[] =>
  dayparts.length === 0 ? [bound] : dayparts.map((part) => part.bound);
