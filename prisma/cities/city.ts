import { readFileSync } from "node:fs";
import { z } from "zod";
import { OBJECT_CLASSES } from "../../core/edge/crowd.ts";
import { label, latitude, longitude, model, slug } from "../../core/edge/fields.ts";
import { type FieldError, HubError } from "../../core/errors.ts";
import { LEAST_ADDRESSES } from "../../core/incidents/snap.ts";
import { MOST_CAP, MOST_PRICE, MOST_UNIT_PRICE, MOST_UNITS, PRICE_MODELS } from "../../core/licence/price.ts";
import { PURPOSES } from "../../core/licence/terms.ts";
import { binName, binsOf } from "../../core/privacy/bins.ts";
import { LAWS } from "../../core/privacy/mechanism.ts";
import { STATISTICS } from "../../core/privacy/plan.ts";
import { isDay, STEPS } from "../../core/time.ts";
import { contradictions } from "./contradictions.ts";

/**
 * A city as data: everything the catalogue, the intake and the release plans know of it. No constant of a city is in
 * the code. Slugs of datasets, feeds, devices, populations and organizations are unique in the whole hub; slugs of zones
 * in their city (a zone's id is `<city>/<slug>`). Texts for people stand in Korean and English.
 */
const name = { nameKo: z.string().min(1), nameEn: z.string().min(1) };
const day = z.string().refine((text): boolean => isDay(text), "a day, YYYY-MM-DD");

const position = z.tuple([longitude, latitude]);
const geometry = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("Point"), coordinates: position }),
  z.strictObject({ type: z.literal("LineString"), coordinates: z.array(position).min(2) }),
  z.strictObject({ type: z.literal("Polygon"), coordinates: z.array(z.array(position).min(4)).min(1) }),
  z.strictObject({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(z.array(position).min(4)).min(1)) }),
]);

const ZONE_KINDS = ["CITY", "DISTRICT", "AREA", "PLAZA", "SEGMENT", "STATION", "CELL", "SITE"] as const;

const zone = z.strictObject({
  slug,
  kind: z.enum(ZONE_KINDS),
  ...name,
  geometry,
  /** a point on the zone, [longitude, latitude] */
  centre: position,
  /** public area in m²; null where it has no meaning */
  areaM2: z.number().positive().nullable().default(null),
  /** H3 cell: of a zone of kind CELL its own, resolution 9 */
  h3: z
    .string()
    .regex(/^[0-9a-f]{15}$/)
    .nullable()
    .default(null),
  /** slug of the zone around it */
  parent: slug.nullable().default(null),
  collectionBasis: z.enum(["PRIVATE_SITE_CONSENT", "PUBLIC_STATUTORY", "PUBLIC_NOTICE"]),
});

/** Densities in hundredths of persons/m². */
const thresholds = z.strictObject({
  version: z.int().positive(),
  approaching: z.int().positive(),
  caution: z.int().positive(),
  alert: z.int().positive(),
  serious: z.int().positive(),
  validFrom: day,
});

/** Public points that sensitive incidents snap to (rule P14). Fixed: a change is a set of a higher version. */
const snapSet = z.strictObject({
  version: z.int().positive(),
  /** how far a report may lie from a point, in metres */
  reachM: z.int().min(50).max(2000),
  validFrom: day,
  points: z
    .array(
      z.strictObject({
        slug,
        ...name,
        position,
        /** slug of the zone that it lies in */
        zone: slug,
        /** addresses that are nearer to it than to any other point: with fewer it would be a home */
        addresses: z.int().min(LEAST_ADDRESSES),
      }),
    )
    .min(1),
});

const population = z.strictObject({
  slug,
  /** organization slug */
  controller: slug,
  unit: z.enum(["TRACK_DAY", "VEHICLE_DAY", "TRIP", "CROSSING", "INCIDENT"]),
  /** how many units one person is typically seen as in a day */
  typicalUnits: z.int().positive(),
  /** how old an event may be when it arrives; a day is sealed that long after it ends */
  latenessSeconds: z.int().default(21_600),
  /** how far ahead of ours a device's clock may be */
  skewSeconds: z.int().default(120),
  /** on what ground the controller processes the records */
  legalBasisKo: z.string().min(1),
  legalBasisEn: z.string().min(1),
});

