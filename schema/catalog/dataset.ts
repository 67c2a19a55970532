import { unitText } from "../../core/privacy/card-texts.ts";
import { lawText, mechanismOf, scaleOf } from "../../core/privacy/mechanism.ts";
import { mayReadSome } from "../access.ts";
import { addBins, planBins } from "../bins.ts";
import { type Builder, keyed } from "../builder.ts";
import { type Connection, connect } from "../connection.ts";
import type { Context } from "../context.ts";
import { once } from "../once.ts";
import { opaqueId } from "../opaque.ts";
import { remembered } from "../remembered.ts";
import { selectsOnly } from "../selection.ts";
import { pointer, type Values } from "../values.ts";
import { addOutages } from "./outages.ts";
import { privacyCardOf } from "./privacy-card.ts";
import { addPrivacyCard } from "./privacy-card-type.ts";
import {
  type DatasetRow,
  datasetRows,
  type FacetsRow,
  facetRows,
  type PlanRow,
  type ZoneRow,
  zoneRows,
} from "./rows.ts";
import { type addPlaces, cityBySlug, held } from "./zone.ts";

const DOMAINS = ["CROWD", "MOBILITY", "SAFETY"] as const;
const TIERS = ["OPEN", "REGISTERED", "LICENSED", "RESTRICTED"] as const;
const LAYERS = ["L1_SITE", "L2_MOBILITY", "L3_CITYWIDE"] as const;
const STATES = ["FRESH", "LATE", "STALE", "UNKNOWN"] as const;

const member = <const T extends readonly string[]>(values: T, text: string, other: T[number]): T[number] =>
  values.find((value) => value === text) ?? other;

/** Seconds as ISO 8601. */
const duration = (seconds: number): string =>
  seconds % 3600 === 0 ? `PT${seconds / 3600}H` : seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;

type Found = Connection<DatasetRow> & { facets: () => Promise<FacetsRow> };

