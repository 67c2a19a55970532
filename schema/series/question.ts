import { HubError } from "../../core/errors.ts";
import type { Mechanism } from "../../core/privacy/mechanism.ts";
import { STEPS, type Step, type TimeWindow, windowOf, windowsOf } from "../../core/time.ts";

/** The most values one series answers, and the most released values one of its sums may be made of (rule P6). */
export const VALUES_MAX = 10_000;
export const LEAVES_MAX = 16;

/** One version of a dataset's release plan, as `series-plans.sql` answers it. */
export type Plan = {
  number: number;
  version: number;
  /** a correction: the version whose windows it released again */
  corrects: number | null;
  statistic: string;
  step: Step;
  split: string;
  mechanism: Mechanism;
  halfWidth95: number;
  threshold: number | null;
  additive: boolean;
  cells: number;
  places: number;
  firstStart: number | null;
};

/** Which places: slugs, or null for all; `total` names their sum when they are to be one. */
export type Places = { slugs: readonly string[] | null; total: string | null };

/** The windows of a question in epoch ms: `leaves[i]` is a window of the plan, `buckets[i]` the asked step around it. */
export type Windows = { leaves: TimeWindow[]; buckets: TimeWindow[]; leavesPerBucket: number };

const reshape = (field: string, detail: string, rule: string, fix: string): HubError =>
  new HubError("LIMIT_EXCEEDED", `${detail} ${fix[0]?.toUpperCase()}${fix.slice(1)}.`, { field, rule, fix });

/** @throws HubError PERIOD_INVALID */
export function checkPeriod({ from, to }: TimeWindow): void {
  if (from < to) return;
  throw new HubError("PERIOD_INVALID", "`period.from` must lie before `period.to`.", { field: "period" });
}

/**
 * The windows that start in a period, from the first release of the dataset to those that have ended by now.
 * @param most windows at most; a longer period is refused before any window is made
 * @throws HubError PERIOD_INVALID, BAD_USER_INPUT (a step that the plan cannot be summed to), LIMIT_EXCEEDED
 */
export function windowsIn(
  period: TimeWindow,
  step: Step,
  plan: Pick<Plan, "step" | "additive" | "statistic" | "firstStart">,
  timeZone: string,
  now: number,
  most = VALUES_MAX,
): Windows {
  checkPeriod(period);
  const leavesPerBucket = step === plan.step ? 1 : leavesOf(step, plan, period.from, timeZone);
  if (plan.firstStart === null) return { leaves: [], buckets: [], leavesPerBucket };
  const from = Math.max(period.from, windowOf(plan.firstStart, step, timeZone).from);
  const to = Math.min(period.to, now);
  if (from >= to) return { leaves: [], buckets: [], leavesPerBucket };
  if ((to - from) / SHORTEST[step] > most) {
    throw reshape(
      "period",
      `The period has more than ${most} steps of ${step}.`,
      `at most ${most} values`,
      "ask for a shorter period, a longer step, or take the export",
    );
  }
  const within = windowsOf({ from, to }, step, timeZone).filter((window) => window.from >= from && window.to <= now);
  if (step === plan.step) return { leaves: within, buckets: within, leavesPerBucket: 1 };
  const windows: Windows = { leaves: [], buckets: [], leavesPerBucket };
  for (const bucket of within) {
    const leaves = windowsOf(bucket, plan.step, timeZone);
    windows.leavesPerBucket = Math.max(windows.leavesPerBucket, leaves.length);
    for (const leaf of leaves) {
      windows.leaves.push(leaf);
      windows.buckets.push(bucket);
    }
  }
  return windows;
}

/** Least lengths in ms; a month has 28 days, a day 23 hours. */
const HOUR = 3_600_000;
const SHORTEST: Readonly<Record<Step, number>> = {
  PT10M: HOUR / 6,
  PT15M: HOUR / 4,
  PT1H: HOUR,
  P1D: 23 * HOUR,
  P1M: 28 * 24 * HOUR - HOUR,
  P1Y: 365 * 24 * HOUR,
};

/** How many windows of the plan make one of the step; refuses steps that it cannot be summed to. */
function leavesOf(
  step: Step,
  plan: Pick<Plan, "step" | "additive" | "statistic">,
  at: number,
  timeZone: string,
): number {
  checkCoarser(step, plan);
  if (SHORTEST[step] / SHORTEST[plan.step] > 10 * LEAVES_MAX) {
    throw new TooManyLeaves(Math.floor(SHORTEST[step] / SHORTEST[plan.step]), "step", plan.step);
  }
  const leaves = windowsOf(windowOf(at, step, timeZone), plan.step, timeZone).length;
  if (leaves > LEAVES_MAX) throw new TooManyLeaves(leaves, "step", plan.step);
  return leaves;
}

function checkCoarser(step: Step, plan: Pick<Plan, "step" | "additive" | "statistic">): void {
  const fix = `ask for step ${plan.step}, the step of the plan`;
  const refuse = (rule: string) => new HubError("BAD_USER_INPUT", `${rule} ${fix}.`, { field: "step", rule, fix });
  if (STEPS.indexOf(step) < STEPS.indexOf(plan.step)) throw refuse("A value is never split into shorter windows:");
  if (!plan.additive)
    throw refuse("Values of this dataset are not additive (only pairs above a threshold are stored):");
  if (plan.statistic === "OCCUPANCY") throw refuse("Occupancy is a count at an instant and is not summed over time:");
  if (SHORTEST[step] % SHORTEST[plan.step] !== 0 && STEPS.indexOf(step) < STEPS.indexOf("P1D")) {
    throw refuse(`${step} is not a whole number of ${plan.step}:`);
  }
}

/**
 * A sum of more than 16 released values is refused: its noise outgrows it, and the dataset should count for itself (rule P6).
 */
export class TooManyLeaves extends HubError {
  readonly leaves: number;
  readonly step: Step;

  /** @param coarser a dataset of the city that counts larger places or longer windows for itself */
  constructor(leaves: number, field: string, step: Step, coarser: string | null = null) {
    const fix =
      coarser === null
        ? `ask for step ${step} or for fewer places: no dataset of this city counts it for itself`
        : `take the dataset ${coarser}, which counts for itself, or ask for step ${step} or for fewer places`;
    super(
      "LIMIT_EXCEEDED",
      `A value would be the sum of ${leaves} released values; at most ${LEAVES_MAX} are summed. ${fix[0]?.toUpperCase()}${fix.slice(1)}.`,
      { field, rule: `at most ${LEAVES_MAX} released values in a sum`, fix },
    );
    this.leaves = leaves;
    this.step = step;
  }
}

/** Refuses a question whose answer would be longer than {@link VALUES_MAX}. */
export function checkLength(windows: number, cells: number): void {
  if (windows * cells <= VALUES_MAX) return;
  throw reshape(
    "period",
    `The answer would have ${windows * cells} values; at most ${VALUES_MAX} are answered.`,
    `at most ${VALUES_MAX} values: windows × places`,
    "ask for a shorter period, a longer step or fewer places, or take the export",
  );
}