const feed = z.strictObject({
  id: slug,
  population: slug,
  readingTypes: z
    .array(z.enum(["heartbeat", "track", "count", "trip", "availability", "incident", "event", "report"]))
    .min(1),
  heartbeatSeconds: z.int().positive(),
});

const device = z.strictObject({
  id: slug,
  organization: slug,
  kind: z.enum([
    "SMART_POLE",
    "EDGE_AI_BOX",
    "INTELLIGENT_CCTV",
    "GROUND_SENSOR",
    "MOBILE_SENSOR",
    "ROADSIDE_UNIT",
    "ENVIRONMENT_STATION",
    "EXTERNAL_AGENCY",
    "BACKFILL",
  ]),
  /** slug of the zone it stands in */
  zone: slug.nullable().default(null),
  /** [longitude, latitude]; null for a device without a place */
  position: position.nullable().default(null),
  /** feeds it may write to */
  feeds: z.array(slug).min(1),
  /** those of them on which it may speak for accounts whose holders its organization has verified */
  vouches: z.array(slug).default([]),
  /** slugs of the zones that it watches: its heartbeat says whether they were seen */
  covers: z.array(slug).default([]),
});

const edgeModel = z.strictObject({
  version: model,
  organization: slug,
  purposeKo: z.string().min(1),
  purposeEn: z.string().min(1),
  trainingData: z.string().min(1),
  knownBias: z.string().min(1),
  humanRole: z.string().min(1),
});

const TIERS = ["OPEN", "REGISTERED", "LICENSED", "RESTRICTED"] as const;
const step = z.enum(STEPS as readonly [(typeof STEPS)[number], ...(typeof STEPS)[number][]]);

const plan = z.strictObject({
  version: z.int().positive(),
  population: slug,
  statistic: z.enum(STATISTICS),
  step,
  split: z.enum(["NONE", "HOUR", "CATEGORY", "BIN"]).default("NONE"),
  /** SPEED (0.1 km/h) and DWELL (seconds): lower edges of the public bins, from 0; the last bin is open */
  binEdges: z.array(z.int().nonnegative()).default([]),
  /** object classes that count; empty: all */
  classes: z.array(z.enum(OBJECT_CLASSES)).default([]),
  /** L: cells that one unit may touch in a day */
  bound: z.int().min(1).max(10_000),
  /** L by parts of the local day, so that evenings survive; their sum is L. Empty: the day is one part */
  dayparts: z.array(z.strictObject({ fromHour: z.int().min(0).max(23), bound: z.int().min(1) })).default([]),
  /** law of the noise: GAUSSIAN needs δ, and pays for plans of many cells */
  mechanism: z.enum(LAWS).default("LAPLACE"),
  /** micro-ε of a unit-day */
  epsilonMicro: z.int().positive(),
  /** δ of a unit-day in units of 1e-12; of Laplace noise 0 */
  deltaPico: z.int().nonnegative().default(0),
  /** origin–destination alone: pairs below it are not stored */
  threshold: z.int().positive().nullable().default(null),
  /** releases become visible at multiples of it */
  scheduleSeconds: z.int(),
  /** how long after a window's end batches on their way may still arrive */
  graceSeconds: z.int().default(60),
  partitions: z.strictObject({
    /** every zone of this kind is a partition */
    zones: z.enum(ZONE_KINDS),
    /** DEVICE: watched by the device that covers the zone; POPULATION: by any device of the population */
    coverage: z.enum(["DEVICE", "POPULATION"]),
    /** with split CATEGORY: the public list of categories */
    categories: z.array(label).default([]),
  }),
});

