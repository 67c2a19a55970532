import { assignSlots, type Contribution } from "../../../core/privacy/bound.ts";
import { DEFAULT_CLOCK } from "../../../core/privacy/closing.ts";
import { boundsOf } from "../../../core/privacy/daypart.ts";
import { STATISTICS, type Statistic } from "../../../core/privacy/plan.ts";
import { importDayKey, makeDayKey, pseudonymiser } from "../../../core/privacy/pseudonym.ts";
import { dayBounds } from "../../../core/time.ts";
import { type CityConfig, type PartitionConfig, type PlanConfig, partitionsOf } from "../../../prisma/cities/city.ts";
import { cellsOf, type Feed, type Plans } from "../../../workers/ingest/catalogue.ts";
import type { Judged } from "../../../workers/ingest/judge.ts";
import type { Contribution as Judgement } from "../../../workers/ingest/rows.ts";
import type { Scene } from "../../../workers/ingest/scene.ts";

/** A plan of a sample city with its public cells, numbered from 1 within its population. */
export type CityPlan = {
  readonly number: number;
  readonly config: PlanConfig;
  readonly partitions: readonly PartitionConfig[];
};

export const plansOfCity = (config: CityConfig, population: string): CityPlan[] =>
  config.datasets
    .flatMap(({ plans }) => plans)
    .filter((plan) => plan.population === population)
    .map((plan, index) => ({ number: index + 1, config: plan, partitions: partitionsOf(config, plan) }));

/** What ingest judges the readings of a feed by, as it would read it from the hub; the day is a backfill's. */
export function sceneOf(config: CityConfig, feedId: string, day: string): Scene {
  const feed = config.feeds.find(({ id }) => id === feedId);
  if (feed === undefined) throw new Error(`${config.id} has no feed ${feedId}`);
  const id = (slug: string): string => `${config.id}/${slug}`;
  const within = Map.groupBy(
    config.zones.map(({ slug, parent, h3 }) => ({ id: id(slug), parent_id: id(parent ?? ""), h3 })),
    (zone) => zone.parent_id,
  );
  const zoneOf = (slug: string) => {
    const zone = config.zones.find((one) => one.slug === slug);
    return { zone: id(slug), kind: zone?.kind ?? "", h3: zone?.h3 ?? "" };
  };
  const plans = plansOfCity(config, feed.population).map((plan) => ({
    number: plan.number,
    statistic: plan.config.statistic,
    step: plan.config.step,
    split: plan.config.split,
    dayparts: plan.config.dayparts.map(({ fromHour }) => fromHour),
    binEdges: plan.config.binEdges,
    classes: plan.config.classes.length === 0 ? null : new Set<string>(plan.config.classes),
    cells: cellsOf(
      plan.config.statistic,
      plan.partitions.map(({ cell, zone, category }) => ({ cell, ...zoneOf(zone), category: category ?? "" })),
      within,
    ),
  }));
  const byStatistic = Object.fromEntries(
    STATISTICS.map((statistic: Statistic) => [statistic, plans.filter((plan) => plan.statistic === statistic)]),
  ) as Record<Statistic, typeof plans>;
  const judged: Feed = {
    id: feed.id,
    readingTypes: new Set(feed.readingTypes),
    population: 1,
    controller: "attack",
    clock: DEFAULT_CLOCK,
    city: config.id,
    timeZone: config.timeZone,
    bounds: config.bounds,
    eventDatasets: [],
    availabilityDatasets: [],
    snapSets: [],
    plans: { all: new Set(plans.map(({ number }) => number)), ...byStatistic } satisfies Plans,
  };
  return {
    catalogue: {
      readAt: 0,
      feeds: new Map([[feed.id, judged]]),
      zones: new Set(config.zones.map(({ slug }) => `${config.id}/${slug}`)),
      models: new Set(config.edgeModels.map(({ version }) => version)),
      vouchers: new Set(),
    },
    feed: judged,
    device: config.devices[0]?.id ?? "",
    receivedAt: dayBounds(day, config.timeZone).to,
    backfillDay: day,
  };
}

/** A row of the restricted database, `edge.contribution`: what an insider reads there. */
export type Row = {
  readonly plan: number;
  readonly pseudonym: string;
  readonly stratum: number;
  readonly window: number;
  readonly cell: number;
};

/** What ingest writes of judged readings: under a key of the day, each row once. */
export function rowsOf(judged: Pick<Judged, "rows">, day: string): Row[] {
  const hash = pseudonymiser(importDayKey(makeDayKey()), { population: "attack", controller: "attack", day });
  const known = new Map<string, string>();
  const pseudonymOf = ({ kind, id }: Judgement["subject"]): string => {
    const pseudonym = known.get(`${kind} ${id}`) ?? hash(kind, id).toString("hex");
    known.set(`${kind} ${id}`, pseudonym);
    return pseudonym;
  };
  const rows = judged.rows.contributions.map(({ plan, subject, stratum, windowStart, cell }): Row => {
    return { plan, pseudonym: pseudonymOf(subject), stratum, window: windowStart, cell };
  });
  const unique = new Map(rows.map((row) => [`${row.plan} ${row.pseudonym} ${row.window} ${row.cell}`, row]));
  return [...unique.values()];
}

export type Counts = ReadonlyMap<number, number>;

/** The exact counts of a plan's windows after bounding, by window and cell: what a freeze finds. */
export function countsOf(
  { number, config }: CityPlan,
  rows: readonly Row[],
  bounding: typeof assignSlots = assignSlots,
): { readonly windows: ReadonlyMap<number, Counts>; readonly counted: readonly Row[] } {
  const own = rows.filter(({ plan }) => plan === number);
  const named = own.map((row): Contribution & { row: Row } => ({
    ...row,
    cell: String(row.cell).padStart(8, "0"),
    row,
  }));
  const counted = bounding(named, boundsOf(config.bound, config.dayparts)).map(
    (slot) => (slot as typeof slot & { row: Row }).row,
  );
  const windows = new Map<number, Map<number, number>>();
  for (const { window, cell } of counted) {
    const counts = windows.get(window) ?? new Map<number, number>();
    windows.set(window, counts.set(cell, (counts.get(cell) ?? 0) + 1));
  }
  return { windows, counted };
}
