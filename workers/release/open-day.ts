import { addDays, dayBounds, localDay } from "../../core/time.ts";
import { statement } from "../../runtime/sql.ts";
import { covering, type Plan, type Population } from "./catalogue.ts";
import type { Context } from "./context.ts";
import type { DayState } from "./day-state.ts";
import { debit } from "./reserve.ts";

const OPEN = statement(new URL("./open.sql", import.meta.url));
const TWO_DAYS_OPEN = "MD020";
const OVERSPENT = "23514";
/** Tomorrow is opened so long before local midnight: a device's clock may be ahead of ours. */
export const OPENS_EARLY_MS = 10 * 60_000;

/** Whether a day that is not open yet takes rows now (rules P3, P19). */
export function mayOpen(population: Population, day: string, state: DayState): boolean {
  const bounds = dayBounds(day, population.timeZone);
  if (covering(population, day).length > 0) {
    // Its first batch opens it, not the clock; in order of day, or a day far ahead would take one of the two places.
    return state.backfillNear && !state.earlierDays.some((earlier) => covering(population, earlier).length > 0);
  }
  if (!population.isLive) return false;
  const lateness = population.latenessSeconds * 1000;
  return bounds.from - OPENS_EARLY_MS <= state.now && state.now < bounds.to + lateness;
}

/** The plans of a day: all in a declared backfill, else those that are active before it ends. Corrections come later. */
function plansOf(population: Population, day: string): Plan[] {
  const plans = population.plans.filter((plan) => plan.corrects === null);
  if (covering(population, day).length > 0) return plans;
  const { to } = dayBounds(day, population.timeZone);
  return plans.filter((plan) => plan.activeFrom < to);
}

/**
 * Opens a day of a population: first the debits of all its plans in the hub, then the day in the edge database, so that
 * no row is taken that no debit stands for (rule P1). Repeatable at any point.
 * @returns false when it must wait: two other days are open
 */
export async function openDay(context: Context, population: Population, day: string): Promise<boolean> {
  const plans = plansOf(population, day).map((plan) => plan.number);
  if (plans.length === 0) return false;
  try {
    await debit(context.hub, plans, [day]);
  } catch (error) {
    if ((error as { code?: unknown }).code !== OVERSPENT) throw error;
    context.log.error({ event: "release.debit_refused", population: population.number, day });
    return false;
  }
  context.crash("open.debited");
  try {
    const backfill = covering(population, day)[0]?.id ?? null;
    await context.edge.query({ ...OPEN, values: [population.number, day, backfill, plans] });
  } catch (error) {
    if ((error as { code?: unknown }).code === TWO_DAYS_OPEN) return false;
    throw error;
  }
  context.log.info({ event: "release.day_opened", population: population.number, day });
  return true;
}

/**
 * The days that a live population should have open now: today, tomorrow shortly before it begins, yesterday while it
 * still takes late rows. Days of a declared backfill are opened by their first batch.
 * @param now epoch milliseconds
 */
export function liveDays(population: Population, now: number, hasHistory: boolean): string[] {
  if (!population.isLive) return [];
  const today = localDay(now, population.timeZone);
  const days = [...(hasHistory ? [addDays(today, -1)] : []), today, addDays(today, 1)];
  return days.filter((day) => {
    const { from, to } = dayBounds(day, population.timeZone);
    return (
      covering(population, day).length === 0 &&
      from - OPENS_EARLY_MS <= now &&
      now < to + population.latenessSeconds * 1000
    );
  });
}
