import { setTimeout as sleep } from "node:timers/promises";
import { addDays, localDay } from "../../core/time.ts";
import { statement } from "../../runtime/sql.ts";
import type { Context } from "./context.ts";
import { liveDays } from "./open-day.ts";
import type { Request } from "./serialise.ts";
import { reconcile, resumeSlots } from "./sweep.ts";

const DUE_DAYS = statement(new URL("./due-days.sql", import.meta.url));
const TICK_MS = 1_000;
const RESUME_MS = 10_000;
const RECONCILE_MS = 300_000;

/** The schedule of the release worker; it needs no queue, so that a lost Redis delays nothing by more than a tick. */
export type Schedule = { stop(): Promise<void> };

/**
 * Looks every second at all population-days that may have work, and now and then at what a crash or a restored hub left
 * behind. A fault is logged, and the next tick tries again.
 * @param onTick told after each tick whether it went well
 */
export function startSchedule(context: Context, request: Request, onTick: (ok: boolean) => void): Schedule {
  const end = new AbortController();
  const { log } = context;

  const every = async (ms: number, event: string, work: () => Promise<void>, done = (_ok: boolean) => {}) => {
    while (!end.signal.aborted) {
      try {
        await work();
        done(true);
      } catch (err) {
        log.warn({ event, err });
        done(false);
      }
      await sleep(ms, undefined, { signal: end.signal }).catch(() => {});
    }
  };
  const loops = [
    every(TICK_MS, "release.tick_failed", () => tick(context, request), onTick),
    every(RESUME_MS, "release.resume_failed", () => resumeSlots(context)),
    every(RECONCILE_MS, "release.reconcile_failed", () => reconcile(context)),
  ];
  return {
    async stop() {
      end.abort();
      await Promise.all(loops);
    },
  };
}

/**
 * One tick: asks for every population-day that is open, waits for its key's end, or has batches waiting for it, and for
 * the days that live populations should have open by now.
 */
export async function tick(context: Context, request: Request): Promise<void> {
  const { rows } = await context.edge.query<{ population: number; day: string }>(DUE_DAYS);
  const asked = new Map(rows.map((row) => [`${row.population}.${row.day}`, row]));
  for (const number of await context.catalogue.numbers()) {
    const population = await context.catalogue.population(number);
    if (population === null || !population.isLive) continue;
    const now = Date.now();
    const yesterday = addDays(localDay(now, population.timeZone), -1);
    const { rows: history } = await context.edge.query(
      "SELECT FROM edge.population_day WHERE population = $1 AND day < $2 LIMIT 1",
      [number, yesterday],
    );
    for (const day of liveDays(population, now, history.length > 0)) {
      asked.set(`${number}.${day}`, { population: number, day });
    }
  }
  const outcomes = await Promise.allSettled([...asked.values()].map(({ population, day }) => request(population, day)));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}
