import { dayBounds, localDay, windowOf } from "../../core/time.ts";
import { statement } from "../../runtime/sql.ts";
import { isLong, type PlanWindow } from "./catalogue.ts";
import type { Context } from "./context.ts";
import { giveUpCorrections } from "./corrections.ts";
import { windowsOfDay } from "./due.ts";
import { releaseLongWindows } from "./long-windows.ts";
import { debit } from "./reserve.ts";
import { restoreDay, withPopulation, workDay } from "./work-day.ts";

const RESERVED = statement(new URL("./reserved.sql", import.meta.url));
const SEALED_DAYS = statement(new URL("./sealed-days.sql", import.meta.url));
const SETTLED_DAYS = statement(new URL("./settled-days.sql", import.meta.url));

type ReservedRow = {
  population: number;
  plan: number;
  window_start: number;
  window_end: number;
  first_day: string;
  last_day: string;
};

/** Resumes slots that a crash left reserved, and ends frozen counts whose slot is committed (steps B to D). */
export async function resumeSlots(context: Context): Promise<void> {
  const { rows } = await context.hub.query<ReservedRow>(RESERVED);
  const days = new Map<string, ReservedRow[]>();
  for (const row of rows) {
    const name = `${row.population}.${row.first_day}`;
    days.set(name, [...(days.get(name) ?? []), row]);
  }
  for (const slots of days.values()) {
    const [first] = slots;
    if (first === undefined) continue;
    const population = await context.catalogue.population(first.population);
    if (population === null) continue;
    const windows = slots.flatMap((row): PlanWindow[] => {
      const plan = population.plans.find((one) => one.number === row.plan);
      return plan === undefined ? [] : [{ plan, window: { from: row.window_start, to: row.window_end } }];
    });
    await workDay(
      context,
      first.population,
      first.first_day,
      windows.filter(({ plan }) => !isLong(plan)),
    );
    if (windows.some(({ plan }) => isLong(plan))) {
      await withPopulation(context, first.population, () =>
        releaseLongWindows(context, first.population, first.first_day),
      );
    }
  }
  await forgetFrozen(context);
}

/** Exact counts end with their commit: those that a crash between the two left behind. */
async function forgetFrozen({ hub, edge }: Context): Promise<void> {
  const { rows } = await edge.query<{ slot: string }>("SELECT slot FROM edge.frozen LIMIT 10000");
  if (rows.length === 0) return;
  const settled = await hub.query<{ id: string }>(
    "SELECT id FROM ledger.slot WHERE id = ANY ($1::uuid[]) AND state <> 'RESERVED'",
    [rows.map((row) => row.slot)],
  );
  await edge.query("DELETE FROM edge.frozen WHERE slot = ANY ($1::uuid[])", [settled.rows.map((row) => row.id)]);
}

/**
 * Compares every sealed day with the hub: windows that it does not hold, because it was restored from a backup or a
 * crash came before them, get their vector copied again (rule P2), longer windows that are due are released.
 */
export async function reconcile(context: Context): Promise<void> {
  const sealed = await context.edge.query<{ population: number; day: string; plans: number[] }>(SEALED_DAYS);
  const settled = await context.hub.query<{ plan: number; day: string; settled: number }>(SETTLED_DAYS);
  const counts = new Map(settled.rows.map((row) => [`${row.plan}.${row.day}`, row.settled]));
  const longWindows = new Map<string, { population: number; day: string }>();
  for (const { population: number, day, plans } of sealed.rows) {
    const population = await context.catalogue.population(number);
    if (population === null) continue;
    const took = population.plans.filter((plan) => plans.includes(plan.number));
    const missing = took.some(
      (plan) => (counts.get(`${plan.number}.${day}`) ?? 0) < windowsOfDay(plan, day, population.timeZone).length,
    );
    if (missing) {
      // The debits may be lost with the slots; they are made first, as on the day itself.
      await debit(
        context.hub,
        took.map((plan) => plan.number),
        [day],
      );
      await restoreDay(context, number, day);
    }
    await giveUpCorrections(context, population, day, new Set(plans));
    for (const plan of took.filter(isLong)) {
      const { from } = windowOf(dayBounds(day, population.timeZone).from, plan.step, population.timeZone);
      const name = `${plan.number}.${localDay(from, population.timeZone)}`;
      if (!counts.has(name)) longWindows.set(name, { population: number, day });
    }
  }
  for (const { population: number, day } of longWindows.values()) {
    await withPopulation(context, number, () => releaseLongWindows(context, number, day));
  }
}
