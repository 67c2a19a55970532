import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Plan, PlanWindow, Population } from "./catalogue.ts";
import { abandonSlots } from "./commit.ts";
import type { Context } from "./context.ts";
import type { DayState } from "./day-state.ts";
import { windowsOfDay } from "./due.ts";
import { instant, reserve, slotsOf } from "./reserve.ts";

const OPEN = statement(new URL("./open-correction.sql", import.meta.url));
const DEBITED = "SELECT plan FROM ledger.debit WHERE plan = ANY ($1::integer[]) AND day = $2";

/** Corrections of a day that are declared and debited and have no part in it yet, each with its windows of the day. */
async function waiting(
  hub: Queryable,
  { plans, timeZone }: Population,
  day: string,
  tookPart: (plan: number) => boolean,
): Promise<{ plan: Plan; corrects: number; windows: PlanWindow[] }[]> {
  const found = plans.flatMap((plan) => {
    const { corrects } = plan;
    if (corrects === null || tookPart(plan.number) || !tookPart(corrects)) return [];
    const windows = windowsOfDay(plan, day, timeZone).map((window) => ({ plan, window }));
    return windows.length === 0 ? [] : [{ plan, corrects, windows }];
  });
  if (found.length === 0) return [];
  const { rows } = await hub.query<{ plan: number }>(DEBITED, [found.map(({ plan }) => plan.number), day]);
  const debited = new Set(rows.map(({ plan }) => plan));
  return found.filter(({ plan }) => debited.has(plan.number));
}

/**
 * Opens the corrections of an open day (rule P8): the declaration has debited them; from now on rows of their windows
 * count for them, late ones too, and those that their plan has taken already. Repeatable at any point.
 * @returns whether one was opened
 */
export async function openCorrections(
  { hub, edge, crash, log }: Context,
  population: Population,
  day: string,
  { frozenUntil }: DayState,
): Promise<boolean> {
  const corrections = await waiting(hub, population, day, (plan) => frozenUntil.has(plan));
  for (const { plan, corrects, windows } of corrections) {
    const from = instant(Math.min(...windows.map(({ window }) => window.from)));
    const until = instant(Math.max(...windows.map(({ window }) => window.to)));
    crash("correction.debited");
    await edge.query({ ...OPEN, values: [population.number, day, plan.number, corrects, from, until] });
    crash("correction.opened");
    log.info({ event: "release.correction_opened", population: population.number, plan: plan.number, day });
  }
  return corrections.length > 0;
}

/**
 * Gives up corrections that were declared so late that their day was sealed before they could be opened: what the plan
 * released stands, the debit is kept.
 * @param plans that took part in the sealed day
 */
export async function giveUpCorrections(
  context: Context,
  population: Population,
  day: string,
  plans: ReadonlySet<number>,
): Promise<void> {
  const corrections = await waiting(context.hub, population, day, (plan) => plans.has(plan));
  const slots = slotsOf(corrections.flatMap(({ windows }) => windows));
  if (slots.length > 0) await abandonSlots(context, await reserve(context.hub, slots));
}