const amount = (most: bigint) => z.int().nonnegative().max(Number(most));

/** What a tier sees of the released values; a tier without a view sees nothing. */
const view = z.strictObject({
  tier: z.enum(TIERS),
  /** the finest step; null: as released */
  finestStep: step.nullable().default(null),
  /** how long after its end a window shows */
  delaySeconds: z.int().min(0).max(31_622_400).default(0),
});

/** Never changed: another term is another version. Units and prices as in core/licence/price.ts. */
const offer = z.strictObject({
  tier: z.enum(TIERS),
  version: z.int().positive(),
  ...name,
  /** the terms in words: every sentence that core/licence/terms-texts.ts makes of the fields, and whatever else is to say */
  textKo: z.string().min(1),
  textEn: z.string().min(1),
  /** ODRL 2.2 as JSON-LD, without its target: what core/licence/terms.ts makes of the fields */
  terms: z.record(z.string(), z.json()),
  priceModel: z.enum(PRICE_MODELS).default("FREE"),
  /** FLAT: once; SUBSCRIPTION: a month; minor units */
  price: amount(MOST_PRICE),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** METERED: millionths of a minor unit for one unit of use */
  unitPriceMicro: amount(MOST_UNIT_PRICE).default(0),
  /** METERED: units a month that cost nothing */
  freeQuota: amount(MOST_UNITS).default(0),
  /** METERED: the most that a month costs, minor units */
  monthlyCap: amount(MOST_CAP).nullable().default(null),
  /** SUBSCRIPTION: what is left of a month's quota adds to the next month's */
  carryOver: z.boolean().default(false),
  purposes: z
    .array(z.enum(PURPOSES))
    .min(1)
    .default([...PURPOSES]),
  /** LICENSED: units a month that are granted as a rule */
  quotaMonthly: amount(MOST_UNITS).positive().default(1_000_000),
  noticeDays: z.int().min(0).max(730).default(30),
  priceNoticeDays: z.int().min(90).max(730).default(90),
  /** LICENSED: days within which a request is decided */
  decisionDays: z.int().min(1).max(45).default(14),
});

const dataset = z.strictObject({
  id: slug,
  organization: slug,
  kind: z.enum(["NOISED", "EVENTS", "AVAILABILITY"]),
  domain: z.enum(["MOBILITY", "CROWD", "SAFETY"]),
  layer: z.enum(["L1_SITE", "L2_MOBILITY", "L3_CITYWIDE"]),
  /** the lowest tier that has a view: what the catalogue shows and finds the dataset by */
  tier: z.enum(TIERS),
  /** grants need two different approvers */
  highRisk: z.boolean().default(false),
  titleKo: z.string().min(1),
  titleEn: z.string().min(1),
  descriptionKo: z.string().min(1),
  descriptionEn: z.string().min(1),
  biasStatementKo: z.string().min(1),
  biasStatementEn: z.string().min(1),
  keywords: z.array(z.string().min(1)),
  /** says how sure the licence is: stated, claimed or not verified */
  licenceName: z.string().min(1),
  licenceUrl: z.url().nullable().default(null),
  attribution: z.string().min(1),
  sourceUrl: z.url().nullable().default(null),
  retentionDays: z.int().positive(),
  /** feeds that it is made of */
  feeds: z.array(slug).min(1),
  /** a NOISED dataset has plans, another none */
  plans: z.array(plan).default([]),
  views: z.array(view).min(1),
  offers: z.array(offer).min(1),
});

/** What `npm run import` needs to know of a source whose stations and rows come from files at run time. */
const source = z.strictObject({
  kind: z.enum(["trips", "counts", "crashes"]),
  /** columns as published: which reader of workers/import takes them */
  format: z.enum(["bay-area-trips", "melbourne-counts", "korea-crashes", "fars-crashes"]),
  /** first and last local day that the source can hold */
  firstDay: day,
  lastDay: day,
  /** the device that signs the backfill, and its feed */
  device: slug,
  feed: slug,
});