/** Datasets: what there is, how it is made, what it promises and where to get it. */
export function addDatasets(builder: Builder, values: Values, places: ReturnType<typeof addPlaces>) {
  const { City, Zones } = places;
  const { Text, Window } = values;
  const Domain = builder.enumType("Domain", { values: DOMAINS });
  const Tier = builder.enumType("Tier", { description: "Who may read the values.", values: TIERS });
  const Layer = builder.enumType("Layer", { values: LAYERS });
  const Kind = builder.enumType("DatasetKind", {
    values: {
      NOISED: { description: "Counts with noise, released by a plan." },
      EVENTS: { description: "Rows about things." },
      AVAILABILITY: { description: "Vehicles and docks at stations." },
    } as const,
  });
  const FreshnessState = builder.enumType("FreshnessState", {
    values: {
      FRESH: { description: "Its devices were heard in time." },
      LATE: { description: "A heartbeat is overdue." },
      STALE: { description: "Its devices are silent: what is shown is old." },
      UNKNOWN: { description: "No live feed: an import of the past." },
    } as const,
  });
  const Organization = pointer.organization(builder);
  const PrivacyCard = addPrivacyCard(builder, values, places);
  const { Outages, read: readOutages } = addOutages(builder, values, Organization);

  const Licence = builder.objectRef<DatasetRow>("LicenceTerms").implement({
    fields: (t) => ({
      name: t.string({ resolve: ({ licenceName }) => licenceName }),
      url: t.string({ nullable: true, resolve: ({ licenceUrl }) => licenceUrl }),
      attribution: t.exposeString("attribution", { description: "To be shown with the data." }),
    }),
  });
  const { Bin } = addBins(builder);
  const Daypart = builder.objectRef<{ fromHour: number; bound: number }>("Daypart").implement({
    description: "A part of the local day, up to the next one's first hour, with an L of its own.",
    fields: (t) => ({ fromHour: t.exposeInt("fromHour"), contributionBound: t.exposeInt("bound") }),
  });
  const Plan = builder.objectRef<PlanRow>("ReleasePlan").implement({
    description: "How values are released; a version is never changed once used.",
    fields: (t) => ({
      version: t.exposeInt("version"),
      statistic: t.exposeString("statistic"),
      split: t.string({
        nullable: true,
        description: "HOUR, CATEGORY or BIN where a place has several values a window.",
        resolve: ({ split }) => (split === "NONE" ? null : split),
      }),
      contributionBound: t.exposeInt("bound", { description: "L: cells that one unit may touch in a day." }),
      dayparts: t.field({
        type: [Daypart],
        description: "How L is split over the day, so that evenings survive; empty where it is not.",
        resolve: ({ daypartHours, daypartBounds }) =>
          daypartHours.map((fromHour, at) => ({ fromHour, bound: daypartBounds[at] ?? 0 })),
      }),
      bins: t.field({
        type: [Bin],
        description: "The fixed public bins of a histogram; empty for other statistics.",
        resolve: ({ statistic, binEdges }) => planBins(statistic, binEdges),
      }),
      epsilon: t.float({ description: "ε of a unit-day.", resolve: ({ epsilonMicro }) => epsilonMicro / 1e6 }),
      delta: t.float({
        description: "δ of a unit-day; 0 for Laplace noise.",
        resolve: ({ deltaPico }) => deltaPico / 1e12,
      }),
      mechanism: t.string({
        description: "Law of the noise: discrete Laplace or discrete Gaussian.",
        resolve: (row) => lawText(mechanismOf(row)),
      }),
      scale: t.float({
        description: "Of the noise, in counts: t = L/ε (Laplace), σ = √(L/2ρ) (Gaussian).",
        resolve: (row) => scaleOf(mechanismOf(row)),
      }),
      interval95: t.exposeInt("halfWidth95", { description: "± of one value: noise only." }),
      step: t.field({ type: "Duration", resolve: ({ step }) => step }),
      lateness: t.field({ type: "Duration", resolve: ({ latenessSeconds }) => duration(latenessSeconds) }),
      grace: t.field({ type: "Duration", resolve: ({ graceSeconds }) => duration(graceSeconds) }),
      schedule: t.field({
        type: "Duration",
        description: "Releases appear at multiples of it.",
        resolve: ({ scheduleSeconds }) => duration(scheduleSeconds),
      }),
      threshold: t.exposeInt("threshold", {
        nullable: true,
        description: "Values below it are not stored (sparse releases).",
      }),
      additive: t.exposeBoolean("additive", { description: "Whether values may be summed." }),
      population: t.exposeString("population", { description: "Whose budget it spends." }),
    }),
  });
  const Freshness = builder.objectRef<DatasetRow>("Freshness").implement({
    description: "From heartbeats and plans, never from the arrival of events.",
    fields: (t) => ({
      state: t.field({
        type: FreshnessState,
        resolve: ({ freshness }) => member(STATES, freshness?.state ?? "UNKNOWN", "UNKNOWN"),
      }),
      at: t.field({ type: "DateTime", nullable: true, resolve: ({ freshness }) => freshness?.at ?? null }),
      expectedEvery: t.field({
        type: "Duration",
        nullable: true,
        resolve: ({ freshness }) => (freshness === null ? null : duration(freshness.heartbeatSeconds)),
      }),
      lastWindowEnd: t.field({ type: "DateTime", nullable: true, resolve: ({ extent }) => extent?.to ?? null }),
      lastPublishedAt: t.field({
        type: "DateTime",
        nullable: true,
        resolve: ({ extent }) => extent?.published ?? null,
      }),
    }),
  });
  const Distribution = builder
    .objectRef<{ format: string; mediaType: string; href: string }>("Distribution")
    .implement({
      description: "A file of the whole dataset or of a period: add `from`, `to`, `area` to its address.",
      fields: (t) => ({
        format: t.exposeString("format"),
        mediaType: t.exposeString("mediaType"),
        href: t.exposeString("href"),
      }),
    });

  const Dataset = builder.objectRef<DatasetRow>("Dataset").implement({
    extensions: keyed("slug"),
    fields: (t) => ({
      id: t.id({ resolve: ({ slug }) => opaqueId("Dataset", slug) }),
      slug: t.exposeString("slug"),
      kind: t.field({ type: Kind, resolve: ({ kind }) => kind }),
      title: t.field({ type: Text, resolve: ({ title }) => title }),
      description: t.field({ type: Text, resolve: ({ description }) => description }),
      bias: t.field({
        type: Text,
        nullable: true,
        description: "Whom the data see badly.",
        resolve: ({ bias }) => bias,
      }),
      keywords: t.exposeStringList("keywords"),
      provider: t.field({
        type: Organization,
        resolve: ({ organization }) => ({ id: opaqueId("Organization", organization) }),
      }),
      city: t.field({
        type: City,
        resolve: async ({ city }, _args, context) => held(await cityBySlug(context, city)),
      }),
      licence: t.field({ type: Licence, resolve: (dataset) => dataset }),
      sourceUrl: t.exposeString("sourceUrl", { nullable: true }),
      domain: t.field({ type: Domain, resolve: ({ domain }) => member(DOMAINS, domain, "MOBILITY") }),
      layer: t.field({ type: Layer, resolve: ({ layer }) => member(LAYERS, layer, "L1_SITE") }),
      tier: t.field({ type: Tier, resolve: ({ tier }) => member(TIERS, tier, "RESTRICTED") }),
      isSynthetic: t.exposeBoolean("isSynthetic", { description: "Made by a simulator, not observed." }),
      unit: t.field({
        type: Text,
        nullable: true,
        description: "What one count is.",
        resolve: ({ plan }) => (plan === null ? null : unitText(plan.unit)),
      }),
      plan: t.field({ type: Plan, nullable: true, resolve: ({ plan }) => plan }),
      freshness: t.field({ type: Freshness, resolve: (dataset) => dataset }),
      extent: t.field({
        type: Window,
        nullable: true,
        description: "What is published so far.",
        resolve: ({ extent }) => extent,
      }),
      privacyCard: t.field({
        type: PrivacyCard,
        nullable: true,
        resolve: ({ slug }, _args, context) => privacyCardOf(context, slug),
      }),
      places: t.field({
        type: Zones,
        args: t.arg.connectionArgs(),
        resolve: ({ slug }, args, context) =>
          connect<ZoneRow>(
            args,
            ({ key }) => key,
            ({ after, before, inverted, limit }) =>
              zoneRows(context, null, null, null, null, null, slug, after, before, inverted, limit),
          ),
      }),
      outages: t.field({
        type: Outages,
        description: "Declared outages and their corrections, newest first.",
        args: t.arg.connectionArgs(),
        resolve: ({ slug }, args, context) => readOutages(slug, args, context),
      }),
      distributions: t.field({
        type: [Distribution],
        description: "Those that the one who asks may read something of.",
        resolve: async ({ slug }, _args, context) =>
          !(await mayReadSome(context, slug))
            ? []
            : [
                { format: "CSV", mediaType: "text/csv", href: `/exports/${slug}.csv` },
                { format: "GeoJSON", mediaType: "application/geo+json", href: `/exports/${slug}.geojson` },
              ],
      }),
    }),
  });

  const Count = builder.objectRef<{ key: string; count: number }>("FacetCount").implement({
    fields: (t) => ({ key: t.exposeString("key"), count: t.exposeInt("count") }),
  });
  const Facets = builder.objectRef<FacetsRow>("DatasetFacets").implement({
    description: "Counts by facet: each with all filters but its own.",
    fields: (t) => ({
      domain: t.field({ type: [Count], resolve: ({ domain }) => domain }),
      city: t.field({ type: [Count], resolve: ({ city }) => city }),
      tier: t.field({ type: [Count], resolve: ({ tier }) => tier }),
    }),
  });
  const DatasetEdge = builder.edgeObject({ type: Dataset, name: "DatasetEdge" });
  const Datasets = builder.objectRef<Found>("DatasetConnection").implement({
    fields: (t) => ({
      edges: t.field({ type: [DatasetEdge], resolve: ({ edges }) => edges }),
      nodes: t.field({ type: [Dataset], resolve: ({ edges }) => edges.map(({ node }) => node) }),
      pageInfo: t.field({ type: builder.pageInfoRef(), resolve: ({ pageInfo }) => pageInfo }),
      totalCount: t.int({ resolve: async ({ facets }) => (await facets()).total }),
      facets: t.field({ type: Facets, resolve: ({ facets }) => facets() }),
    }),
  });

  builder.queryFields((t) => ({
    dataset: t.field({
      type: Dataset,
      nullable: true,
      args: { slug: t.arg.string({ required: true }) },
      resolve: async (_root, { slug }, context, info) =>
        selectsOnly(info, KEYS) ? datasetKey(context, slug) : readDataset(context, slug),
    }),
    datasets: t.field({
      type: Datasets,
      args: {
        ...t.arg.connectionArgs(),
        search: t.arg.string({ description: "Words that all occur in title, description or keywords." }),
        domain: t.arg({ type: Domain }),
        city: t.arg.string(),
        tier: t.arg({ type: Tier }),
        provider: t.arg.string({ description: "Slug of the organization." }),
      },
      resolve: async (_root, args, context) => {
        const words = args.search?.trim().slice(0, 200) || null;
        const filters = [
          words,
          args.domain ?? null,
          args.city ?? null,
          args.tier ?? null,
          args.provider ?? null,
        ] as const;
        const connection = await connect<DatasetRow>(
          args,
          ({ slug }) => slug,
          ({ after, before, inverted, limit }) =>
            datasetRows(context, null, ...filters, after, before, inverted, limit),
        );
        return { ...connection, facets: once(async () => facetsOf(await facetRows(context, ...filters))) };
      },
    }),
  }));
  builder.objectField(City, "datasets", (t) =>
    t.field({
      type: [Dataset],
      resolve: ({ slug }, _args, context) =>
        datasetRows(context, null, null, null, slug, null, null, null, null, false, 100),
    }),
  );
  return { Dataset };
}

/** What of a dataset is told by its slug alone. */
const KEYS = ["__typename", "id", "slug"];
/** Datasets that were found: none is ever deleted. Other subgraphs that read one look for themselves. */
const KNOWN = remembered<true>(1_000, 60_000);

async function readDataset(context: Context, slug: string): Promise<DatasetRow | null> {
  const [row] = await datasetRows(context, [slug], null, null, null, null, null, null, null, false, 1);
  if (row !== undefined) KNOWN.set(slug, true, context.now());
  return row ?? null;
}

/** A dataset of which only {@link KEYS} are asked: the way of a question to the subgraph that has its values. */
const datasetKey = async (context: Context, slug: string): Promise<DatasetRow | null> =>
  KNOWN.get(slug, context.now()) ? ({ slug } as DatasetRow) : readDataset(context, slug);

function facetsOf([facets]: readonly FacetsRow[]): FacetsRow {
  if (facets === undefined) throw new Error("an aggregate answers one row");
  return facets;
}
