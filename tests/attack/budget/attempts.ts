import { randomUUID } from "node:crypto";
import { dayBounds, daysOf, windowOf } from "../../../core/time.ts";
import type { Client } from "../../../runtime/postgres.ts";
import { debit } from "../../../workers/release/reserve.ts";
import { number } from "../../support/stage/look.ts";
import { addScene, type Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import type { Crowd } from "../support/crowd.ts";

/** SQLSTATE of a CHECK that refuses. */
const OVERSPENT = "23514";
const ZONE = "Asia/Seoul";
/** Of each plan, in micro-ε: fifty of them are the 1.6 that plans may spend. */
export const EACH = 32_000;

/** How many tried, and for how many the plans' share of a day's budget has room. */
export type Numbers = { readonly releases: number; readonly room: number };
export type Tried = { readonly committed: number; readonly faults: readonly string[] };

/** For how many debits the cap has room, reserve and all. */
export const capRoom = ({ room }: Numbers): number => Math.floor((room * 5) / 4);

/**
 * A population with as many plans as releases are tried, of which it may then spend only `room`, and the reserve is a
 * quarter of that: as after a steward's decision, with the shares of every population (1.6 of 2.0).
 */
export async function crowdedPopulation(stage: Stage, { releases, room }: Numbers, step: string): Promise<Scene> {
  const { hub } = stage;
  const plan = { statistic: "DEPARTURES", step, bound: 1, microEpsilon: EACH, cells: 1 };
  const scene = await addScene(stage, { live: false, plans: [plan], plannedMicro: releases * EACH });
  const first = scene.plans[0] ?? 0;
  const names = Array.from({ length: releases - 1 }, () => randomUUID());
  await hub.query(
    `INSERT INTO hub.dataset SELECT (jsonb_populate_record(d, jsonb_build_object('id', name))).*
       FROM unnest($2::text[]) AS name, hub.dataset d JOIN hub.plan p ON p.dataset_id = d.id WHERE p.number = $1`,
    [first, names],
  );
  const { rows } = await hub.query<{ number: number }>(
    `INSERT INTO hub.plan SELECT (jsonb_populate_record(p, jsonb_build_object('dataset_id', name,
         'number', nextval('hub.plan_number_seq')))).* FROM unnest($2::text[]) AS name, hub.plan p WHERE p.number = $1
     RETURNING number`,
    [first, names],
  );
  const more = rows.map((row) => row.number);
  await hub.query(
    `INSERT INTO hub.partition SELECT (jsonb_populate_record(q, jsonb_build_object('plan_number', n))).*
       FROM unnest($2::integer[]) AS n, hub.partition q WHERE q.plan_number = $1`,
    [first, more],
  );
  await hub.query("UPDATE hub.population SET cap_micro = $2, planned_micro = $3 WHERE number = $1", [
    scene.population,
    (room * EACH * 5) / 4,
    room * EACH,
  ]);
  return { ...scene, plans: [first, ...more] };
}

/** What a day's row of the ledger says, in micro-ε; NaN where that is not the sum of its debits. */
export async function spent({ hub }: Stage, scene: Scene, day: string): Promise<number> {
  const of = [scene.population, day];
  const kept = await number(
    hub,
    "SELECT spent_micro AS n FROM ledger.population_day WHERE population = $1 AND day = $2",
    of,
  );
  const summed = await number(
    hub,
    "SELECT coalesce(sum(epsilon_micro), 0) AS n FROM ledger.debit WHERE population = $1 AND day = $2",
    of,
  );
  return kept === summed ? kept : Number.NaN;
}

/** Reserves the slot of a plan's first hour of a day, and fills it or gives it up. */
async function fill(client: Client, plan: number, day: string, how: "commit" | "abandon"): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO ledger.slot (id, plan, window_start, window_end)
     SELECT gen_random_uuid(), $1, at, at + interval '1 hour' FROM (SELECT $2::date::timestamp AT TIME ZONE $3) AS d (at)
     RETURNING id`,
    [plan, day, ZONE],
  );
  const id = rows[0]?.id;
  await client.query("INSERT INTO ledger.slot_debit (slot, plan, day) VALUES ($1, $2, $3)", [id, plan, day]);
  if (how === "commit") await client.query("SELECT open.commit_slot($1, '{1}', '{7}', '{f}')", [id]);
  else await client.query("SELECT open.abandon_slot($1)", [id]);
}

const count = (answers: readonly (string | null)[]): Tried => ({
  committed: answers.filter((answer) => answer === null).length,
  faults: [...new Set(answers)].filter((answer) => answer !== null && answer !== OVERSPENT) as string[],
});

/**
 * Every connection releases a plan of its own: debit, slot and values in one transaction. Every second one says that it
 * costs a millionth and belongs to nobody, as a worker that is not ours could.
 */
export async function releaseAll(crowd: Crowd, scene: Scene, day: string): Promise<Tried> {
  const answers = await crowd.race(async (client, index) => {
    const plan = scene.plans[index] ?? 0;
    if (index % 2 === 0) await debit(client, [plan], [day]);
    else {
      await client.query(
        "INSERT INTO ledger.debit (plan, day, population, epsilon_micro, nano_rho) VALUES ($1, $2, 0, 1, 1)",
        [plan, day],
      );
    }
    await fill(client, plan, day, "commit");
  });
  return count(answers);
}

/**
 * Every connection asks for the same plan and day, of which another plan was debited before: the first has it and is
 * slow to commit, all others ask meanwhile.
 */
export async function debitOne({ hub }: Stage, crowd: Crowd, scene: Scene, day: string): Promise<Tried> {
  const [plan = 0, other = 0] = scene.plans;
  await debit(hub, [other], [day]);
  const first = Promise.withResolvers<void>();
  return count(
    await crowd.race(async (client, index) => {
      if (index > 0) await first.promise;
      await debit(client, [plan], [day]);
      first.resolve();
      if (index === 0) await client.query("SELECT pg_sleep(0.05)");
    }),
  );
}

/** All of the day's room is debited and its slots are given up; then the others try. Answers who of them gets in. */
export async function abandonAndRetry({ hub }: Stage, crowd: Crowd, scene: Scene, day: string): Promise<Tried> {
  await crowd.race(async (client, index) => {
    const plan = scene.plans[index] ?? 0;
    await debit(client, [plan], [day]);
    await fill(client, plan, day, "abandon");
  });
  const { rows } = await hub.query<{ plan: number }>("SELECT plan FROM ledger.debit WHERE day = $1", [day]);
  const had = new Set(rows.map(({ plan }) => plan));
  const left = scene.plans.filter((plan) => !had.has(plan));
  const answers = await crowd.race(async (client, index) => {
    const plan = left[index];
    if (plan !== undefined) await debit(client, [plan], [day]);
  });
  return count(answers.slice(0, left.length));
}

/** Windows of the month of `day`, on which there is less room than on its other days. Answers who gets all its days. */
export async function debitMonths(
  { hub }: Stage,
  crowd: Crowd,
  scene: Scene,
  day: string,
  narrowRoom: number,
): Promise<Tried & { days: string[] }> {
  await hub.query(
    "INSERT INTO ledger.population_day (population, day, cap_micro, planned_micro) VALUES ($1, $2, $3, $3)",
    [scene.population, day, narrowRoom * EACH],
  );
  const days = daysOf(windowOf(dayBounds(day, ZONE).from, "P1M", ZONE), ZONE);
  const answers = await crowd.race((client, index) => debit(client, [scene.plans[index] ?? 0], days));
  return { ...count(answers), days };
}

/** Whether a month's slot may stand on the debit of its first day alone: the database must refuse it (MD011). */
export async function underpaidMonth(crowd: Crowd, scene: Scene, day: string): Promise<boolean> {
  const plan = scene.plans[0] ?? 0;
  const { from, to } = windowOf(dayBounds(day, ZONE).from, "P1M", ZONE);
  const [first] = daysOf({ from, to }, ZONE);
  const answers = await crowd.race(async (client, index) => {
    if (index > 0) return;
    await debit(client, [plan], [first ?? ""]);
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO ledger.slot (id, plan, window_start, window_end)
       VALUES (gen_random_uuid(), $1, to_timestamp($2), to_timestamp($3)) RETURNING id`,
      [plan, from / 1000, to / 1000],
    );
    await client.query("INSERT INTO ledger.slot_debit (slot, plan, day) VALUES ($1, $2, $3)", [
      rows[0]?.id,
      plan,
      first,
    ]);
  });
  return answers[0] === null;
}
