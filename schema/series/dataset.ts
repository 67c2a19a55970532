import { type Scopes, scopesOf, showing } from "../access.ts";
import { type Builder, shareable } from "../builder.ts";
import { connect, NUMBERS } from "../connection.ts";
import { opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import type { Extended, Values } from "../values.ts";
import { openSeries, type SeriesTypes } from "./types.ts";

type LatestRow = {
  slug: string;
  /** under which the value counts */
  licence?: string | null;
  from: number;
  to: number;
  cell: number;
  zone: string;
  category: string | null;
  value: number | null;
  width: number;
  withheld: string | null;
};

const latestRows = query<
  LatestRow,
  [dataset: string, after: string | null, before: string | null, inverted: boolean, limit: number]
>(new URL("./series-latest.sql", import.meta.url));

/** A row, without its value where the one who asks may not read it. */
function shownTo({ parts }: Scopes, dataset: string, row: LatestRow): LatestRow {
  const part = showing(parts, dataset, row.slug, row.from, row.to);
  if (part === null) return { ...row, value: null, withheld: "LICENCE_SCOPE" };
  return { ...row, licence: row.value === null ? null : part.licence };
}

/**
 * `Dataset.series` and `Dataset.latest`. Every domain answers them for every dataset from the same SQL, so the gateway
 * may ask whichever it is talking to.
 */
export function addDatasetSeries(
  builder: Builder,
  { Window, Withheld }: Values,
  { Period, Area, Series }: SeriesTypes,
  { Dataset, Zone }: Extended,
): void {
  const PlaceValue = builder.objectRef<LatestRow>("PlaceValue").implement({
    description: "The newest released value of one place.",
    extensions: shareable,
    fields: (t) => ({
      window: t.field({ type: Window, resolve: ({ from, to }) => ({ from, to }) }),
      zone: t.field({ type: Zone, resolve: ({ zone }) => ({ id: opaqueId("Zone", zone) }) }),
      category: t.exposeString("category", { nullable: true }),
      value: t.int({ nullable: true, resolve: ({ value }) => (value === null ? null : Math.max(0, value)) }),
      signed: t.int({ nullable: true, resolve: ({ value }) => value }),
      lower95: t.int({
        nullable: true,
        resolve: ({ value, width }) => (value === null ? null : Math.max(0, value - width)),
      }),
      upper95: t.int({
        nullable: true,
        resolve: ({ value, width }) => (value === null ? null : Math.max(0, value + width)),
      }),
      withheld: t.field({
        type: Withheld,
        nullable: true,
        resolve: ({ withheld }) => (withheld === null ? null : { reason: withheld }),
      }),
    }),
  });
  const edge = builder.edgeObject({ type: PlaceValue, name: "PlaceValueEdge", extensions: shareable });
  const PlaceValues = builder.connectionObject(
    { type: PlaceValue, name: "PlaceValueConnection", extensions: shareable },
    edge,
  );

  builder.objectFields(Dataset, (t) => ({
    series: t.field({
      type: Series,
      nullable: true,
      extensions: shareable,
      description: "Released values of a period, for one place, several or all.",
      args: {
        area: t.arg({ type: Area }),
        period: t.arg({ type: Period, required: true }),
        step: t.arg({ type: "Duration" }),
        version: t.arg.int({ description: "One version alone, also one that was corrected since." }),
      },
      resolve: ({ slug }, args, context, info) => openSeries(slug, args, context, info),
    }),
    latest: t.field({
      type: PlaceValues,
      nullable: true,
      extensions: shareable,
      description:
        "The newest released window, place by place (not for sparse releases). Places that a licence does not cover are withheld: LICENCE_SCOPE.",
      args: t.arg.connectionArgs(),
      resolve: async ({ slug }, args, context) => {
        const page = await connect<LatestRow>(
          args,
          ({ cell }) => String(cell),
          async ({ after, before, inverted, limit: size }) => {
            const scopes = await scopesOf(context, (one) => one.dataset === slug);
            const [limit] = scopes.limited;
            if (scopes.parts.length === 0 && limit !== undefined) throw limit.refusal;
            const rows = await latestRows(context, slug, after, before, inverted, size);
            return rows.map((row) => shownTo(scopes, slug, row));
          },
          NUMBERS,
        );
        for (const { node } of page.edges) if (node.licence != null) context.access.used(node.licence, slug, 1);
        return page;
      },
    }),
  }));
}
