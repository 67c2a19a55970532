/** One row of the contributions of a population-day after repetitions were removed. */
export type Contribution = {
  readonly pseudonym: string;
  /** The part of the day that the window starts in, from 0: `stratumOf` in daypart.ts. */
  readonly stratum: number;
  /** Start of the window, epoch milliseconds. */
  readonly window: number;
  readonly cell: string;
};

/** A contribution that a release counts, with its slot 0 … L − 1 of the unit's day. */
export type Bounded = Contribution & { readonly slot: number };

/**
 * The reference of what a freeze does in SQL (P3): the rows of one window that count, given what the same pseudonym and
 * stratum used in earlier windows of the day. At most L for each pseudonym and stratum; a repetition of (pseudonym,
 * stratum, cell, window) counts once. Within a window cells are taken in the order of their names (code units: `COLLATE "C"` in
 * SQL), which says nothing about the unit. Windows are frozen in time order, so earlier windows are served first.
 *
 * The slots of a unit are numbered through all strata: those of a stratum go on where the earlier strata's L end, so
 * that "no slot twice, none beyond the sum" holds the whole day.
 * @param limits L of each stratum, in order; their sum is the plan's L. A number is the L of the only one
 */
export function assignSlots(
  rows: Iterable<Contribution>,
  limits: number | readonly number[],
  already: readonly Bounded[] = [],
): Bounded[] {
  const parts = typeof limits === "number" ? [limits] : limits;
  if (parts.length === 0 || parts.some((part) => !Number.isSafeInteger(part) || part < 1)) {
    throw new RangeError("L is a positive integer");
  }
  const used = new Map<string, number>();
  const seen = new Set<string>();
  const unit = (row: Contribution): string => JSON.stringify([row.pseudonym, row.stratum]);
  const place = (row: Contribution): string => JSON.stringify([row.pseudonym, row.stratum, row.window, row.cell]);
  for (const row of already) {
    used.set(unit(row), Math.max(used.get(unit(row)) ?? 0, row.slot + 1));
    seen.add(place(row));
  }
  const bounded: Bounded[] = [];
  for (const row of [...rows].sort(byWindowThenCell)) {
    const part = parts[row.stratum];
    // A part that the plan does not have has no L: nothing of it counts.
    if (part === undefined) continue;
    const first = parts.slice(0, row.stratum).reduce((sum, earlier) => sum + earlier, 0);
    const slot = used.get(unit(row)) ?? first;
    if (slot >= first + part || seen.has(place(row))) continue;
    used.set(unit(row), slot + 1);
    seen.add(place(row));
    bounded.push({ ...row, slot });
  }
  return bounded;
}

function byWindowThenCell(a: Contribution, b: Contribution): number {
  if (a.window !== b.window) return a.window - b.window;
  if (a.cell !== b.cell) return a.cell < b.cell ? -1 : 1;
  return 0;
}

/** The exact counts of a freeze for every public partition, the empty ones too, in the order of `cells` (P4). */
export function countCells(bounded: Iterable<Bounded>, cells: readonly string[]): number[] {
  const counts = new Map(cells.map((cell) => [cell, 0]));
  for (const { cell } of bounded) {
    const count = counts.get(cell);
    if (count !== undefined) counts.set(cell, count + 1);
  }
  return cells.map((cell) => counts.get(cell) ?? 0);
}
