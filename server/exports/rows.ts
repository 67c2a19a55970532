import type { TimeWindow } from "../../core/time.ts";
import type { Context } from "../../schema/context.ts";
import { query } from "../../schema/query.ts";
import { COLUMNS, type Columns } from "../../schema/series/columns.ts";
import { ask, type Question, readColumns } from "../../schema/series/read.ts";
import type { ExportQuestion } from "./question.ts";

/** How many values one read takes from the database. */
const PART = 20_000;
/** The most pairs that one window of a sparse dataset may have. */
const PAIRS_MAX = 1_000_000;
const PAGE = 2_000;

/** One released value; times in epoch ms. */
export type Value = {
  start: number;
  end: number;
  place: string | null;
  destination: string | null;
  category: string | null;
  value: number | null;
  signed: number | null;
  lower95: number | null;
  upper95: number | null;
  withheld: string | null;
  version: number | null;
};

export type EventRow = {
  position: string;
  kind: string;
  severity: string;
  urgency: string;
  certainty: string;
  from: number;
  to: number | null;
  place: string;
  geometry: object | null;
  snapped: boolean;
  cause: string | null;
};

export type AvailabilityRow = {
  position: string;
  at: number;
  place: string;
  vehicles: number;
  docks: number;
  geometry: object;
};

type PageParameters = [
  dataset: string,
  from: number,
  to: number,
  area: readonly string[] | null,
  after: string,
  limit: number,
];

const eventRows = query<EventRow, PageParameters>(new URL("./export-events.sql", import.meta.url));
const availabilityRows = query<AvailabilityRow, PageParameters>(new URL("./export-availability.sql", import.meta.url));

/** Checks what an export of a noised dataset asks, as the graph does, without its limit on length. */
export const askSeries = ({ head, period, area, step, version }: ExportQuestion, context: Context): Promise<Question> =>
  ask(
    context,
    head.slug,
    { period, step, version, area: area === null ? null : { places: area } },
    context.now(),
    true,
  );

/** The values of a series in its order, read in parts: the same SQL as the graph's columns. */
export async function* seriesValues(question: Question, context: Context): AsyncGenerator<Value[]> {
  const { windows, plans } = question;
  const perPart = plans[0].threshold === null ? Math.max(1, Math.floor(PART / Math.max(1, plans[0].cells))) : 1;
  for (let at = 0; at < windows.leaves.length; ) {
    let end = Math.min(at + perPart, windows.leaves.length);
    while (end < windows.leaves.length && windows.buckets[end] === windows.buckets[end - 1]) end++;
    const part = { ...windows, leaves: windows.leaves.slice(at, end), buckets: windows.buckets.slice(at, end) };
    yield valuesOf(await readColumns(context, { ...question, windows: part }, COLUMNS, PAIRS_MAX));
    at = end;
  }
}

const valuesOf = (columns: Columns): Value[] =>
  Array.from({ length: columns.expected }, (_, at) =>
    Object.fromEntries(COLUMNS.map((name) => [name, columns[name]?.[at] ?? null])),
  ) as Value[];

async function* pages<Row extends { position: string }>(
  read: (context: Context, ...parameters: PageParameters) => Promise<Row[]>,
  context: Context,
  dataset: string,
  { from, to }: TimeWindow,
  area: readonly string[] | null,
): AsyncGenerator<Row[]> {
  let after = "";
  while (true) {
    const rows = await read(context, dataset, from, to, area, after, PAGE);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.position ?? after;
  }
}

/** Rows as they are answered: under a licence counted, and none that began before its period. */
async function* counted<Row extends { position: string }>(
  rows: AsyncGenerator<Row[]>,
  { head, licence, period }: ExportQuestion,
  { access }: Context,
  begin: (row: Row) => number,
): AsyncGenerator<Row[]> {
  for await (const page of rows) {
    const shown = licence === null ? page : page.filter((row) => begin(row) >= period.from);
    if (licence !== null) access.used(licence, head.slug, shown.length);
    yield shown;
  }
}

export const events = (asked: ExportQuestion, context: Context) =>
  counted(pages(eventRows, context, asked.head.slug, asked.period, asked.area), asked, context, ({ from }) => from);

export const availability = (asked: ExportQuestion, context: Context) =>
  counted(pages(availabilityRows, context, asked.head.slug, asked.period, asked.area), asked, context, ({ at }) => at);
