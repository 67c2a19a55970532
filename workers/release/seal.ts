import { dayBounds } from "../../core/time.ts";
import { inTransaction } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { isLong, type Population } from "./catalogue.ts";
import type { Context } from "./context.ts";
import { windowsOfDay } from "./due.ts";
import { count } from "./freeze.ts";
import { releaseWindows } from "./release-windows.ts";

const LOCK = statement(new URL("./lock-day.sql", import.meta.url));
const SEAL = statement(new URL("./seal.sql", import.meta.url));
const LOCK_TIMEOUT = "55P03";
const SETTLED = statement(new URL("./settled.sql", import.meta.url));

/**
 * A DELETE on a hypertable locks the chunks of every day before it excludes them, `edge.drop_day` takes whole chunks
 * away: sharing that function's lock keeps the two from waiting for each other.
 */
const NOT_WHILE_DROPPING = "SELECT pg_advisory_xact_lock_shared(7302, 0)";

/**
 * Releases again every window of a day that the hub does not hold as committed or abandoned: left by a crash, or lost
 * with a restored hub. A look when there is none.
 * @param plans of the population that took part in the day
 */
export async function settle(context: Context, population: Population, day: string, plans: ReadonlySet<number>) {
  const windows = population.plans
    .filter((plan) => plans.has(plan.number))
    .flatMap((plan) => windowsOfDay(plan, day, population.timeZone).map((window) => ({ plan, window })));
  const { rows } = await context.hub.query<{ settled: number }>({ ...SETTLED, values: [[...plans], day] });
  if ((rows[0]?.settled ?? 0) < windows.length) await releaseWindows(context, population, day, windows);
}

/**
 * Seals a day whose windows are all frozen: what longer windows need becomes counts without pseudonyms, everything else
 * of the day ends, in one transaction. A day that is sealed already is left as it is.
 */
export async function sealDay(context: Context, population: Population, day: string, plans: ReadonlySet<number>) {
  await settle(context, population, day, plans);
  const long = population.plans.filter((plan) => plans.has(plan.number) && isLong(plan));
  const bounds = dayBounds(day, population.timeZone);
  await inTransaction(context.edge, async (edge) => {
    await edge.query(NOT_WHILE_DROPPING);
    const { rows } = await edge.query<{ state: string }>({ ...LOCK, values: [population.number, day] });
    if (rows[0]?.state !== "OPEN") return;
    // The windows of these plans begin up to a year before the day; the day itself limits what is counted.
    const year = 367 * 86_400_000;
    await count(
      edge,
      day,
      long
        .filter((plan) => plan.statistic !== "COUNTER")
        .map((plan) => ({ plan, first: bounds.from - year, until: bounds.to })),
    );
    await edge.query(SEAL.text, [
      population.number,
      day,
      [...plans],
      long.map((plan) => plan.number),
      new Date().toISOString(),
    ]);
    context.crash("seal.counted");
  });
  context.crash("seal.committed");
  context.log.info({ event: "release.day_sealed", population: population.number, day });
}

/**
 * Ends a sealed day's key and chunks. What marks it as done comes last, so that a crash before repeats all of it; so
 * does the next look where the chunks could not be had at once: whoever waits for them makes others wait.
 * @throws HubError KEYRING_UNAVAILABLE
 */
export async function destroyDay({ edge, destroyKey, crash }: Context, population: number, day: string): Promise<void> {
  await destroyKey(population, day);
  crash("seal.key_destroyed");
  try {
    await inTransaction(edge, async (client) => {
      await client.query("SET LOCAL lock_timeout = '200ms'");
      await client.query("SELECT edge.drop_day($1)", [day]);
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_TIMEOUT) return;
    throw error;
  }
  crash("seal.dropped");
  await edge.query("UPDATE edge.population_day SET key_destroyed_at = now() WHERE population = $1 AND day = $2", [
    population,
    day,
  ]);
}
