import { performance } from "node:perf_hooks";
import { value } from "../../tests/support/databases.ts";
import { untilEqual } from "../../tests/support/wait.ts";
import { type Figure, figure } from "../figures.ts";
import type { Bench } from "../suite.ts";
import { type BenchCity, backfillOf, DAYS, heartbeats, lists, partOfDay } from "./city.ts";
import { acknowledged, nextBatch, postAll, processed } from "./post.ts";

const READINGS = { people: 60_000, vehicles: 30_000 } as const;
const SLOTS = { people: 24 + 144, vehicles: 96 } as const;

/** Seals the first day, whose readings were the load of the other figures, so that the second is the only open one. */
export async function endFirstDay(bench: Bench, city: BenchCity): Promise<void> {
  await acknowledged(bench.url, nextBatch(city, 0, "[]", backfillOf(city, DAYS[0], true)));
  await sealed(bench, city, DAYS[0]);
}

const sealed = (bench: Bench, city: BenchCity, day: string) =>
  untilEqual(
    "days sealed",
    1,
    () =>
      value<number>(
        bench.databases.edge,
        "SELECT count(*) FROM edge.population_day WHERE population = $1 AND day = $2 AND key_destroyed_at IS NOT NULL",
        [city.population, day],
      ),
    { limitMs: 180_000, everyMs: 50 },
  );

/** From the moment that a full day may close, to the last of its windows committed, and to the day sealed. */
export async function releaseFigures(bench: Bench, cities: readonly BenchCity[]): Promise<Figure[]> {
  const [, day] = DAYS;
  bench.say("release of one city-day: sending the day");
  for (const city of cities) {
    const texts = [heartbeats(day), ...lists(city, partOfDay(day, 0, 1), READINGS[city.kind], 500)];
    await postAll(
      bench,
      texts.map((list, nth) => nextBatch(city, nth, list, backfillOf(city, day))),
      8,
    );
  }
  for (const city of cities) await processed(bench, city);
  bench.say("release of one city-day: ending the day");
  const begin = await value<Date>(bench.databases.edge, "SELECT clock_timestamp()");
  const start = performance.now();
  await Promise.all(
    cities.map((city) => acknowledged(bench.url, nextBatch(city, 0, "[]", backfillOf(city, day, true)))),
  );
  await Promise.all(cities.map((city) => committed(bench, city)));
  const released = (performance.now() - start) / 1000;
  await Promise.all(cities.map((city) => sealed(bench, city, day)));
  const sealedAfter = (performance.now() - start) / 1000;
  const slots = cities.reduce((sum, { kind }) => sum + SLOTS[kind], 0);
  return [
    figure("release of one city-day", released, "s", "lower", {
      target: 5,
      note: `${slots} windows, ${Object.values(READINGS).join(" + ")} readings, from the end marker; ${await steps(bench, cities, begin)}`,
    }),
    figure("… until the day is sealed and its key destroyed", sealedAfter, "s", "lower"),
  ];
}

const numbers = (city: BenchCity): number[] => Object.values(city.plans).map((plan) => plan.number);

const committed = ({ databases }: Bench, city: BenchCity) =>
  untilEqual(
    "windows committed",
    SLOTS[city.kind],
    () =>
      value<number>(
        databases.hub,
        "SELECT count(*) FROM ledger.slot WHERE plan = ANY ($1) AND first_day = $2 AND state = 'COMMITTED'",
        [numbers(city), DAYS[1]],
      ),
    { limitMs: 180_000, everyMs: 50 },
  );

/** When the last window had passed each step, in seconds from the end marker. */
async function steps({ databases }: Bench, cities: readonly BenchCity[], begin: Date): Promise<string> {
  const plans = cities.flatMap(numbers);
  const after = (at: Date): string => `${((at.getTime() - begin.getTime()) / 1000).toFixed(2)} s`;
  const reserved = await value<Date>(
    databases.hub,
    "SELECT max(reserved_at) FROM ledger.slot WHERE plan = ANY ($1) AND first_day = $2",
    [plans, DAYS[1]],
  );
  const { rows } = await databases.hub.query<{ id: string }>(
    "SELECT id FROM ledger.slot WHERE plan = ANY ($1) AND first_day = $2",
    [plans, DAYS[1]],
  );
  const drawn = await value<Date>(databases.edge, "SELECT max(drawn_at) FROM edge.draw WHERE slot = ANY ($1)", [
    rows.map(({ id }) => id),
  ]);
  return `last reserved ${after(reserved)}, last drawn ${after(drawn)}`;
}
