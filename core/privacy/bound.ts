/** One row of the contributions of a population-day after repetitions were removed. */
export type Contribution = {
  readonly pseudonym: string;
  /** The daypart or other fixed split that L applies to; one stratum when there is none. */
  readonly stratum: string;
  /** Start of the window, epoch milliseconds. */
  readonly window: number;
  readonly cell: string;
};

/** A contribution that a release counts, with its slot 0 … L − 1. */
export type Bounded = Contribution & { readonly slot: number };

/**
 * The reference of what a freeze does in SQL (P3): the rows of one window that count, given what the same pseudonym and
 * stratum used in earlier windows of the day. At most L for each pseudonym and stratum; a repetition of (pseudonym,
 * stratum, cell, window) counts once. Within a window cells are taken in the order of their names (code units: `COLLATE "C"` in
 * SQL), which says nothing about the unit. Windows are frozen in time order, so earlier windows are served first.
 */
export function assignSlots(rows: Iterable<Contribution>, limit: number, already: readonly Bounded[] = []): Bounded[] {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError("L is a positive integer");
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
    const slot = used.get(unit(row)) ?? 0;
    if (slot >= limit || seen.has(place(row))) continue;
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
