import { addDays, dayBounds, windowOf } from "../../core/time.ts";
import { covering, isLong, type PlanWindow, type Population } from "./catalogue.ts";
import type { Context } from "./context.ts";
import { openCorrections } from "./corrections.ts";
import { type DayState, readDayState } from "./day-state.ts";
import { dueOf } from "./due.ts";
import { releaseLongWindows } from "./long-windows.ts";
import { mayOpen, openDay } from "./open-day.ts";
import { releaseWindows } from "./release-windows.ts";
import { destroyDay, sealDay, settle } from "./seal.ts";

const POPULATION_LOCK = 7303;

/**
 * Looks at a population-day and does what is due: opens it, releases windows that may close, seals it, destroys its key,
 * releases the longer windows that it completes. What a crash left half done inside a day is found by its state.
 * @param reserved windows of the day that the hub has held as reserved for long: they are resumed, or given up where
 *   input and draw are both gone
 */
export async function workDay(
  context: Context,
  number: number,
  day: string,
  reserved: readonly PlanWindow[] = [],
): Promise<void> {
  await withPopulation(context, number, async () => {
    const opened = await openedDay(context, number, day);
    if (opened === null) return;
    let { population, state } = opened;
    await releaseWindows(context, population, day, reserved.filter(isFrozen(state)));
    if (state.state === null) return;
    if (state.state === "OPEN") {
      let due = dueOf(population, day, state);
      // Before the day takes no more: a correction that was declared a moment ago counts.
      if (due.seal) population = (await context.catalogue.population(number, 0)) ?? population;
      if (await openCorrections(context, population, day, state)) {
        state = await readDayState(context.edge, number, day);
        due = dueOf(population, day, state);
      }
      if (due.loss) context.log.error({ event: "release.day_lost_batches", population: number, day });
      await releaseWindows(context, population, day, due.windows);
      if (!due.seal) return;
      await sealDay(context, population, day, new Set(state.frozenUntil.keys()));
    }
    if (!state.keyDestroyed) await destroyDay(context, number, day);
    if (mayCompleteLongWindow(population, day)) await releaseLongWindows(context, number, day);
  });
}

/** Releases again what a restored hub lost of a sealed day. */
export async function restoreDay(context: Context, number: number, day: string): Promise<void> {
  await withPopulation(context, number, async () => {
    const opened = await openedDay(context, number, day);
    if (opened?.state.state !== "SEALED") return;
    await settle(context, opened.population, day, new Set(opened.state.frozenUntil.keys()));
  });
}

/** Runs work while this process alone works on a population; does nothing when another does. */
export async function withPopulation(context: Context, number: number, work: () => Promise<void>): Promise<void> {
  const client = await context.edge.connect();
  let broken = true;
  try {
    const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS mine", [
      POPULATION_LOCK,
      number,
    ]);
    if (rows[0]?.mine === true) {
      try {
        await work();
      } finally {
        await client.query("SELECT pg_advisory_unlock($1, $2)", [POPULATION_LOCK, number]);
      }
    }
    broken = false;
  } finally {
    // A connection that may still hold the lock is closed: that frees it.
    client.release(broken);
  }
}

async function openedDay(
  context: Context,
  number: number,
  day: string,
): Promise<{ population: Population; state: DayState } | null> {
  let population = await context.catalogue.population(number);
  let state = await readDayState(context.edge, number, day);
  const plans = [...state.frozenUntil.keys()];
  const isKnown = (of: Population | null) => plans.every((plan) => of?.plans.some((one) => one.number === plan));
  if (state.state === null || !isKnown(population)) {
    // A plan or a backfill declared a moment ago counts.
    population = await context.catalogue.population(number, 0);
  }
  if (population === null) return null;
  if (state.state === null && mayOpen(population, day, state) && (await openDay(context, population, day))) {
    state = await readDayState(context.edge, number, day);
  }
  return { population, state };
}

/** Frozen, or of a day that takes no rows: what may still close is left to the closing rule. */
const isFrozen =
  (state: DayState) =>
  ({ plan, window }: PlanWindow): boolean =>
    state.state !== "OPEN" || window.from < (state.frozenUntil.get(plan.number) ?? Number.NEGATIVE_INFINITY);

/**
 * Whether a window longer than a day can become due by this day: its last one, or the last of a backfill, or the day
 * before that, because of two open days either may be sealed last.
 */
function mayCompleteLongWindow(population: Population, day: string): boolean {
  return [day, addDays(day, 1)].some((last) => {
    if (covering(population, day).some((backfill) => backfill.lastDay === last)) return true;
    const next = dayBounds(addDays(last, 1), population.timeZone).from;
    return population.plans.filter(isLong).some((plan) => windowOf(next, plan.step, population.timeZone).from === next);
  });
}
