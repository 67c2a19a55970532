import type { SeriesPoint } from "../chart/band.ts";
import type { SeriesPartsFragment } from "../generated/graphql.ts";

/** Which part of a series: a place, its destination (pairs) and a category (hour of day, kind); null keeps all. */
export type Part = {
  readonly place: string | null;
  readonly destination: string | null;
  readonly category: string | null;
};

type Columns = Pick<SeriesPartsFragment, "columns">;

/** The columns of one part of a series as points, ordered by start. A window without places was withheld as a whole. */
export function pointsOf({ columns }: Columns, part: Partial<Part> = {}): SeriesPoint[] {
  const points: SeriesPoint[] = [];
  const fits = (wanted: string | null | undefined, given: string | null | undefined): boolean =>
    wanted == null || wanted === given;
  columns.start.forEach((start, index) => {
    const fitting =
      columns.place[index] === null ||
      (fits(part.place, columns.place[index]) &&
        fits(part.destination, columns.destination[index]) &&
        fits(part.category, columns.category[index]));
    if (!fitting) return;
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

/**
 * The different texts of a column in the order they come, without the empty one: categories, destinations. With an
 * origin only what stands at it: a series of pairs also holds those that end there.
 */
export function membersOf({ columns }: Columns, column: "destination" | "category", origin?: string): string[] {
  const members = new Set<string>();
  columns[column].forEach((text, index) => {
    if (text !== null && (origin === undefined || columns.place[index] === origin)) members.add(text);
  });
  return [...members];
}

/** The one part that is shown: the asked destination and category where they exist, else the first of each. */
export function chosenPart(
  series: Columns,
  origin: string | undefined,
  asked: { readonly destination?: string; readonly category?: string },
): Part {
  const one = (column: "destination" | "category", wanted: string | undefined): string | null => {
    const members = membersOf(series, column, origin);
    return members.find((known) => known === wanted) ?? members[0] ?? null;
  };
  return {
    place: origin ?? null,
    destination: one("destination", asked.destination),
    category: one("category", asked.category),
  };
}

/** The values of the newest window, by place; of pairs by destination, those that start at the part's place. */
export function newestOf(
  series: Columns,
  { place, category }: Pick<Part, "place" | "category">,
  pairs: boolean,
): { window: { from: number; to: number } | undefined; values: ReadonlyMap<string, SeriesPoint> } {
  const { columns } = series;
  const at = Math.max(...columns.start);
  const values = new Map<string, SeriesPoint>();
  for (const slug of new Set(pairs ? columns.destination : columns.place)) {
    if (slug === null) continue;
    const part = pairs ? { place, destination: slug, category } : { place: slug, category };
    const newest = pointsOf(series, part).find(({ start }) => start === at);
    if (newest) values.set(slug, newest);
  }
  const to = columns.end[columns.start.indexOf(at)];
  return { window: to === undefined ? undefined : { from: at, to }, values };
}
