import { createHash, randomUUID } from "node:crypto";
import { nanoRho, planMechanism } from "../../../core/ledger/budget.ts";
import { halfWidth } from "../../../core/privacy/interval.ts";
import { rowOf } from "../../../core/privacy/mechanism.ts";
import type { Stage } from "./stage.ts";

/** A plan of a scene; what is not named is what a small dense plan has. */
export type PlanWish = {
  statistic: string;
  step: string;
  bound: number;
  /** L by parts of the day: [first local hour, L] */
  dayparts?: readonly (readonly [fromHour: number, bound: number])[];
  microEpsilon: number;
  /** δ of a Gaussian plan, 1e-12 */
  picoDelta?: number;
  /** public cells 1 … n */
  cells: number;
  threshold?: number;
  scheduleSeconds?: number;
  /** by cell, from 1: whose heartbeat counts; none: any device of the population */
  watchedBy?: (cell: number) => string | null;
};

export type Scene = { population: number; slug: string; device: string; feed: string; plans: number[] };

/**
 * A city with one population of its own, its plans, a feed and a device.
 * @param wish.live false: the population lives from backfills alone
 * @param wish.plannedMicro what its plans may spend of a day and its cap, in micro-ε; as every population without it
 */
export async function addScene(
  { hub }: Stage,
  wish: { timeZone?: string; live?: boolean; plans: PlanWish[]; devices?: string[]; plannedMicro?: number },
): Promise<Scene> {
  const slug = `scene-${randomUUID().slice(0, 8)}`;
  const { timeZone = "Asia/Seoul", live = true } = wish;
  await hub.query(
    `INSERT INTO hub.city (id, name_ko, name_en, time_zone, west, south, east, north, is_synthetic)
     VALUES ($1, $1, $1, $2, 126, 35, 127, 36, true)`,
    [slug, timeZone],
  );
  const organization = randomUUID();
  await hub.query("INSERT INTO hub.organization (id, slug, name_ko, name_en) VALUES ($1, $2, $2, $2)", [
    organization,
    slug,
  ]);
  await hub.query(
    `INSERT INTO hub.zone (id, city_id, slug, kind, name_ko, name_en, geometry, longitude, latitude, collection_basis)
     VALUES ($1 || '/all', $1, 'all', 'CITY', 'all', 'all', '{}', 126.5, 35.5, 'PUBLIC_NOTICE')`,
    [slug],
  );
  const population = await hub.query<{ number: number }>(
    `INSERT INTO hub.population (slug, city_id, controller_id, unit, typical_units, cap_micro, planned_micro)
     VALUES ($1, $1, $2, 'TRACK_DAY', 3, coalesce($3, 2000000), coalesce($3, 1600000)) RETURNING number`,
    [slug, organization, wish.plannedMicro ?? null],
  );
  const number = population.rows[0]?.number ?? 0;
  await hub.query(
    `INSERT INTO hub.feed (id, population_number, reading_types, heartbeat_seconds, is_synthetic) VALUES ($1, $2, '{track}', 60, true)`,
    [`${slug}-feed`, number],
  );
  for (const device of [`${slug}-device`, ...(wish.devices ?? []).map((name) => `${slug}-${name}`)]) {
    await hub.query(
      `INSERT INTO hub.device (id, city_id, organization_id, kind, is_synthetic) VALUES ($1, $2, $3, $4, true)`,
      [device, slug, organization, live ? "SMART_POLE" : "BACKFILL"],
    );
    await hub.query("INSERT INTO hub.stream_right (device_id, feed_id) VALUES ($1, $2)", [device, `${slug}-feed`]);
  }
  const plans: number[] = [];
  for (const [index, plan] of wish.plans.entries())
    plans.push(await addPlan(hub, slug, organization, number, index, plan));
  return { population: number, slug, device: `${slug}-device`, feed: `${slug}-feed`, plans };
}

