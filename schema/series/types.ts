import type { GraphQLResolveInfo } from "graphql";
import { parseBin } from "../../core/privacy/bins.ts";
import { halfWidth } from "../../core/privacy/interval.ts";
import { lawText, scaleOf } from "../../core/privacy/mechanism.ts";
import { addBins, binNamed } from "../bins.ts";
import { type Builder, shareable } from "../builder.ts";
import { connect, NUMBERS } from "../connection.ts";
import type { Context } from "../context.ts";
import { once } from "../once.ts";
import { opaqueId } from "../opaque.ts";
import { fieldsOf, selectedFields } from "../selection.ts";
import type { Values } from "../values.ts";
import { COLUMNS, type ColumnName, type Columns } from "./columns.ts";
import { addHistograms, type Histogram, histogramsOf } from "./histogram.ts";
import {
  ask,
  askAndRead,
  type Behind,
  type Question,
  readColumns,
  readProvenance,
  type SeriesArguments,
} from "./read.ts";

/** A series that was asked for and checked; its values are read once, when the first field needs them. */
export type Series = { question: Question; columns: () => Promise<Columns>; behind: () => Promise<Behind> };

/** Columns that are made of another one. */
const MADE_OF: Readonly<Record<string, ColumnName>> = { binFrom: "category", binTo: "category" };

/** An edge of the bins of a histogram, from the names of the bins; null where there is none. */
const edges = ({ category }: Columns, edge: "from" | "to"): (number | null)[] =>
  (category ?? []).map((name) => (name === null ? null : (parseBin(String(name))?.[edge] ?? null)));

type Row = { at: number; columns: Columns; statistic: string };

