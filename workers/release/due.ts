import { correctedWindows } from "../../core/ledger/correction.ts";
import {
  type Clock,
  DEFAULT_CLOCK,
  type InboxState,
  mayClose,
  mayCloseBackfill,
  maySeal,
} from "../../core/privacy/closing.ts";
import { dayBounds, type TimeWindow, windowsOf } from "../../core/time.ts";
import { covering, isLong, type Plan, type PlanWindow, type Population } from "./catalogue.ts";
import type { DayState } from "./day-state.ts";

/**
 * Which rule closes a population-day: `HELD` until the marker of the backfill that covers it, then `BACKFILL`; `LIVE`
 * where none covers it, and where the marker came while the day was not over (a backfill that reaches now).
 */
export function ruleOf(
  population: Population,
  day: string,
  { backfill, endedAt }: Pick<DayState, "backfill" | "endedAt">,
): "HELD" | "BACKFILL" | "LIVE" {
  // What opened the day counts too: another worker may know of a declaration that this one has not read yet.
  if (backfill === null && covering(population, day).length === 0) return "LIVE";
  if (endedAt === null) return "HELD";
  return endedAt < dayBounds(day, population.timeZone).to ? "LIVE" : "BACKFILL";
}

/** The windows of a plan that end within a day, of a correction those within its outage; a plan of longer windows has none. */
export function windowsOfDay(plan: Pick<Plan, "step" | "outage">, day: string, timeZone: string): TimeWindow[] {
  if (isLong(plan)) return [];
  return plan.outage === null
    ? windowsOf(dayBounds(day, timeZone), plan.step, timeZone)
    : correctedWindows(plan.outage, plan.step, day, timeZone);
}

/** What is to be done with an open day: windows to release now, and whether it is sealed after that. */
export type Due = {
  readonly windows: PlanWindow[];
  readonly seal: boolean;
  /** Batches that came in time will never be counted: an alarm. */
  readonly loss: boolean;
};

/** Applies the closing rule of core/privacy/closing.ts to an open day. */
export function dueOf(population: Population, day: string, state: DayState): Due {
  const rule = ruleOf(population, day, state);
  const open = population.plans
    .filter((plan) => state.frozenUntil.has(plan.number))
    .flatMap((plan) => {
      const until = state.frozenUntil.get(plan.number) ?? Number.NEGATIVE_INFINITY;
      return windowsOfDay(plan, day, population.timeZone)
        .filter((window) => window.from >= until)
        .map((window) => ({ plan, window }));
    });
  if (rule === "HELD") return { windows: [], seal: false, loss: false };
  if (rule === "BACKFILL") {
    const inbox = state.backfillWaits ? [{ receivedAt: 0, processed: false }] : [];
    const closes = mayCloseBackfill(true, inbox);
    return { windows: closes ? open : [], seal: closes, loss: false };
  }
  const inbox: InboxState[] = state.waitingSince === null ? [] : [{ receivedAt: state.waitingSince, processed: false }];
  // A correction waits for late rows as long as the day takes any: it is frozen by the sealing.
  const planned = open.filter(({ plan }) => plan.corrects === null);
  const due = planned.filter(({ plan, window }) => mayClose(window, state.now, inbox, clockOf(population, plan)));
  const bounds = dayBounds(day, population.timeZone);
  const decision = maySeal(bounds, state.now, inbox, planned.length - due.length, clockOf(population));
  return { windows: decision === "WAIT" ? due : open, seal: decision !== "WAIT", loss: decision === "SEAL_WITH_LOSS" };
}

/** The times of a population, and the grace of one of its plans. */
export function clockOf(population: Population, plan?: Plan): Clock {
  return {
    ...DEFAULT_CLOCK,
    latenessMs: population.latenessSeconds * 1000,
    skewMs: population.skewSeconds * 1000,
    ...(plan !== undefined && { graceMs: plan.graceSeconds * 1000 }),
  };
}
