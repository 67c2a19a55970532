import { LEAST_PUBLIC_AREA_M2, LEVELS, type Thresholds } from "../../core/crowd/level.ts";
import { HubError } from "../../core/errors.ts";
import type { TimeWindow } from "../../core/time.ts";
import { readable, scopesOf } from "../access.ts";
import { batch } from "../batch.ts";
import type { Builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { once } from "../once.ts";
import { keyOf, opaqueId } from "../opaque.ts";
import { query } from "../query.ts";
import { histogramOfZone } from "../series/histogram-of-zone.ts";
import { openSeries, type SeriesTypes } from "../series/types.ts";
import type { Extended, Values } from "../values.ts";
import { counted, currentLevels, currentThresholds, type ZoneLevel, zoneLevels } from "./levels.ts";

/** The longest span of a city's history of levels: 48 h. */
const HISTORY_MAX_MS = 48 * 3_600_000;

type City = { slug: string; levels: () => Promise<ZoneLevel[]>; datasets: () => Promise<DatasetRow[]> };
type DatasetRow = { slug: string; statistic: string };
type History = Record<"start" | "end" | "normal" | "caution" | "alert" | "serious" | "withheld", number[]>;

const dwellOfZone = histogramOfZone("DWELL");
const datasetRows = query<DatasetRow, [city: string, free: readonly string[], licensed: readonly string[]]>(
  new URL("./crowd-datasets.sql", import.meta.url),
);

/** What is known of crowds: the level of each public area, a city's counts, and their history. */
export function addCrowd(
  builder: Builder,
  { Window, Withheld }: Values,
  { Period, Series }: SeriesTypes,
  { City, Dataset, Zone }: Extended,
): void {
  const Level = builder.enumType("Level", {
    description: "Stages of crowding by density, with hysteresis on released values.",
    values: LEVELS,
  });

  const ZoneCrowd = builder.objectRef<ZoneLevel>("ZoneCrowd").implement({
    description: "How crowded a public area was in the newest released window.",
    fields: (t) => ({
      zone: t.field({ type: Zone, resolve: ({ zone }) => ({ id: opaqueId("Zone", zone) }) }),
      window: t.field({ type: Window, resolve: ({ window }) => window }),
      value: t.int({
        nullable: true,
        description: "People present at the window's start, rounded up to zero.",
        resolve: ({ value }) => (value === null ? null : Math.max(0, value)),
      }),
      signed: t.int({
        nullable: true,
        description: "As released; noise may make it negative.",
        resolve: ({ value }) => value,
      }),
      lower95: t.int({
        nullable: true,
        resolve: ({ value, width }) => (value === null ? null : Math.max(0, value - width)),
      }),
      upper95: t.int({
        nullable: true,
        resolve: ({ value, width }) => (value === null ? null : Math.max(0, value + width)),
      }),
      halfWidth95: t.exposeInt("width"),
      density: t.float({
        nullable: true,
        description: "Persons/m².",
        resolve: ({ density }) => (density === null ? null : Math.round(density * 1000) / 1000),
      }),
      densityHalfWidth95: t.float({
        nullable: true,
        description: "± of the density, persons/m².",
        resolve: ({ density, width, area }) =>
          density === null || area === null ? null : Math.round((width / area) * 1000) / 1000,
      }),
      level: t.field({
        type: Level,
        nullable: true,
        description: `Null where the value is withheld or the area is below ${LEAST_PUBLIC_AREA_M2} m².`,
        resolve: ({ level }) => level,
      }),
      approaching: t.exposeBoolean("approaching", { description: "Normal, but close to caution." }),
      thresholdsVersion: t.exposeInt("thresholdsVersion", { nullable: true }),
      withheld: t.field({
        type: Withheld,
        nullable: true,
        resolve: ({ withheld }) => (withheld === null ? null : { reason: withheld }),
      }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      series: t.field({
        type: Series,
        description: "The released values of this area alone.",
        args: { period: t.arg({ type: Period, required: true }), step: t.arg({ type: "Duration" }) },
        resolve: ({ dataset, slug }, args, context, info) =>
          openSeries(dataset, { ...args, area: { places: [slug] } }, context, info),
      }),
      dwell: t.field({
        type: Series,
        nullable: true,
        description: "How long people stay here or in the nearest zone around that is counted: see `histograms`.",
        args: { period: t.arg({ type: Period, required: true }), step: t.arg({ type: "Duration" }) },
        resolve: ({ zone }, args, context, info) => dwellOfZone(zone, args, context, info),
      }),
    }),
  });

  const LevelCount = builder.objectRef<{ level: ZoneLevel["level"] & string; count: number }>("LevelCount").implement({
    fields: (t) => ({ level: t.field({ type: Level, resolve: ({ level }) => level }), count: t.exposeInt("count") }),
  });
  const LevelThresholds = builder.objectRef<Thresholds>("LevelThresholds").implement({
    description: "From which density a level holds, persons/m². A version never changes.",
    fields: (t) => ({
      version: t.int({ resolve: ({ version }) => Number(version) }),
      approaching: t.exposeFloat("approaching"),
      caution: t.exposeFloat("caution"),
      alert: t.exposeFloat("alert"),
      serious: t.exposeFloat("serious"),
      minimumAreaSquareMetres: t.int({ resolve: () => LEAST_PUBLIC_AREA_M2 }),
    }),
  });
  const names: Record<keyof History, string> = {
    start: "Start of the window.",
    end: "End of the window.",
    normal: "Areas at NORMAL.",
    caution: "Areas at CAUTION.",
    alert: "Areas at ALERT.",
    serious: "Areas at SERIOUS.",
    withheld: "Areas without a level.",
  };
  const LevelHistory = builder.objectRef<History>("LevelHistory").implement({
    description: "How many public areas were at which level, window by window: parallel lists.",
    fields: (t) =>
      Object.fromEntries(
        (Object.keys(names) as (keyof History)[]).map((name) => [
          name,
          t.field({
            type: name === "start" || name === "end" ? "TimeColumn" : "IntColumn",
            description: names[name],
            resolve: (history) => history[name],
          }),
        ]),
      ),
  });

  const CityCrowd = builder.objectRef<City>("CityCrowd").implement({
    description: "How crowded a city is now.",
    fields: (t) => ({
      at: t.field({
        type: "DateTime",
        nullable: true,
        description: "End of the newest window.",
        resolve: async ({ levels }) =>
          (await levels()).reduce<number | null>((newest, { window }) => Math.max(newest ?? 0, window.to), null),
      }),
      counts: t.field({
        type: [LevelCount],
        description: "Areas at each of the four levels.",
        resolve: async ({ levels }) => {
          const now = await levels();
          return LEVELS.map((level) => ({ level, count: now.filter((zone) => zone.level === level).length }));
        },
      }),
      withheld: t.int({
        description: "Areas without a level.",
        resolve: async ({ levels }) => (await levels()).filter(({ level }) => level === null).length,
      }),
      busiest: t.field({
        type: ZoneCrowd,
        nullable: true,
        description: "The area of the highest released density.",
        resolve: async ({ levels }) => {
          const shown = (await levels()).filter(({ level }) => level !== null);
          return shown.sort((one, other) => (other.density ?? 0) - (one.density ?? 0))[0] ?? null;
        },
      }),
      places: t.field({
        type: [ZoneCrowd],
        description: "Every area that is counted.",
        resolve: ({ levels }) => levels(),
      }),
      thresholds: t.field({
        type: LevelThresholds,
        nullable: true,
        resolve: ({ slug }, _args, context) => currentThresholds(context, slug),
      }),
      dataset: t.field({
        type: Dataset,
        nullable: true,
        description: "How many are in the public areas.",
        resolve: async ({ datasets }) => (await datasets()).find(({ statistic }) => statistic === "OCCUPANCY") ?? null,
      }),
      flow: t.field({
        type: Dataset,
        nullable: true,
        description: "How many pass through the cells of the city.",
        resolve: async ({ datasets }) => (await datasets()).find(({ statistic }) => statistic === "PRESENCE") ?? null,
      }),
      history: t.field({
        type: LevelHistory,
        args: { period: t.arg({ type: Period, required: true }) },
        resolve: ({ slug }, { period }, context) => levelHistory(context, slug, period),
      }),
    }),
  });

  builder.objectField(City, "crowd", (t) =>
    t.field({
      type: CityCrowd,
      nullable: true,
      resolve: ({ slug }, _args, context) => ({
        slug,
        levels: once(() => currentLevels(context, { city: slug })),
        datasets: once(async () => {
          const { free, licensed } = readable(await scopesOf(context, ({ city }) => city === slug));
          return datasetRows(context, slug, free, licensed);
        }),
      }),
    }),
  );
  builder.objectField(Zone, "crowd", (t) =>
    t.field({
      type: ZoneCrowd,
      nullable: true,
      description: "Null where no crowd is counted.",
      resolve: ({ id }, _args, context) => levelOfZone(context, keyOf("Zone", id)),
    }),
  );
}

const levelOfZone = batch(async (context, zones) => {
  const levels = await currentLevels(context, { zones });
  return new Map(levels.map((level) => [level.zone, level]));
});

async function levelHistory(context: Context, city: string, period: TimeWindow): Promise<History> {
  if (!(period.from < period.to)) {
    throw new HubError("PERIOD_INVALID", "`period.from` must lie before `period.to`.", { field: "period" });
  }
  if (period.to - period.from > HISTORY_MAX_MS) {
    throw new HubError("LIMIT_EXCEEDED", "A history of levels spans at most 48 hours.", {
      field: "period",
      rule: "at most PT48H",
      fix: "ask for several periods one after another, or for the series of the dataset",
    });
  }
  const history: History = { start: [], end: [], normal: [], caution: [], alert: [], serious: [], withheld: [] };
  const byStart = new Map<number, ZoneLevel[]>();
  for (const zone of await zoneLevels(context, { city }, period.from, period.to)) {
    for (const window of counted(context, zone))
      byStart.set(window.window.from, [...(byStart.get(window.window.from) ?? []), window]);
  }
  for (const [start, zones] of [...byStart].sort(([one], [other]) => one - other)) {
    const at = (level: ZoneLevel["level"]) => zones.filter((zone) => zone.level === level).length;
    history.start.push(start);
    history.end.push(zones[0]?.window.to ?? start);
    history.normal.push(at("NORMAL"));
    history.caution.push(at("CAUTION"));
    history.alert.push(at("ALERT"));
    history.serious.push(at("SERIOUS"));
    history.withheld.push(at(null));
  }
  return history;
}
