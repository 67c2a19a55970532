import type { BoundingBox } from "../../core/geo/shape.ts";
import type { SnapSet } from "../../core/incidents/snap.ts";
import type { Edges } from "../../core/privacy/bins.ts";

import type { Clock } from "../../core/privacy/closing.ts";
import { DEFAULT_CLOCK } from "../../core/privacy/closing.ts";
import type { Statistic } from "../../core/privacy/plan.ts";
import type { Step } from "../../core/time.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

/** A release plan as ingest needs it. `cells` is keyed by `cellKey`. */
export type Plan = {
  readonly number: number;
  readonly statistic: Statistic;
  readonly step: Step;
  readonly split: "NONE" | "HOUR" | "CATEGORY" | "BIN";
  /** lower edges of the bins of a histogram; empty where it is none */
  readonly binEdges: Edges;
  /** first local hours of the parts of a day that have an L of their own; empty: the day is one part */
  readonly dayparts: readonly number[];
  /** null: all */
  readonly classes: ReadonlySet<string> | null;
  readonly cells: ReadonlyMap<string, number>;
};

/** Plans of a population by what they are made of. */
export type Plans = { readonly all: ReadonlySet<number> } & Readonly<Record<Statistic, readonly Plan[]>>;

export type Feed = {
  readonly id: string;
  readonly readingTypes: ReadonlySet<string>;
  readonly population: number;
  readonly controller: string;
  readonly clock: Clock;
  readonly city: string;
  readonly timeZone: string;
  readonly bounds: BoundingBox;
  readonly eventDatasets: readonly string[];
  readonly availabilityDatasets: readonly string[];
  /** of the city, any version */
  readonly snapSets: readonly SnapSet[];
  readonly plans: Plans;
};

export type Catalogue = {
  /** epoch ms, from before it was read */
  readonly readAt: number;
  readonly feeds: ReadonlyMap<string, Feed>;
  /** ids `<city>/<slug>` */
  readonly zones: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  /** `streamKey` of the devices that may vouch for accounts on a feed */
  readonly vouchers: ReadonlySet<string>;
};

const FEEDS = statement(new URL("./feeds.sql", import.meta.url));
const PLANS = statement(new URL("./plans.sql", import.meta.url));
const SNAP_SETS = statement(new URL("./snap-sets.sql", import.meta.url));
const VOUCHERS = "SELECT device_id AS device, feed_id AS feed FROM hub.stream_right WHERE vouches";

type FeedRow = {
  feed: string;
  reading_types: string[];
  population: number;
  controller: string;
  lateness_seconds: number;
  skew_seconds: number;
  city: string;
  time_zone: string;
  west: number;
  south: number;
  east: number;
  north: number;
  events: string[];
  availability: string[];
};
export type ZoneRow = { id: string; parent_id: string | null; h3: string | null };
/** Zones by the id of the zone around them. */
export type Within = ReadonlyMap<string, readonly ZoneRow[]>;
type PlanRow = {
  number: number;
  population: number;
  statistic: Statistic;
  step: Step;
  split: Plan["split"];
  classes: string[];
  dayparts: number[];
  bin_edges: number[];
  cells: number[];
  zones: string[];
  kinds: string[];
  h3: string[];
  categories: string[];
};

/** The name of a device's right to a feed. */
export const streamKey = (device: string, feed: string): string => `${device} ${feed}`;

/** The name of a cell within a plan: an H3 index for cells, else a zone id, then hour or category where there is one. */
export const cellKey = (place: string, category = ""): string => (category === "" ? place : `${place} ${category}`);

/** The place of a plan's cell for the city as a whole. */
export const WHOLE_CITY = "*";

/** Reads everything that readings are judged and counted by. */
export async function readCatalogue(hub: Pool, nowMs: number): Promise<Catalogue> {
  const [feeds, plans, zones, models, sets, vouchers] = await Promise.all([
    hub.query<FeedRow>(FEEDS),
    hub.query<PlanRow>(PLANS),
    hub.query<ZoneRow>("SELECT id, parent_id, h3 FROM hub.zone"),
    hub.query<{ version: string }>("SELECT version FROM hub.edge_model"),
    hub.query<SnapSet & { city: string }>(SNAP_SETS),
    hub.query<{ device: string; feed: string }>(VOUCHERS),
  ]);
  const byPopulation = Map.groupBy(plans.rows, (row) => row.population);
  const within = Map.groupBy(zones.rows, (zone) => zone.parent_id ?? "");
  const plansOf = new Map([...byPopulation].map(([population, rows]) => [population, groupPlans(rows, within)]));
  const none = groupPlans([], within);
  const setsOf = Map.groupBy(sets.rows, ({ city }) => city);
  return {
    readAt: nowMs,
    feeds: new Map(
      feeds.rows.map((row) => [row.feed, feedOf(row, plansOf.get(row.population) ?? none, setsOf.get(row.city) ?? [])]),
    ),
    zones: new Set(zones.rows.map(({ id }) => id)),
    models: new Set(models.rows.map(({ version }) => version)),
    vouchers: new Set(vouchers.rows.map(({ device, feed }) => streamKey(device, feed))),
  };
}

