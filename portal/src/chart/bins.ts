import type { SeriesPartsFragment } from "../generated/graphql.ts";

/** One bar: how many units fell in a public bin of one window. */
export type BinBar = {
  readonly category: string;
  readonly value: number | null;
  /** Ends of the 95 % interval, not below zero. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly withheld: string | null;
};

/** The histogram of one window, bins ascending as the plan has them. Instants in epoch ms. */
export type BinWindow = { readonly start: number; readonly end: number; readonly bars: readonly BinBar[] };

type Columns = Pick<SeriesPartsFragment, "columns">;

/** The windows of one place in order, each with all bins; a window that was withheld as a whole has none. */
export function binWindows({ columns }: Columns, place: string | null, categories: readonly string[]): BinWindow[] {
  const windows = new Map<number, { start: number; end: number; bars: Map<string, BinBar> }>();
  columns.start.forEach((start, index) => {
    const given = columns.place[index];
    if (place !== null && given !== null && given !== place) return;
    const end = columns.end[index] ?? start;
    const window = windows.get(start) ?? { start, end, bars: new Map() };
    windows.set(start, window);
    const category = columns.category[index] ?? null;
    if (category === null) return;
    window.bars.set(category, {
      category,
      value: columns.value[index] ?? null,
      lower: columns.lower95[index] ?? null,
      upper: columns.upper95[index] ?? null,
      withheld: columns.withheld[index] ?? null,
    });
  });
  return [...windows.values()]
    .sort((a, b) => a.start - b.start)
    .map(({ bars, ...window }) => ({ ...window, bars: categories.flatMap((category) => bars.get(category) ?? []) }));
}