/** Checks the question and prepares its one read, which makes only the columns that the document selects. */
export async function openSeries(
  dataset: string,
  args: SeriesArguments,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Series> {
  const { hub } = context;
  const at = context.now();
  const { reads, wanted } = selected(info);
  const read = reads ? await askAndRead(context, dataset, args, at, wanted) : null;
  const question = read?.question ?? (await ask(context, dataset, args, at));
  return {
    question,
    columns: once(async () => read?.columns ?? readColumns(context, question, wanted)),
    behind: once(() => readProvenance(hub, question)),
  };
}

/** Whether a document selects values of the series, and which columns. */
function selected(info: GraphQLResolveInfo): { reads: boolean; wanted: readonly ColumnName[] } {
  const fields = selectedFields(info);
  const selects = (name: string): boolean => fields.some((field) => field.name.value === name);
  if (selects("rows") || selects("histograms")) return { reads: true, wanted: COLUMNS };
  const columns = fieldsOf(
    info,
    fields.filter(({ name }) => name.value === "columns").map(({ selectionSet }) => selectionSet),
  );
  return {
    reads: columns.length > 0 || selects("coverage"),
    wanted: COLUMNS.filter((column) => columns.some(({ name }) => (MADE_OF[name.value] ?? name.value) === column)),
  };
}

/** The types of a series, which every domain answers alike, and the arguments that ask for one. */
export function addSeries(builder: Builder, values: Values) {
  const { Window, Withheld } = values;
  const bins = addBins(builder);
  const Histograms = addHistograms(builder, values, bins);
  const Period = builder.inputType("PeriodInput", {
    description: "A half-open period: windows that start in it are answered.",
    fields: (t) => ({
      from: t.field({ type: "DateTime", required: true }),
      to: t.field({ type: "DateTime", required: true }),
    }),
  });
  const Area = builder.inputType("AreaInput", {
    description: "Which places: one of `places`, `zone`, `within`, or none for all of the dataset.",
    fields: (t) => ({
      places: t.stringList({ description: "Slugs of Dataset.places." }),
      zone: t.string({ description: "A zone's slug: it and the places directly within it." }),
      within: t.field({ type: "H3Cell", description: "A coarser H3 cell: the cells inside it." }),
      sum: t.boolean({
        description: "One value a window: the sum over the places, of at most 16 released values.",
        defaultValue: false,
      }),
    }),
  });

  const column = (name: ColumnName, type: "TimeColumn" | "IntColumn" | "TextColumn", description: string) => ({
    name,
    type,
    description,
  });
  const described = [
    column("start", "TimeColumn", "Start of the window."),
    column("end", "TimeColumn", "End of the window."),
    column("place", "TextColumn", "Slug of the place, or the name of the sum; the origin of a pair."),
    column("destination", "TextColumn", "Slug of the destination of a pair."),
    column(
      "category",
      "TextColumn",
      "Hour of the local day, kind, or bin of a histogram (from-to), where the plan splits by it.",
    ),
    column("value", "IntColumn", "Rounded up to zero. To sum, take `signed`."),
    column("signed", "IntColumn", "As released; noise may make it negative."),
    column("lower95", "IntColumn", "Lower end of the 95 % interval, not below zero."),
    column("upper95", "IntColumn", "Upper end of the 95 % interval."),
    column("withheld", "TextColumn", "Why there is no value, else null."),
    column("version", "IntColumn", "Of the release plan or its correction; null where a sum is of several."),
  ] as const;
  const SeriesColumns = builder.objectRef<Columns>("SeriesColumns").implement({
    description: "Parallel lists, by window, then place: the fast way. Values are null where withheld.",
    extensions: shareable,
    fields: (t) => ({
      ...Object.fromEntries(
        described.map(({ name, type, description }) => [
          name,
          t.field({ type, description, resolve: (columns) => columns[name] ?? [] }),
        ]),
      ),
      binFrom: t.field({
        type: "IntColumn",
        description: "Of a histogram: lower edge of the bin, in the unit of ReleasePlan.bins.",
        resolve: (columns) => edges(columns, "from"),
      }),
      binTo: t.field({
        type: "IntColumn",
        description: "Of a histogram: upper edge of the bin; null for the last one, which is open.",
        resolve: (columns) => edges(columns, "to"),
      }),
    }),
  });

  const SeriesRow = builder.objectRef<Row>("SeriesRow").implement({
    description: "One value of a series.",
    extensions: shareable,
    fields: (t) => ({
      start: t.field({ type: "DateTime", resolve: (row) => Number(row.columns.start?.[row.at]) }),
      end: t.field({ type: "DateTime", resolve: (row) => Number(row.columns.end?.[row.at]) }),
      place: t.string({ nullable: true, resolve: (row) => textAt(row, "place") }),
      destination: t.string({ nullable: true, resolve: (row) => textAt(row, "destination") }),
      category: t.string({ nullable: true, resolve: (row) => textAt(row, "category") }),
      bin: t.field({
        type: bins.Bin,
        nullable: true,
        description: "The bin that the category names, of a histogram.",
        resolve: (row) => binNamed(row.statistic, textAt(row, "category")),
      }),
      value: t.int({ nullable: true, resolve: (row) => numberAt(row, "value") }),
      signed: t.int({ nullable: true, resolve: (row) => numberAt(row, "signed") }),
      lower95: t.int({ nullable: true, resolve: (row) => numberAt(row, "lower95") }),
      upper95: t.int({ nullable: true, resolve: (row) => numberAt(row, "upper95") }),
      withheld: t.field({
        type: Withheld,
        nullable: true,
        resolve: (row) => {
          const reason = textAt(row, "withheld");
          return reason === null ? null : { reason };
        },
      }),
      version: t.int({ nullable: true, resolve: (row) => numberAt(row, "version") }),
    }),
  });
  const edge = builder.edgeObject({ type: SeriesRow, name: "SeriesRowEdge", extensions: shareable });
  const SeriesRows = builder.connectionObject(
    { type: SeriesRow, name: "SeriesRowConnection", extensions: shareable },
    edge,
  );

  const Uncertainty = builder.objectRef<{ halfWidth95: number }>("Uncertainty").implement({
    description: "How far a value may lie from the count behind it.",
    extensions: shareable,
    fields: (t) => ({
      halfWidth95: t.exposeInt("halfWidth95", { description: "± of a value with no withheld part." }),
      level: t.float({ resolve: () => 0.95 }),
      noiseOnly: t.boolean({
        description: "The interval covers the noise only; contributions beyond the plan's bound are not counted.",
        resolve: () => true,
      }),
    }),
  });
  const Coverage = builder.objectRef<Columns>("Coverage").implement({
    description: "How many values the answer should have, and how many are not withheld.",
    extensions: shareable,
    fields: (t) => ({ expected: t.exposeInt("expected"), present: t.exposeInt("present") }),
  });
  const Method = builder.objectRef<Series>("Method").implement({
    description: "How the values were made.",
    extensions: shareable,
    fields: (t) => ({
      planVersion: t.int({
        description: "The newest version of the release plan; of corrections see `versions`.",
        resolve: ({ question }) => question.plans[0].version,
      }),
      corrected: t.boolean({
        description: "Whether values are of a correction: a later version for a declared outage (Dataset.outages).",
        resolve: async (series) => (await corrections(series)).length > 0,
      }),
      versions: t.intList({
        description: "The versions that the values are of: of each window the newest. Ask for one alone by `version`.",
        resolve: async ({ behind }) => (await behind()).versions,
      }),
      statistic: t.string({ resolve: ({ question }) => question.plans[0].statistic }),
      mechanism: t.string({
        description: "Law of the noise: discrete Laplace or discrete Gaussian.",
        resolve: ({ question }) => lawText(question.plans[0].mechanism),
      }),
      scale: t.float({
        description: "Of the noise, in counts: t = L/ε (Laplace), σ = √(L/2ρ) (Gaussian).",
        resolve: ({ question }) => scaleOf(question.plans[0].mechanism),
      }),
      threshold: t.int({
        nullable: true,
        description: "Least value that is shown (sparse releases).",
        resolve: ({ question }) => question.plans[0].threshold,
      }),
      leaves: t.int({
        description: "Released values in a sum; 1: as released.",
        resolve: ({ question }) => question.leaves,
      }),
      thresholdsVersion: t.int({
        nullable: true,
        description: "Version of the city's crowd thresholds.",
        resolve: async ({ behind }) => (await behind()).thresholdsVersion,
      }),
    }),
  });
  const Provenance = builder.objectRef<Behind>("Provenance").implement({
    description: "The releases behind a series and their place in the log.",
    extensions: shareable,
    fields: (t) => ({
      releases: t.exposeInt("releases"),
      releaseIds: t.idList({
        description: "The first 100.",
        resolve: ({ slots }) => slots.map((slot) => opaqueId("Release", slot)),
      }),
      firstLogIndex: t.exposeInt("firstLogIndex", {
        nullable: true,
        description:
          "Place in the transparency log of the release that was made first; null until its batch is signed.",
      }),
      lastLogIndex: t.exposeInt("lastLogIndex", { nullable: true, description: "Of the one that was made last." }),
      publishedAt: t.field({ type: "DateTime", nullable: true, resolve: ({ publishedAt }) => publishedAt }),
    }),
  });

  const SeriesType = builder.objectRef<Series>("Series").implement({
    description: "Released values in time, with what is needed to judge them.",
    extensions: shareable,
    fields: (t) => ({
      window: t.field({
        type: Window,
        nullable: true,
        description: "From the first window of the answer to the end of the last; null when it is empty.",
        resolve: ({
          question: {
            windows: { buckets },
          },
        }) => {
          const [from, to] = [buckets[0]?.from, buckets.at(-1)?.to];
          return from === undefined || to === undefined ? null : { from, to };
        },
      }),
      step: t.field({ type: "Duration", resolve: ({ question }) => question.step }),
      columns: t.field({ type: SeriesColumns, resolve: ({ columns }) => columns() }),
      rows: t.field({
        type: SeriesRows,
        args: t.arg.connectionArgs(),
        resolve: async ({ columns, question }, args) => {
          const { statistic } = question.plans[0];
          const found = await columns();
          return page(found.expected, (at) => ({ at, columns: found, statistic }), args);
        },
      }),
      histograms: t.field({
        type: Histograms,
        description: "The same values bin by bin: one histogram a window and place; none of other statistics.",
        args: t.arg.connectionArgs(),
        resolve: async ({ columns, question }, args) => {
          const found = histogramsOf(question.plans[0].statistic, await columns());
          return page(found.length, (at) => found[at] as Histogram, args);
        },
      }),
      uncertainty: t.field({ type: Uncertainty, resolve: async (series) => ({ halfWidth95: await widthOf(series) }) }),
      coverage: t.field({ type: Coverage, resolve: ({ columns }) => columns() }),
      method: t.field({ type: Method, resolve: (series) => series }),
      provenance: t.field({ type: Provenance, resolve: ({ behind }) => behind() }),
    }),
  });
  return { Period, Area, Series: SeriesType };
}

export type SeriesTypes = ReturnType<typeof addSeries>;

/** The versions of corrections among the values; no look where nothing was ever corrected. */
const corrections = async ({ question, behind }: Series): Promise<readonly number[]> =>
  question.plans.some(({ corrects }) => corrects !== null) ? (await behind()).corrections : [];

/** The widest interval of one of the answer's values: a correction's may be wider than its plan's. */
async function widthOf(series: Series): Promise<number> {
  const { plans, leaves } = series.question;
  const corrected = await corrections(series);
  const widths = plans
    .filter(({ version }, at) => at === 0 || corrected.includes(version))
    .map(({ mechanism, halfWidth95 }) => (leaves === 1 ? halfWidth95 : halfWidth(mechanism, leaves)));
  return Math.max(...widths);
}

const textAt = ({ columns, at }: Row, name: ColumnName): string | null =>
  (columns[name]?.[at] ?? null) as string | null;
const numberAt = ({ columns, at }: Row, name: ColumnName): number | null =>
  (columns[name]?.[at] ?? null) as number | null;

type PageArguments = Parameters<typeof connect>[0];

/** A page of a list whose entries are made when they are shown; cursors are positions. */
const page = <T>(length: number, entry: (at: number) => T, args: PageArguments) =>
  connect<{ at: number; node: T }>(
    args,
    ({ at }) => String(at),
    async ({ after, before, limit, inverted }) => {
      const from = after === null ? 0 : Number(after) + 1;
      const to = before === null ? length : Math.min(Number(before), length);
      const count = Math.max(0, Math.min(limit, to - from));
      return Array.from({ length: count }, (_, nth) => {
        const at = inverted ? to - 1 - nth : from + nth;
        return { at, node: entry(at) };
      });
    },
    NUMBERS,
  ).then(({ edges, pageInfo }) => ({
    edges: edges.map(({ cursor, node }) => ({ cursor, node: node.node })),
    pageInfo,
  }));