const city = z
  .strictObject({
    id: slug,
    ...name,
    timeZone: z.string().min(1),
    /** west, south, east, north */
    bounds: z.tuple([longitude, latitude, longitude, latitude]),
    isSynthetic: z.boolean(),
    /** GeoJSON FeatureCollection drawn under the map; `properties.kind`: BLOCK, PARK, WATER or ROAD */
    backdrop: z
      .strictObject({
        type: z.literal("FeatureCollection"),
        features: z.array(
          z.strictObject({
            type: z.literal("Feature"),
            properties: z.strictObject({ kind: z.enum(["BLOCK", "PARK", "WATER", "ROAD"]) }),
            geometry,
          }),
        ),
      })
      .nullable()
      .default(null),
    thresholds: z.array(thresholds).default([]),
    snapSets: z.array(snapSet).default([]),
    organizations: z.array(z.strictObject({ slug, ...name, url: z.url().nullable().default(null) })).min(1),
    zones: z.array(zone).min(1),
    populations: z.array(population).min(1),
    feeds: z.array(feed).min(1),
    devices: z.array(device).min(1),
    edgeModels: z.array(edgeModel).default([]),
    datasets: z.array(dataset).min(1),
    /** days of synthetic history that a fresh hub declares as a backfill up to today; 0: none */
    historyDays: z.int().nonnegative().default(0),
    source: source.nullable().default(null),
  })
  .check(({ value, issues }) => {
    for (const found of contradictions(value)) {
      const { message, fault } = typeof found === "string" ? { message: found, fault: undefined } : found;
      issues.push({ code: "custom", message, input: value.id, params: { fault } });
    }
  });

export type CityConfig = z.output<typeof city>;
export type ZoneConfig = CityConfig["zones"][number];
export type DatasetConfig = CityConfig["datasets"][number];
export type OfferConfig = DatasetConfig["offers"][number];
export type PlanConfig = DatasetConfig["plans"][number];

/**
 * Judges a city configuration.
 * @throws HubError BAD_USER_INPUT naming the first field that is wrong, its rule and what to do
 */
export function parseCity(json: unknown): CityConfig {
  const result = city.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const fault = (issue?.code === "custom" ? issue.params?.["fault"] : undefined) as FieldError | undefined;
  throw new HubError("BAD_USER_INPUT", `The city configuration is wrong: ${issue?.message ?? "unreadable"}`, {
    ...(fault ?? { field: issue?.path.join(".") ?? "" }),
  });
}

/** Reads a city configuration: a path or URL of a JSON file, or the name of one beside this file ("sangmu"). */
export function loadCity(file: string | URL): CityConfig {
  const place =
    typeof file === "string" && /^[a-z0-9-]+$/.test(file) ? new URL(`./${file}.json`, import.meta.url) : file;
  return parseCity(JSON.parse(readFileSync(place, "utf8")));
}

export type PartitionConfig = {
  /** from 1, in the order of the zones, then of the categories */
  readonly cell: number;
  readonly zone: string;
  readonly category: string | null;
  readonly device: string | null;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** The public cells of a plan (rule P4): the zones of its kind, each with every hour, category or bin when it is split. */
export function partitionsOf(config: CityConfig, { split, binEdges, partitions }: PlanConfig): PartitionConfig[] {
  const watcher = new Map(config.devices.flatMap((one) => one.covers.map((covered) => [covered, one.id] as const)));
  const categories = {
    NONE: [null],
    HOUR: HOURS,
    CATEGORY: partitions.categories,
    BIN: binsOf(binEdges).map(binName),
  }[split];
  return config.zones
    .filter((one) => one.kind === partitions.zones)
    .flatMap((one) => categories.map((category) => ({ zone: one.slug, category })))
    .map(({ zone: place, category }, index) => ({
      cell: index + 1,
      zone: place,
      category,
      device: partitions.coverage === "DEVICE" ? (watcher.get(place) ?? null) : null,
    }));
}
