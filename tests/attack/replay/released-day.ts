import { addDays, dayBounds, localDay } from "../../../core/time.ts";
import { addDevice, type CitySpec, declareBackfill, makeCity, type TestCity } from "../../support/city.ts";
import { type Databases, value } from "../../support/databases.ts";
import { addBatch, beat, contribute, endDay, type Scene } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { until } from "../../support/wait.ts";
import type { Target } from "./ways.ts";

export const ZONE = "Asia/Seoul";
export const QUARTER = 900_000;
const PLACES = ["a-square", "b-square", "c-square"] as const;
export const SPEC: CitySpec = {
  timeZone: ZONE,
  zones: PLACES.map((slug) => ({ slug, kind: "PLAZA" })),
  plans: [{ name: "flow", statistic: "PRESENCE", step: "PT15M", bound: 6, epsilonMicro: 600_000, zones: PLACES }],
};
/** What the attacker would like to know: how many were at the target's place. */
export const TRUTH = 40;

/** A past day that the hub's own release worker released: of one hour, each place has contributions. */
export async function releasedByWorker({ hub, edge }: Databases, url: string) {
  const city = await makeCity(hub, SPEC);
  const { device } = await addDevice(hub, city, "BACKFILL");
  const plan = city.plans["flow"]?.number ?? 0;
  const day = addDays(localDay(Date.now(), ZONE), -2);
  const start = dayBounds(day, ZONE).from + 12 * 4 * QUARTER;
  const stores = { hub, edge } as Stage;
  const scene: Scene = { population: city.population, slug: city.slug, device, feed: city.feed, plans: [plan] };
  await addBatch(stores, scene, { day, backfill: await declareBackfill(hub, city, day) });
  const isOpen = "SELECT count(*) FROM edge.population_day WHERE population = $1";
  await until("the day is open", async () => (await value<number>(edge, isOpen, [city.population])) > 0);
  const quarters = Array.from({ length: 96 }, (_, n) => dayBounds(day, ZONE).from + n * QUARTER);
  await beat(
    stores,
    scene,
    device,
    quarters.flatMap((at) => [at, at + QUARTER / 3, at + (2 * QUARTER) / 3]),
  );
  const units = Array.from({ length: TRUTH }, (_, n) =>
    PLACES.flatMap((place, cell) => ({
      plan,
      window: start + (n % 2) * QUARTER,
      cell: cell + 1,
      unit: `${place} ${n}`,
    })),
  ).flat();
  await contribute(stores, day, [...units, ...units.map((unit) => ({ ...unit, window: start + 2 * QUARTER }))]);
  await endDay(stores, scene, day);
  const settled = "SELECT count(*) FROM open.published_release WHERE plan = $1";
  await until("the day is published", async () => (await value<number>(hub, settled, [plan])) === 96, {
    limitMs: 60_000,
  });
  return { scene, day, plan, target: targetOf(city, url, start) };
}

export const targetOf = (city: TestCity, url: string, start: number): Target => ({
  url,
  dataset: `${city.slug}-flow`,
  places: PLACES,
  start,
});

/** Everything that the databases hold of a plan's releases, as one text. */
export async function heldOf({ hub, edge }: Databases, plan: number): Promise<string> {
  const shown = await value<string>(
    hub,
    `SELECT json_agg(json_build_array(o.*) ORDER BY window_start, cell)::text FROM open.observation o WHERE plan = $1`,
    [plan],
  );
  const ids = await value<string[]>(hub, "SELECT array_agg(id ORDER BY id) FROM ledger.slot WHERE plan = $1", [plan]);
  const drawn = await value<string>(
    edge,
    "SELECT json_agg(json_build_array(d.*) ORDER BY slot)::text FROM edge.draw d WHERE slot = ANY ($1::uuid[])",
    [ids],
  );
  return `${shown}\n${drawn}`;
}
