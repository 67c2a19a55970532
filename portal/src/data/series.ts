import type { SeriesPoint } from "../chart/band.ts";
import type { SeriesPartsFragment } from "../generated/graphql.ts";

/** Which part of a series: a place, its destination (pairs) and a category (hour of day, kind); null keeps all. */
export type Part = {
  readonly place: string | null;
  readonly destination: string | null;
  readonly category: string | null;
};

type Columns = Pick<SeriesPartsFragment, "columns">;

/** The columns of one part of a series as points, ordered by start. */
export function pointsOf({ columns }: Columns, part: Partial<Part> = {}): SeriesPoint[] {
  const points: SeriesPoint[] = [];
  const fits = (wanted: string | null | undefined, given: string | null | undefined): boolean =>
    wanted == null || wanted === given;
  columns.start.forEach((start, index) => {
    if (!fits(part.place, columns.place[index])) return;
    if (!fits(part.destination, columns.destination[index]) || !fits(part.category, columns.category[index])) return;
    points.push({
      start,
      end: columns.end[index] ?? start,
      value: columns.value[index] ?? null,
      lower: columns.lower95[index] ?? null,
      upper: columns.upper95[index] ?? null,
      withheld: columns.withheld[index] ?? null,
    });
  });
  return points;
}

/** The different texts of a column in the order they come, without the empty one: categories, destinations. */
export function membersOf({ columns }: Columns, column: "destination" | "category"): string[] {
  return [...new Set(columns[column].filter((text) => text !== null))];
}
