import { readable, scopesOf, showing } from "../access.ts";
import { areaOf, isAround } from "../around.ts";
import { batch } from "../batch.ts";
import type { Builder } from "../builder.ts";
import { connect } from "../connection.ts";
import type { Context } from "../context.ts";
import { keyOf, opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import { histogramOfZone } from "../series/histogram-of-zone.ts";
import { LEAVES_MAX } from "../series/question.ts";
import { openSeries, type SeriesTypes } from "../series/types.ts";
import type { Extended, LocalText, Values } from "../values.ts";

/** Availability older than this is stale: it is shown with its age, never as now. */
const STALE_AFTER_MS = 15 * 60_000;

type StationRow = {
  key: string;
  slug: string;
  name: LocalText;
  geometry: object;
  parent: string | null;
  dataset: string;
  withheld?: string;
  /** under which what there is counts */
  licence?: string | null;
  at: number | null;
  vehicles: number | null;
  docks: number | null;
};
type Available = { at: number; vehicles: number; docks: number };
type FlowRow = { zone: string; slug: string; dataset: string; places: number };
type ZoneMobility = { key: string };

type StationQuestion = [
  city: string | null,
  zones: readonly string[] | null,
  after: string | null,
  before: string | null,
  inverted: boolean,
  limit: number | null,
  now: number,
];

const stationRows = query<StationRow, [...StationQuestion, datasets: readonly string[]]>(
  new URL("./stations.sql", import.meta.url),
);
const flowRows = query<FlowRow, [zones: readonly string[], free: readonly string[], licensed: readonly string[]]>(
  new URL("./zone-flows.sql", import.meta.url),
);

/** Stations, without what there is at those that the one who asks may not read. */
async function stations(context: Context, ...asked: StationQuestion): Promise<StationRow[]> {
  const { parts, limited } = await scopesOf(context, ({ kind }) => kind === "AVAILABILITY");
  const named = parts.length > 0 ? parts : limited;
  const rows = await stationRows(context, ...asked, [...new Set(named.map(({ dataset }) => dataset))]);
  return rows.map((row) => {
    if (row.at === null) return row;
    const part = showing(parts, row.dataset, row.slug, row.at);
    if (part === null) return { ...row, at: null, vehicles: null, docks: null, withheld: "LICENCE_SCOPE" };
    return { ...row, licence: part.licence };
  });
}

const stationsOfZone = batch(async (context, zones) => {
  const areas = await Promise.all(zones.map(async (zone) => (await areaOf(context, zone))?.area ?? zone));
  const rows = await stations(context, null, [...zones, ...areas], null, null, false, null, context.now());
  const around = (zone: string, area: string) => rows.filter(({ key, parent }) => isAround(zone, area, key, parent));
  return new Map(zones.map((zone, nth) => [zone, around(zone, areas[nth] ?? zone)]));
});

const speedsOfZone = histogramOfZone("SPEED");

const flowOfZone = batch(async (context, zones) => {
  const scopes = await scopesOf(context, ({ kind }) => kind === "NOISED");
  const { free, licensed } = readable(scopes);
  const rows = await flowRows(context, zones, free, licensed);
  return new Map(rows.map((row) => [row.zone, row]));
});

/** How people and vehicles move: stations with what is there now, and the flow of a zone. */
export function addMobility(
  builder: Builder,
  { Text, Withheld }: Values,
  { Period, Series }: SeriesTypes,
  { City, Dataset, Zone }: Extended,
): void {
  const Availability = builder.objectRef<Available>("Availability").implement({
    description: "Vehicles and docks at a station.",
    fields: (t) => ({
      at: t.field({ type: "DateTime", resolve: ({ at }) => at }),
      vehicles: t.exposeInt("vehicles"),
      docks: t.exposeInt("docks", { description: "Free places to return a vehicle." }),
      isStale: t.boolean({
        description: "Older than 15 minutes: not how it is now.",
        resolve: ({ at }, _args, { now }) => now() - at > STALE_AFTER_MS,
      }),
    }),
  });
  const Station = builder.objectRef<StationRow>("Station").implement({
    description: "A station of shared vehicles.",
    fields: (t) => ({
      id: t.id({ resolve: ({ key }) => opaqueId("Zone", key) }),
      slug: t.exposeString("slug"),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      location: t.field({ type: "GeoJSON", resolve: ({ geometry }) => geometry }),
      availability: t.field({
        type: Availability,
        nullable: true,
        description: "The newest of the last day.",
        resolve: ({ at, vehicles, docks, licence, dataset }, _args, { access }) => {
          if (at === null || vehicles === null || docks === null) return null;
          if (licence != null) access.used(licence, dataset, 1);
          return { at, vehicles, docks };
        },
      }),
      withheld: t.field({
        type: Withheld,
        nullable: true,
        description: "Why availability is not shown, where it is not for want of any.",
        resolve: ({ withheld }) => (withheld === undefined ? null : { reason: withheld }),
      }),
      zone: t.field({ type: Zone, resolve: ({ key }) => ({ id: opaqueId("Zone", key) }) }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
    }),
  });
  const StationEdge = builder.edgeObject({ type: Station, name: "StationEdge" });
  const Stations = builder.connectionObject({ type: Station, name: "StationConnection" }, StationEdge);

  const Mobility = builder.objectRef<ZoneMobility>("ZoneMobility").implement({
    description: "Movement around a zone.",
    fields: (t) => ({
      stations: t.field({
        type: [Station],
        description: "At the zone, directly within it or in the same area.",
        resolve: async ({ key }, _args, context) => (await stationsOfZone(context, key)) ?? [],
      }),
      dataset: t.field({
        type: Dataset,
        nullable: true,
        description: "Where its flow comes from.",
        resolve: async ({ key }, _args, context) => {
          const flow = await flowOfZone(context, key);
          return flow === null ? null : { slug: flow.dataset };
        },
      }),
      flow: t.field({
        type: Series,
        nullable: true,
        description:
          "Movements counted at the zone or directly within it, else in the same area, as one sum of at most 16 places; null where none are.",
        args: { period: t.arg({ type: Period, required: true }), step: t.arg({ type: "Duration" }) },
        resolve: async ({ key }, args, context, info) => {
          const flow = await flowOfZone(context, key);
          if (flow === null) return null;
          const sum = flow.places > 1 && flow.places <= LEAVES_MAX;
          return openSeries(flow.dataset, { ...args, area: { zone: flow.slug, sum } }, context, info);
        },
      }),
      speeds: t.field({
        type: Series,
        nullable: true,
        description: "How fast vehicles drive here or in the nearest zone around that is counted: see `histograms`.",
        args: { period: t.arg({ type: Period, required: true }), step: t.arg({ type: "Duration" }) },
        resolve: ({ key }, args, context, info) => speedsOfZone(key, args, context, info),
      }),
    }),
  });

  builder.objectField(Zone, "mobility", (t) =>
    t.field({ type: Mobility, nullable: true, resolve: ({ id }) => ({ key: keyOf("Zone", id) }) }),
  );
  builder.objectField(City, "stations", (t) =>
    t.field({
      type: Stations,
      nullable: true,
      args: t.arg.connectionArgs(),
      resolve: ({ slug }, args, context) =>
        connect<StationRow>(
          args,
          ({ key }) => key,
          ({ after, before, inverted, limit }) =>
            stations(context, slug, null, after, before, inverted, limit, context.now()),
        ),
    }),
  );
}