function feedOf(row: FeedRow, plans: Plans, snapSets: readonly SnapSet[]): Feed {
  return {
    id: row.feed,
    readingTypes: new Set(row.reading_types),
    population: row.population,
    controller: row.controller,
    clock: { ...DEFAULT_CLOCK, latenessMs: row.lateness_seconds * 1000, skewMs: row.skew_seconds * 1000 },
    city: row.city,
    timeZone: row.time_zone,
    bounds: [row.west, row.south, row.east, row.north],
    eventDatasets: row.events,
    availabilityDatasets: row.availability,
    snapSets,
    plans,
  };
}

function groupPlans(rows: readonly PlanRow[], within: Within): Plans {
  const plans = rows.map((row) => planOf(row, within));
  const of = (statistic: Statistic): Plan[] => plans.filter((plan) => plan.statistic === statistic);
  return {
    all: new Set(plans.map((plan) => plan.number)),
    PRESENCE: of("PRESENCE"),
    OCCUPANCY: of("OCCUPANCY"),
    PASSAGES: of("PASSAGES"),
    DEPARTURES: of("DEPARTURES"),
    ORIGIN_DESTINATION: of("ORIGIN_DESTINATION"),
    COUNTER: of("COUNTER"),
    INCIDENTS: of("INCIDENTS"),
    SPEED: of("SPEED"),
    DWELL: of("DWELL"),
  };
}

function planOf(row: PlanRow, within: Within): Plan {
  const partitions = row.cells.map((cell, index) => ({
    cell,
    zone: row.zones[index] ?? "",
    kind: row.kinds[index] ?? "",
    h3: row.h3[index] ?? "",
    category: row.categories[index] ?? "",
  }));
  return {
    number: row.number,
    statistic: row.statistic,
    step: row.step,
    split: row.split,
    dayparts: row.dayparts,
    binEdges: row.bin_edges,
    classes: row.classes.length === 0 ? null : new Set(row.classes),
    cells: cellsOf(row.statistic, partitions, within),
  };
}

/** A public cell with what is known of its zone; texts are empty where there is none. */
export type Partition = { cell: number; zone: string; kind: string; h3: string; category: string };

/** The cells of a plan by what a reading says of its place: an H3 index for PRESENCE, else a zone id; see `cellKey`. */
export function cellsOf(
  statistic: Statistic,
  partitions: readonly Partition[],
  within: Within,
): ReadonlyMap<string, number> {
  const own = new Set(partitions.map(({ zone }) => zone));
  const cells = new Map<string, number>();
  for (const { cell, zone, kind, h3, category } of partitions) {
    const inner = ROLLS_UP.has(statistic) ? inside(zone, within, own) : [];
    const places = [{ id: zone, h3 }, ...inner].map((one) => {
      if (statistic === "PRESENCE") return one.h3 ?? "";
      return statistic === "DEPARTURES" && kind === "CITY" ? WHOLE_CITY : one.id;
    });
    for (const place of places) if (place !== "") cells.set(cellKey(place, category), cell);
  }
  return cells;
}

/**
 * What is seen in a zone counts for the partition around it, too: a plan by district takes the tracks of its cells and
 * segments, by the hierarchy of the catalogue alone. An occupancy is of its own zone: density is by its area.
 */
const ROLLS_UP: ReadonlySet<Statistic> = new Set(["PRESENCE", "PASSAGES", "SPEED", "DWELL"]);

/** The zones inside a partition, as far down as none is a partition itself. */
function inside(zone: string, within: Within, partitions: ReadonlySet<string>): ZoneRow[] {
  return (within.get(zone) ?? []).flatMap((inner) =>
    partitions.has(inner.id) ? [] : [inner, ...inside(inner.id, within, partitions)],
  );
}