async function addPlan(
  hub: Stage["hub"],
  slug: string,
  organization: string,
  population: number,
  index: number,
  plan: PlanWish,
): Promise<number> {
  const dataset = `${slug}-${index}`;
  await hub.query(
    `INSERT INTO hub.dataset (id, city_id, organization_id, kind, domain, layer, tier, title_ko, title_en, description_ko,
       description_en, keywords, is_synthetic, licence_name, attribution, retention_days)
     VALUES ($1, $2, $3, 'NOISED', 'CROWD', 'L1_SITE', 'OPEN', 'x', 'x', 'x', 'x', '{}', true, 'x', 'x', 1)`,
    [dataset, slug, organization],
  );
  await hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) VALUES ($1, 'OPEN')", [dataset]);
  const { picoDelta = 0 } = plan;
  const cost = { dataset, contributions: plan.bound, microEpsilon: plan.microEpsilon, picoDelta };
  const mechanism = planMechanism(cost);
  const noise = rowOf(mechanism);
  const { rows } = await hub.query<{ number: number }>(
    `INSERT INTO hub.plan (dataset_id, version, population_number, statistic, step, classes, bound, epsilon_micro, nano_rho,
       scale_numerator, scale_denominator, half_width_95, threshold, additive, schedule_seconds, active_from, daypart_hours,
       daypart_bounds, mechanism, delta_pico)
     VALUES ($1, 1, $2, $3, $4, '{}', $5, $6, $7, $8, $9, $15, $10, $11, $12, '2000-01-01', $13, $14, $16, $17)
     RETURNING number`,
    [
      dataset,
      population,
      plan.statistic,
      plan.step,
      plan.bound,
      plan.microEpsilon,
      nanoRho(cost),
      noise.n,
      noise.d,
      plan.threshold ?? null,
      plan.threshold === undefined,
      plan.scheduleSeconds ?? 60,
      (plan.dayparts ?? []).map(([fromHour]) => fromHour),
      (plan.dayparts ?? []).map(([, bound]) => bound),
      halfWidth(mechanism),
      noise.mechanism,
      picoDelta,
    ],
  );
  const number = rows[0]?.number ?? 0;
  for (let cell = 1; cell <= plan.cells; cell++) {
    const watchedBy = plan.watchedBy?.(cell) ?? null;
    await hub.query(`INSERT INTO hub.partition (plan_number, cell, zone_id, device_id) VALUES ($1, $2, $3, $4)`, [
      number,
      cell,
      `${slug}/all`,
      watchedBy === null ? null : `${slug}-${watchedBy}`,
    ]);
  }
  return number;
}

/** Declares a backfill of a population. */
export async function declareBackfill(
  { hub }: Stage,
  scene: Scene,
  firstDay: string,
  lastDay: string,
): Promise<string> {
  const id = randomUUID();
  await hub.query(
    `INSERT INTO hub.backfill (id, city_id, population_number, file_sha256, first_day, last_day) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, scene.slug, scene.population, id, firstDay, lastDay],
  );
  return id;
}

/** A batch as the intake acknowledges it. */
export async function addBatch(
  { edge }: Stage,
  scene: Scene,
  batch: { day: string; backfill?: string; receivedAt?: number; state?: string; endsDay?: boolean },
): Promise<string> {
  const id = randomUUID();
  await edge.query(
    `INSERT INTO edge.batch (id, population, feed, device, key_day, backfill, ends_day, received_at, readings, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, clock_timestamp()), 1, $9)`,
    [
      id,
      scene.population,
      scene.feed,
      scene.device,
      batch.day,
      batch.backfill ?? null,
      batch.endsDay ?? false,
      batch.receivedAt === undefined ? null : new Date(batch.receivedAt),
      batch.state ?? "PENDING",
    ],
  );
  return id;
}

/** What ingest does with the end-of-day marker: every batch of the day is processed, and so is the marker. */
export async function endDay({ edge }: Stage, scene: Scene, day: string): Promise<void> {
  await edge.query("UPDATE edge.batch SET state = 'DONE' WHERE population = $1 AND key_day = $2", [
    scene.population,
    day,
  ]);
  await edge.query("UPDATE edge.population_day SET ended_at = now() WHERE population = $1 AND day = $2", [
    scene.population,
    day,
  ]);
}

export type Contribution = { plan: number; window: number; cell: number; unit: string; stratum?: number };

export const pseudonym = (unit: string): Buffer => createHash("sha256").update(unit).digest().subarray(0, 16);

/** Contributions of a day, as ingest writes them. */
export async function contribute({ edge }: Stage, day: string, rows: readonly Contribution[]): Promise<void> {
  await edge.query(
    `INSERT INTO edge.contribution (day, plan, window_start, cell, stratum, pseudonym)
     SELECT $1, p, to_timestamp(w / 1000.0), c, s, u
       FROM unnest($2::integer[], $3::float8[], $4::bigint[], $5::smallint[], $6::bytea[]) AS r (p, w, c, s, u)
     ON CONFLICT DO NOTHING`,
    [
      day,
      rows.map((row) => row.plan),
      rows.map((row) => row.window),
      rows.map((row) => row.cell),
      rows.map((row) => row.stratum ?? 0),
      rows.map((row) => pseudonym(row.unit)),
    ],
  );
}

/** Heartbeats of a device at these instants (epoch ms). */
export async function beat({ edge }: Stage, scene: Scene, device: string, at: readonly number[]): Promise<void> {
  await edge.query(
    `INSERT INTO edge.heartbeat (device, feed, at) SELECT $1, $2, to_timestamp(a / 1000.0) FROM unnest($3::float8[]) AS a
     ON CONFLICT DO NOTHING`,
    [device, scene.feed, at],
  );
}

/** What a restore of the hub from before their release does to the slots of a plan. */
export async function loseReleases({ hub }: Stage, plan: number): Promise<void> {
  await hub.query("DELETE FROM open.observation WHERE plan = $1", [plan]);
  await hub.query("DELETE FROM open.release WHERE plan = $1", [plan]);
  await hub.query("DELETE FROM ledger.slot_debit WHERE plan = $1", [plan]);
  await hub.query("DELETE FROM ledger.slot WHERE plan = $1", [plan]);
}
