import { randomBytes } from "node:crypto";
import { cell, cellPolygon } from "../../core/geo/cell.ts";
import type { H3Cell } from "../../core/ids.ts";
import { binName, binsOf } from "../../core/privacy/bins.ts";
import { halfWidth } from "../../core/privacy/interval.ts";
import type { Scale } from "../../core/privacy/laplace.ts";
import { laplace } from "../../core/privacy/mechanism.ts";
import type { Step } from "../../core/time.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { type Identity, makeDeviceKey } from "./device.ts";
import { CENTRE, MODEL } from "./readings.ts";

/** A place of the test city. Every place lies at its centre unless it says where. */
export type TestZone = { slug: string; kind: "CELL" | "PLAZA" | "SEGMENT"; at?: readonly [number, number] };

export type TestPlan = {
  /** Last part of the dataset's slug. */
  name: string;
  statistic: "PRESENCE" | "OCCUPANCY" | "PASSAGES" | "SPEED" | "DWELL";
  step: Step;
  bound: number;
  epsilonMicro: number;
  /** Slugs of its partitions, in the order of their cells from 1. */
  zones: readonly string[];
  classes?: readonly string[];
  /** Of a histogram: each zone has a cell for each bin, in order. */
  binEdges?: readonly number[];
  graceSeconds?: number;
};

export type CitySpec = {
  timeZone: string;
  zones: readonly TestZone[];
  plans: readonly TestPlan[];
  /** What its population counts. */
  unit?: "TRACK_DAY" | "VEHICLE_DAY";
};

export type TestCity = {
  slug: string;
  feed: string;
  organization: string;
  population: number;
  /** By name: number in the hub, dataset and scale of the noise. */
  plans: Record<string, { number: number; dataset: string; scale: Scale }>;
};

