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

type Visit = (window: number, plan: number, cell: Cell, value: number | null, withheld: string | null) => void;

/**
 * Goes through every window × cell, also what was not published: of a window the newest plan with a release counts.
 * @param plans numbers, newest first; `visit` gets the position in it
 * @param windows ascending
 */
export function eachValue(
  cells: readonly Cell[],
  plans: readonly number[],
  windows: readonly TimeWindow[],
  visit: Visit,
) {
  const byPlan = plans.map((plan) => cells.filter((cell) => cell.plan === plan).map((cell) => ({ cell, next: 0 })));
  for (const [window, { from }] of windows.entries()) {
    let counts = 0;
    for (let plan = byPlan.length - 1; plan >= 0; plan--) {
      for (const one of byPlan[plan] ?? []) {
        const { start } = one.cell;
        while (start !== null && (start[one.next] ?? Infinity) < from) one.next += 1;
        if (start?.[one.next] === from) counts = plan;
      }
    }
    for (const { cell, next } of byPlan[counts] ?? []) {
      const value = cell.start?.[next] === from ? (cell.value?.[next] ?? null) : null;
      visit(window, counts, cell, value, value === null ? (cell.withheld?.[from] ?? "NOT_RELEASED") : null);
    }
  }
}

/** The values as they were released, by window, then cell. `widths`: half width of the 95 % interval, by plan. */
export function denseColumns(
  cells: readonly Cell[],
  plans: readonly number[],
  windows: readonly TimeWindow[],
  widths: readonly number[],
  wanted: readonly ColumnName[],
): Columns {
  const columns = collect(wanted);
  eachValue(cells, plans, windows, (window, plan, { place, category }, value, withheld) =>
    columns.add(windows[window] as TimeWindow, place, category, value, withheld, widths[plan] ?? 0),
  );
  return columns.done();
}

type Sum = {
  of: TimeWindow;
  place: string;
  category: string | null;
  value: number;
  withheld: string | null;
  leaves: number;
};

/**
 * Signed values summed over longer steps or several places, rounded up to zero afterwards (rule P5); a sum with a withheld
 * leaf is withheld, with its reason.
 * @param buckets the asked step around each window
 * @param total name of the summed area, or null to keep places apart
 * @param widths half width of the 95 % interval of a sum of 1, 2, … values
 */
export function sumColumns(
  cells: readonly Cell[],
  plans: readonly number[],
  { leaves, buckets }: { leaves: readonly TimeWindow[]; buckets: readonly TimeWindow[] },
  total: string | null,
  widths: readonly number[],
  wanted: readonly ColumnName[],
): Columns {
  const sums = new Map<string, Sum>();
  eachValue(cells, plans, leaves, (window, _plan, cell, value, withheld) => {
    const of = buckets[window] as TimeWindow;
    const place = total ?? cell.place;
    const key = `${of.from} ${cell.category ?? ""} ${place}`;
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = { of, place, category: cell.category, value: 0, withheld: null, leaves: 0 };
      sums.set(key, sum);
    }
    sum.leaves += 1;
    sum.value += value ?? 0;
    if (withheld !== null && (sum.withheld === null || withheld < sum.withheld)) sum.withheld = withheld;
  });
  const columns = collect(wanted);
  for (const { of, place, category, value, withheld, leaves: count } of sums.values()) {
    columns.add(of, place, category, withheld === null ? value : null, withheld, widths[count - 1] ?? 0);
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
  let expected = 0;
  let present = 0;
  return {
    add(
      { from, to }: TimeWindow,
      place: string,
      category: string | null,
      value: number | null,
      withheld: string | null,
      width: number,
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
      expected,
      present,
    }),
  };
}
