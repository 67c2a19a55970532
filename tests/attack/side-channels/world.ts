import { randomBytes } from "node:crypto";
import { dayBounds, windowOf } from "../../../core/time.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { callLocal } from "../../../runtime/unix-http.ts";
import type { LogSigner } from "../../../workers/background/log-signer.ts";
import { sequence } from "../../../workers/background/sequence.ts";
import { openLogSigner } from "../../../workers/keyring/log-signer.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { addDevice, type CitySpec, declareBackfill, makeCity } from "../../support/city.ts";
import { value } from "../../support/databases.ts";
import { openContext } from "../../support/stage/context.ts";
import { ending, openHouse } from "../../support/stage/house.ts";
import { addBatch, beat, contribute, endDay, type Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { until } from "../../support/wait.ts";
import { readable, type Told } from "./readable.ts";
import { surface } from "./surface.ts";

const ZONE = "Asia/Seoul";
const HOUR = 3_600_000;
/** The last day of a month, so that the month is released with it. */
const DAY = "2026-08-31";
const { from: MIDNIGHT } = dayBounds(DAY, ZONE);
const MONTH = windowOf(MIDNIGHT, "P1M", ZONE).from;
export const SCHEDULE_SECONDS = 10;

const PLACES = ["a-square", "b-square", "c-square"];
const SPEC: CitySpec = {
  timeZone: ZONE,
  zones: PLACES.map((slug) => ({ slug, kind: "PLAZA" })),
  plans: [
    { name: "flow", statistic: "PRESENCE", step: "PT1H", bound: 2, epsilonMicro: 600_000, zones: PLACES },
    { name: "crowd", statistic: "OCCUPANCY", step: "PT10M", bound: 6, epsilonMicro: 600_000, zones: PLACES },
    { name: "month", statistic: "PASSAGES", step: "P1M", bound: 1, epsilonMicro: 200_000, zones: PLACES },
  ],
};

/** What an outsider can learn of one world, and what an insider knows of it. */
export type World = {
  /** Rows that the release made readable for the API's role, by table, and what the front door says. */
  readonly told: Told;
  /** Every line that the release worker wrote, with its numbers. */
  readonly log: readonly string[];
  readonly exact: string;
};

/**
 * Releases a day of a city that is the same in every world but for its units: a few, or a thousand more in many batches, with
 * rows refused, quarantined, late and beyond L.
 */
export async function makeWorld(stage: Stage, units: number): Promise<World> {
  const lines: string[] = [];
  const house = await openHouse({ log: "info", onOutput: (text) => lines.push(...text.split("\n")) });
  try {
    const city = await makeCity(stage.hub, SPEC);
    const plans = SPEC.plans.map(({ name }) => city.plans[name]?.number ?? 0);
    await stage.hub.query("UPDATE hub.plan SET schedule_seconds = $1", [SCHEDULE_SECONDS]);
    const { device } = await addDevice(stage.hub, city, "BACKFILL");
    const scene: Scene = { population: city.population, slug: city.slug, device, feed: city.feed, plans };
    const before = await readable(stage, city.slug);
    const backfill = await declareBackfill(stage.hub, city, DAY);
    await addBatch(stage, scene, { day: DAY, backfill });
    await callLocal(house.publicSocket, "POST", "/public-key", {
      population: city.population,
      day: DAY,
      backfill: true,
    });
    const context = openContext(stage.addresses("madang_release"));
    await workDay(context, city.population, DAY);
    await context.close();
    await beat(
      stage,
      scene,
      device,
      Array.from({ length: 288 }, (_, n) => MIDNIGHT + n * (HOUR / 12)),
    );
    await bring(stage, scene, units);
    await endDay(stage, scene, DAY);
    const worker = house.release(stage.addresses("madang_release"));
    const released = "SELECT count(*) FROM open.published_release";
    await until("all is published", async () => (await value<number>(stage.hub, released)) === 24 + 144 + 1, {
      limitMs: 90_000,
    });
    // In order, so that its last lines are written.
    worker.kill("SIGTERM");
    await ending(worker);
    await signLog(stage, house.home);
    const url = await house.front(stage.addresses("madang_api").hub);
    const after = await readable(stage, city.slug);
    const told: Told = new Map(
      [...after].map(([table, rows]) => [table, rows.filter((row) => !before.get(table)?.includes(row))]),
    );
    for (const [name, text] of await surface(url, city.slug)) told.set(name, [text]);
    const exact =
      "SELECT json_agg(json_build_array(plan, contributions, bounded_away) ORDER BY plan)::text FROM edge.day_report";
    return { told, log: eventsOf(lines), exact: await value<string>(stage.edge, exact) };
  } finally {
    await house.close();
  }
}

/** Has the day's releases signed into the transparency log, as the background worker does. */
async function signLog(stage: Stage, home: string): Promise<void> {
  const hub = createPool(stage.addresses("madang_background").hub, { name: "log" });
  const key = openLogSigner(home);
  const signer: LogSigner = {
    read: async () => key.read(),
    open: async (origin) => key.open(origin),
    sign: async (head, proof) => key.sign(head, proof),
  };
  const run = () => sequence(hub, signer, { origin: "hub.example/log", batchSeconds: SCHEDULE_SECONDS });
  await until("the releases are in the log", async () => (await run()).size >= 24 + 144 + 1, { everyMs: 500 });
  await hub.end();
}

/** Contributions of units that go about the places and hours, half of them more often than L; and batches with faults. */
async function bring(stage: Stage, scene: Scene, units: number): Promise<void> {
  const [flow = 0, crowd = 0, month = 0] = scene.plans;
  const rows = Array.from({ length: units }, (_, n) => {
    const hours = Array.from({ length: 1 + (n % 6) }, (_, more) => (n + more) % 24);
    return [
      ...hours.map((hour) => ({ plan: flow, window: MIDNIGHT + hour * HOUR, cell: 1 + (n % 3), unit: `${n}` })),
      ...hours.map((hour) => ({ plan: crowd, window: MIDNIGHT + hour * HOUR, cell: 1 + (n % 3), unit: `${n}` })),
      { plan: month, window: MONTH, cell: 1 + (n % 3), unit: `${n}` },
    ];
  }).flat();
  await contribute(stage, DAY, rows);
  for (let n = 0; n < units; n += 40) {
    const batch = await addBatch(stage, scene, { day: DAY, state: "DONE" });
    await stage.edge.query("UPDATE edge.batch SET accepted = 30, rejected = 10, repeated = 5 WHERE id = $1", [batch]);
    await stage.edge.query(
      `INSERT INTO edge.quarantine (batch, reading, key_day, population, reason, enc, sealed)
       VALUES ($1, 0, $2, $3, 'ROW_LATE', $4, $4)`,
      [batch, DAY, scene.population, randomBytes(32)],
    );
  }
}

/** The events of a log without their times and ids: name and numbers. */
function eventsOf(lines: readonly string[]): string[] {
  const events = lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return events
    .map(({ time: _time, slot: _slot, ...event }) => JSON.stringify(event))
    .filter((text) => text.includes('"release.'))
    .sort();
}