/** A token of small letters: digits might look like a number plate. */
export const token = (): string => [...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");

/** A zone of the tz database in which it is about noon now: no test then depends on the hour it runs at. */
export function noonZone(now = Date.now()): string {
  const offset = 12 - new Date(now).getUTCHours();
  return offset === 0 ? "Etc/GMT" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

/** The cell that the test city's persons are seen in. */
export const CELL: H3Cell = cell(CENTRE[0], CENTRE[1], 9);

/** One cell, one plan, one count a person and hour; noise as small as the budget allows. */
export const presence = (graceSeconds = 60): Pick<CitySpec, "zones" | "plans"> => ({
  zones: [{ slug: "cell", kind: "CELL" }],
  plans: [
    {
      name: "flow",
      statistic: "PRESENCE",
      step: "PT1H",
      bound: 1,
      epsilonMicro: 1_600_000,
      zones: ["cell"],
      graceSeconds,
    },
  ],
});

/** t = L/ε in lowest terms. */
export function scaleOf(bound: number, epsilonMicro: number): Scale {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  const common = gcd(bound * 1_000_000, epsilonMicro);
  return { n: (bound * 1_000_000) / common, d: epsilonMicro / common };
}

/** Makes a city with one population, one feed and its plans, so that a test shares nothing with another. */
export async function makeCity(hub: Pool, spec: CitySpec): Promise<TestCity> {
  const slug = `test-${token()}`;
  const insert = async <T>(sql: string, values: unknown[]): Promise<T> => {
    const { rows } = await hub.query({ text: sql, values, rowMode: "array" });
    return (rows as unknown[][])[0]?.[0] as T;
  };
  const organization = await insert<string>(
    `INSERT INTO hub.organization (slug, name_ko, name_en) VALUES ($1, '시험', 'Test') RETURNING id`,
    [slug],
  );
  await insert(
    `INSERT INTO hub.city (id, name_ko, name_en, time_zone, west, south, east, north, is_synthetic)
     VALUES ($1, '시험', 'Test', $2, $3, $4, $5, $6, true)`,
    [slug, spec.timeZone, CENTRE[0] - 0.1, CENTRE[1] - 0.1, CENTRE[0] + 0.1, CENTRE[1] + 0.1],
  );
  await insert(
    `INSERT INTO hub.threshold_version (city_id, version, approaching, caution, alert, serious, valid_from)
     VALUES ($1, 1, 300, 400, 500, 600, '2000-01-01')`,
    [slug],
  );
  for (const zone of spec.zones) await insertZone(hub, slug, zone);
  await insert(
    `INSERT INTO hub.edge_model (version, organization_id, purpose_ko, purpose_en, training_data, known_bias, human_role)
     VALUES ($1, $2, '시험', 'test', 'none', 'none', 'none') ON CONFLICT DO NOTHING`,
    [MODEL, organization],
  );
  const population = await insert<number>(
    `INSERT INTO hub.population (slug, city_id, controller_id, unit, typical_units)
     VALUES ($1, $2, $3, $4, 1) RETURNING number`,
    [slug, slug, organization, spec.unit ?? "TRACK_DAY"],
  );
  await insert(
    `INSERT INTO hub.feed (id, population_number, reading_types, heartbeat_seconds, is_synthetic)
     VALUES ($1, $2, '{heartbeat,track}', 60, true)`,
    [slug, population],
  );
  const plans: TestCity["plans"] = {};
  for (const plan of spec.plans) plans[plan.name] = await insertPlan(hub, { slug, organization, population }, plan);
  return { slug, feed: slug, organization, population, plans };
}

async function insertZone(hub: Pool, city: string, { slug, kind, at = CENTRE }: TestZone): Promise<void> {
  const h3 = kind === "CELL" ? cell(at[0], at[1], 9) : null;
  const geometry = h3 === null ? { type: "Point", coordinates: at } : cellPolygon(h3);
  await hub.query(
    `INSERT INTO hub.zone (id, city_id, slug, kind, name_ko, name_en, geometry, longitude, latitude, area_m2, h3, collection_basis)
     VALUES ($1, $2, $3, $4, $3, $3, $5, $6, $7, 2000, $8, 'PUBLIC_NOTICE')`,
    [`${city}/${slug}`, city, slug, kind, JSON.stringify(geometry), at[0], at[1], h3],
  );
}

async function insertPlan(
  hub: Pool,
  city: { slug: string; organization: string; population: number },
  plan: TestPlan,
): Promise<TestCity["plans"][string]> {
  const dataset = `${city.slug}-${plan.name}`;
  const scale = scaleOf(plan.bound, plan.epsilonMicro);
  const epsilon = plan.epsilonMicro / 1e6;
  await hub.query(
    `INSERT INTO hub.dataset (id, city_id, organization_id, kind, domain, layer, tier, title_ko, title_en, description_ko,
       description_en, keywords, is_synthetic, licence_name, attribution, retention_days)
     VALUES ($1, $2, $3, 'NOISED', $4, 'L1_SITE', 'OPEN', '시험', 'Test', '시험', 'Test', '{}', true, 'CC0', 'Test', 1)`,
    [dataset, city.slug, city.organization, plan.statistic === "PASSAGES" ? "MOBILITY" : "CROWD"],
  );
  await hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) VALUES ($1, 'OPEN')", [dataset]);
  await hub.query(`INSERT INTO hub."_DatasetToFeed" ("A", "B") VALUES ($1, $2)`, [dataset, city.slug]);
  const { rows } = await hub.query<{ number: number }>(
    `INSERT INTO hub.plan (dataset_id, version, population_number, statistic, step, classes, bound, epsilon_micro, nano_rho,
       scale_numerator, scale_denominator, half_width_95, grace_seconds, schedule_seconds, split, bin_edges)
     VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14) RETURNING number`,
    [
      dataset,
      city.population,
      plan.statistic,
      plan.step,
      plan.classes ?? ["PERSON"],
      plan.bound,
      plan.epsilonMicro,
      Math.ceil((epsilon * epsilon * 1e9) / (2 * plan.bound)),
      scale.n,
      scale.d,
      halfWidth(laplace(scale.n, scale.d)),
      plan.graceSeconds ?? 60,
      plan.binEdges === undefined ? "NONE" : "BIN",
      plan.binEdges ?? [],
    ],
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error("no plan was made");
  const categories = plan.binEdges === undefined ? [null] : binsOf(plan.binEdges).map(binName);
  const cells = plan.zones.flatMap((zone) => categories.map((category) => ({ zone, category })));
  await hub.query(
    `INSERT INTO hub.partition (plan_number, cell, zone_id, category)
     SELECT $1, ordinality, $2 || '/' || slug, category
       FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS z (slug, category, ordinality)`,
    [number, city.slug, cells.map(({ zone }) => zone), cells.map(({ category }) => category)],
  );
  return { number, dataset, scale };
}

/** Registers a device of the city's feed, as `npm run device -- add` does. */
export async function addDevice(hub: Pool, city: TestCity, kind = "SMART_POLE"): Promise<Identity> {
  const device = `${city.slug}-${token()}`;
  const { privateKey, publicKey } = makeDeviceKey();
  await hub.query(
    `INSERT INTO hub.device (id, city_id, organization_id, kind, is_synthetic) VALUES ($1, $2, $3, $4, true)`,
    [device, city.slug, city.organization, kind],
  );
  await hub.query(`INSERT INTO hub.device_key (key_id, device_id, public_key) VALUES ($1, $2, $3)`, [
    `${device}-key`,
    device,
    publicKey,
  ]);
  await hub.query(`INSERT INTO hub.stream_right (device_id, feed_id) VALUES ($1, $2)`, [device, city.feed]);
  return { device, feed: city.feed, keyid: `${device}-key`, privateKey };
}

/** Declares a past period of the city (rule P19). */
export async function declareBackfill(
  hub: Pool,
  city: TestCity,
  firstDay: string,
  lastDay = firstDay,
): Promise<string> {
  const { rows } = await hub.query<{ id: string }>(
    `INSERT INTO hub.backfill (id, city_id, population_number, file_sha256, first_day, last_day)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5) RETURNING id`,
    [city.slug, city.population, randomBytes(32).toString("hex"), firstDay, lastDay],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("no backfill was declared");
  return id;
}
