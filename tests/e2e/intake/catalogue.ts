import { halfWidth } from "../../../core/privacy/interval.ts";
import { laplace } from "../../../core/privacy/mechanism.ts";
import type { Pool } from "../../../runtime/postgres.ts";
import { makeCity, noonZone, scaleOf, type TestCity } from "../../support/city.ts";
import { CENTRE } from "../../support/readings.ts";

type PlanSpec = {
  name: string;
  statistic: string;
  step: string;
  split?: string;
  binEdges?: readonly number[];
  cells: [string, string | null][];
};

const PLANS: readonly PlanSpec[] = [
  { name: "hourly", statistic: "DEPARTURES", step: "PT1H", cells: [["whole", null]] },
  { name: "stations", statistic: "DEPARTURES", step: "P1D", cells: [["one", null]] },
  {
    name: "hours",
    statistic: "DEPARTURES",
    step: "P1M",
    split: "HOUR",
    cells: Array.from({ length: 24 }, (_, hour) => ["one", String(hour).padStart(2, "0")]),
  },
  {
    name: "pairs",
    statistic: "ORIGIN_DESTINATION",
    step: "P1M",
    cells: [
      ["one", null],
      ["two", null],
    ],
  },
  { name: "counter", statistic: "COUNTER", step: "PT1H", cells: [["sensor", null]] },
  { name: "kinds", statistic: "INCIDENTS", step: "P1D", split: "CATEGORY", cells: [["area", "ASSAULT"]] },
  // By area: what is seen on the road within it counts for it.
  {
    ...{ name: "speeds", statistic: "SPEED", step: "PT1H", split: "BIN", binEdges: [0, 200, 400] },
    cells: ["0-200", "200-400", "400-"].map((bin) => ["area", bin]),
  },
  {
    ...{ name: "dwell", statistic: "DWELL", step: "P1D", split: "BIN", binEdges: [0, 600] },
    cells: ["0-600", "600-"].map((bin) => ["road", bin]),
  },
];
const ZONES = { whole: "CITY", one: "STATION", two: "STATION", sensor: "STATION", area: "AREA", road: "SEGMENT" };

/**
 * A city whose one feed carries every type of reading, with a plan for every statistic but flow and crowd. Live windows
 * stay open for hours, so that a test may bring what is past.
 */
export async function makeFullCity(hub: Pool): Promise<TestCity> {
  const city = await makeCity(hub, { timeZone: noonZone(), zones: [], plans: [] });
  await hub.query("UPDATE hub.feed SET reading_types = $2 WHERE id = $1", [
    city.feed,
    ["heartbeat", "track", "trip", "count", "availability", "incident", "event"],
  ]);
  for (const [slug, kind] of Object.entries(ZONES)) {
    await hub.query(
      `INSERT INTO hub.zone (id, city_id, slug, kind, name_ko, name_en, geometry, longitude, latitude, collection_basis)
       VALUES ($1 || '/' || $2, $1, $2, $3, $2, $2, $4, $5, $6, 'PUBLIC_NOTICE')`,
      [city.slug, slug, kind, JSON.stringify({ type: "Point", coordinates: CENTRE }), ...CENTRE],
    );
  }
  await hub.query("UPDATE hub.zone SET parent_id = $1 || '/area' WHERE id = $1 || '/road'", [city.slug]);
  await makeDataset(hub, city, "things", "EVENTS");
  await makeDataset(hub, city, "docks", "AVAILABILITY");
  for (const plan of PLANS) await makePlan(hub, city, plan);
  return city;
}

async function makeDataset(hub: Pool, city: TestCity, name: string, kind: string): Promise<string> {
  const id = `${city.slug}-${name}`;
  await hub.query(
    `INSERT INTO hub.dataset (id, city_id, organization_id, kind, domain, layer, tier, title_ko, title_en, description_ko,
       description_en, bias_statement_ko, bias_statement_en, keywords, is_synthetic, licence_name, attribution, retention_days)
     VALUES ($1, $2, $3, $4, 'MOBILITY', 'L1_SITE', 'OPEN', '시험', 'Test', '시험', 'Test', '시험', 'Test', '{}', true, 'CC0', 'Test', 1)`,
    [id, city.slug, city.organization, kind],
  );
  await hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) VALUES ($1, 'OPEN')", [id]);
  await hub.query(`INSERT INTO hub."_DatasetToFeed" ("A", "B") VALUES ($1, $2)`, [id, city.feed]);
  return id;
}

async function makePlan(
  hub: Pool,
  city: TestCity,
  { name, statistic, step, split, binEdges, cells }: PlanSpec,
): Promise<void> {
  const dataset = await makeDataset(hub, city, name, "NOISED");
  const epsilon = 200_000;
  const scale = scaleOf(1, epsilon);
  const { rows } = await hub.query<{ number: number }>(
    `INSERT INTO hub.plan (dataset_id, version, population_number, statistic, step, split, classes, bound, epsilon_micro,
       nano_rho, scale_numerator, scale_denominator, half_width_95, threshold, additive, schedule_seconds, grace_seconds, bin_edges)
     VALUES ($1, 1, $2, $3, $4, $5, '{}', 1, $6, 20000000, $7, $8, $12, $9, $10, 1, 21600, $11) RETURNING number`,
    [
      ...[dataset, city.population, statistic, step, split ?? "NONE", epsilon, scale.n, scale.d],
      ...(statistic === "ORIGIN_DESTINATION" ? [12, false] : [null, true]),
      binEdges ?? [],
      halfWidth(laplace(scale.n, scale.d)),
    ],
  );
  const number = rows[0]?.number ?? 0;
  await hub.query(
    `INSERT INTO hub.partition (plan_number, cell, zone_id, category)
     SELECT $1, ordinality, $2 || '/' || slug, category
       FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS p (slug, category, ordinality)`,
    [number, city.slug, cells.map(([slug]) => slug), cells.map(([, category]) => category)],
  );
  city.plans[name] = { number, dataset, scale };
}
