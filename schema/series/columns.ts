import type { TimeWindow } from "../../core/time.ts";
import type { Column } from "../scalars.ts";

export const COLUMNS = [
  "start",
  "end",
  "place",
  "destination",
  "category",
  "value",
  "signed",
  "lower95",
  "upper95",
  "withheld",
  "version",
] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** The columns that were asked for (the others null), how many values there are and how many of them are not withheld. */
export type Columns = Record<ColumnName, Column | null> & { expected: number; present: number };

/** What was published of one cell of a dense plan: parallel lists in order of time, reasons by start. */
export type Cell = {
  plan: number;
  place: string;
  category: string | null;
  start: readonly number[] | null;
  value: readonly (number | null)[] | null;
  withheld: Readonly<Record<string, string>> | null;
};

/** A plan as its columns are made: its number and version; `width`: half width of the 95 % interval of one value. */
export type Version = { number: number; version: number; width: number };

type Entry = { value: number | null; withheld: string | null; version: number | null; width: number };
type Visit = (window: number, cell: Cell, entry: Entry) => void;

/**
 * Goes through every window × cell, also what was not published: of a window the newest version with a release counts,
 * a correction before what it corrects; without any the first plan says which cells there would be.
 * @param windows ascending
 */
export function eachValue(
  cells: readonly Cell[],
  plans: readonly Version[],
  windows: readonly TimeWindow[],
  visit: Visit,
) {
  const byPlan = plans.map((plan) => ({
    ...plan,
    cells: cells.filter((cell) => cell.plan === plan.number).map((cell) => ({ cell, next: 0 })),
  }));
  const oldestFirst = byPlan.toSorted((a, b) => a.version - b.version);
  for (const [window, { from }] of windows.entries()) {
    let counts = byPlan[0];
    for (const plan of oldestFirst) {
      for (const one of plan.cells) {
        const { start } = one.cell;
        while (start !== null && (start[one.next] ?? Infinity) < from) one.next += 1;
        if (start?.[one.next] === from) counts = plan;
      }
    }
    if (counts === undefined) continue;
    const { version, width } = counts;
    for (const { cell, next } of counts.cells) {
      const released = cell.start?.[next] === from;
      const value = released ? (cell.value?.[next] ?? null) : null;
      const withheld = value === null ? (cell.withheld?.[from] ?? "NOT_RELEASED") : null;
      visit(window, cell, { value, withheld, version: released ? version : null, width });
    }
  }
}

/** The values as they were released, by window, then cell. */
export function denseColumns(
  cells: readonly Cell[],
  plans: readonly Version[],
  windows: readonly TimeWindow[],
  wanted: readonly ColumnName[],
): Columns {
  const columns = collect(wanted);
  eachValue(cells, plans, windows, (window, { place, category }, entry) =>
    columns.add(windows[window] as TimeWindow, place, category, entry),
  );
  return columns.done();
}

type Sum = {
  of: TimeWindow;
  place: string;
  category: string | null;
  value: number;
  withheld: string | null;
  version: number | null;
  leaves: number;
};

/**
 * Signed values summed over longer steps or several places, rounded up to zero afterwards (rule P5); a sum with a withheld
 * leaf is withheld, with its reason. A sum of values of several versions, some of them corrected, has no version.
 * @param buckets the asked step around each window
 * @param total name of the summed area, or null to keep places apart
 * @param widths half width of the 95 % interval of a sum of 1, 2, … values
 */
export function sumColumns(
  cells: readonly Cell[],
  plans: readonly Version[],
  { leaves, buckets }: { leaves: readonly TimeWindow[]; buckets: readonly TimeWindow[] },
  total: string | null,
  widths: readonly number[],
  wanted: readonly ColumnName[],
): Columns {
  const sums = new Map<string, Sum>();
  eachValue(cells, plans, leaves, (window, cell, { value, withheld, version }) => {
    const of = buckets[window] as TimeWindow;
    const place = total ?? cell.place;
    const key = `${of.from} ${cell.category ?? ""} ${place}`;
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = { of, place, category: cell.category, value: 0, withheld: null, version, leaves: 0 };
      sums.set(key, sum);
    }
    sum.leaves += 1;
    sum.value += value ?? 0;
    if (sum.version !== version) sum.version = null;
    if (withheld !== null && (sum.withheld === null || withheld < sum.withheld)) sum.withheld = withheld;
  });
  const columns = collect(wanted);
  for (const { of, place, category, value, withheld, version, leaves: count } of sums.values()) {
    const width = widths[count - 1] ?? 0;
    columns.add(of, place, category, { value: withheld === null ? value : null, withheld, version, width });
  }
  return columns.done();
}

/** Gathers the wanted columns entry by entry; what the view makes of a signed value happens here (rule P5). */
function collect(wanted: readonly ColumnName[]) {
  const list = <T extends number | string>(name: ColumnName): (T | null)[] | null =>
    wanted.includes(name) ? [] : null;
  const start = list<number>("start");
  const end = list<number>("end");
  const places = list<string>("place");
  const destination = list<string>("destination");
  const categories = list<string>("category");
  const values = list<number>("value");
  const signed = list<number>("signed");
  const lower95 = list<number>("lower95");
  const upper95 = list<number>("upper95");
  const reasons = list<string>("withheld");
  const versions = list<number>("version");
  let expected = 0;
  let present = 0;
  return {
    add(
      { from, to }: TimeWindow,
      place: string,
      category: string | null,
      { value, withheld, version, width }: Entry,
    ): void {
      expected += 1;
      if (value !== null) present += 1;
      start?.push(from);
      end?.push(to);
      places?.push(place);
      destination?.push(null);
      categories?.push(category);
      values?.push(value === null ? null : Math.max(value, 0));
      signed?.push(value);
      lower95?.push(value === null ? null : Math.max(value - width, 0));
      upper95?.push(value === null ? null : Math.max(value + width, 0));
      reasons?.push(withheld);
      versions?.push(version);
    },
    done: (): Columns => ({
      start,
      end,
      place: places,
      destination,
      category: categories,
      value: values,
      signed,
      lower95,
      upper95,
      withheld: reasons,
      version: versions,
      expected,
      present,
    }),
  };
}
