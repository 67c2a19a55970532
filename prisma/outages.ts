import { HubError } from "../core/errors.ts";
import { correctedDays, correctedWindows, correctionEpsilon } from "../core/ledger/correction.ts";
import { daysOf, type Step, type TimeWindow } from "../core/time.ts";
import type { Queryable } from "../runtime/postgres.ts";
import { statement } from "../runtime/sql.ts";
import { planNumbers } from "./plan-numbers.ts";

export const OUTAGE_REASONS = ["POWER", "NETWORK", "DEVICE_FAULT", "HUB_FAULT", "MAINTENANCE", "DISASTER"] as const;
export type OutageReason = (typeof OUTAGE_REASONS)[number];

export type OutageWish = {
  readonly dataset: string;
  /** epoch ms, half-open, over by now */
  readonly period: TimeWindow;
  readonly reason: OutageReason;
  readonly ko: string;
  readonly en: string;
  /** release the windows of the outage again, from the reserve */
  readonly correct: boolean;
  /** micro-ε of the correction; without it the plan's, or what is left of the reserve */
  readonly epsilonMicro?: number;
};

type Refusal = "NOT_ASKED" | "NO_WHOLE_WINDOW" | "STEP_TOO_LONG" | "DAY_SEALED" | "RESERVE_EXHAUSTED";

/** What a day of the outage has of its reserve, in micro-ε, and whether the correction can still have a part in it. */
export type ReserveDay = { day: string; open: boolean; reserve: number; left: number; windows: number };

/** What a declaration would do. Nothing of it stands yet. */
export type Preview = {
  dataset: string;
  organization: string;
  /** the plan that would be corrected; null: the dataset has none */
  plan: { number: number; version: number; bound: number; epsilonMicro: number; deltaPico: number } | null;
  days: ReserveDay[];
  /** micro-ε of the correction and the 95 % half width of one of its values; null where there is none */
  correction: { epsilonMicro: number; halfWidth95: number } | null;
  /** why there is no correction; null: there is */
  annotatedOnly: Refusal | null;
};

export type Declared = { outage: string; version: number | null; annotatedOnly: Refusal | null };

type PlanRow = { timeZone: string; organization: string } & (
  | {
      number: number;
      version: number;
      step: Step;
      bound: number;
      epsilonMicro: number;
      deltaPico: number;
      population: number;
    }
  | { number: null }
);

const OUTAGE_PLAN = statement(new URL("./outage-plan.sql", import.meta.url));
const OUTAGES = statement(new URL("./outages.sql", import.meta.url));
const RESERVE = `SELECT d.day, coalesce(l.cap_micro - l.planned_micro, n.cap_micro - n.planned_micro) AS reserve,
    coalesce(l.cap_micro - l.planned_micro - l.corrected_micro, n.cap_micro - n.planned_micro) AS left
  FROM unnest($2::date[]) AS d (day) JOIN hub.population n ON n.number = $1
  LEFT JOIN ledger.population_day l ON l.population = n.number AND l.day = d.day ORDER BY d.day`;
const OPEN_DAYS = `SELECT d.day FROM edge.population_day d JOIN edge.plan_day p ON p.population = d.population AND p.day = d.day
  WHERE d.state = 'OPEN' AND p.plan = $1 AND d.day = ANY ($2::date[])`;
const DECLARE = `SELECT outage, version, annotated_only AS "annotatedOnly"
  FROM ledger.declare_outage($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

const wrong = (field: string, detail: string, rule: string, fix: string): HubError =>
  new HubError("BAD_USER_INPUT", detail, { field, rule, fix });

/**
 * What declaring an outage would do: which windows are corrected on which days, what that takes from their reserve and
 * what stays.
 * @param edge of the restricted database: which days are open
 * @throws HubError BAD_USER_INPUT (field, rule, fix)
 */
export async function previewOutage(hub: Queryable, edge: Queryable, wish: OutageWish, now: number): Promise<Preview> {
  const { dataset, period } = wish;
  if (!(period.from < period.to)) {
    throw wrong("to", "The outage ends before it begins.", "--from lies before --to", "exchange them");
  }
  if (period.to > now) {
    throw wrong("to", "The outage is not over.", "--to is past", "declare it once its end is known");
  }
  const row = await planOf(hub, dataset, period);
  const base = { dataset, organization: row.organization };
  if (row.number === null) return { ...base, plan: null, days: [], correction: null, annotatedOnly: "NOT_ASKED" };
  const { number, version, bound, epsilonMicro: planned, deltaPico } = row;
  const plan = { number, version, bound, epsilonMicro: planned, deltaPico };
  const nothing = { ...base, plan, days: [], correction: null };
  if (row.step === "P1M" || row.step === "P1Y") return { ...nothing, annotatedOnly: "STEP_TOO_LONG" };
  const asked = correctedDays(period, row.step, row.timeZone);
  if (asked.length === 0) return { ...nothing, annotatedOnly: "NO_WHOLE_WINDOW" };
  const open = await edge.query<{ day: string }>(OPEN_DAYS, [plan.number, asked]);
  const isOpen = new Set(open.rows.map(({ day }) => day));
  const reserve = await hub.query<{ day: string; reserve: number; left: number }>(RESERVE, [row.population, asked]);
  const days = reserve.rows.map((of) => ({
    ...of,
    open: isOpen.has(of.day),
    windows: correctedWindows(period, row.step, of.day, row.timeZone).length,
  }));
  const left = days.filter((of) => of.open).map((of) => of.left);
  if (left.length === 0) return { ...nothing, days, annotatedOnly: "DAY_SEALED" };
  const epsilonMicro = wish.epsilonMicro ?? correctionEpsilon(plan.epsilonMicro, left);
  if (epsilonMicro === null || left.some((micro) => micro < epsilonMicro)) {
    return { ...nothing, days, annotatedOnly: "RESERVE_EXHAUSTED" };
  }
  const { halfWidth95 } = planNumbers(dataset, { ...plan, epsilonMicro });
  return { ...base, plan, days, correction: { epsilonMicro, halfWidth95 }, annotatedOnly: null };
}

async function planOf(hub: Queryable, dataset: string, period: TimeWindow): Promise<PlanRow> {
  // Days by UTC and one more at either end: the city's zone is not known before its dataset is.
  const around = { from: period.from - 86_400_000, to: period.to + 86_400_000 };
  const { rows } = await hub.query<PlanRow>({ ...OUTAGE_PLAN, values: [dataset, daysOf(around, "UTC")] });
  const [row] = rows;
  if (row === undefined) {
    throw wrong("dataset", `There is no dataset ${dataset}.`, "a slug of the catalogue", "look in the portal");
  }
  return row;
}

const FIX: Readonly<Record<Refusal, string>> = {
  NOT_ASKED: "this dataset has no release plan: declare the outage without --correct",
  STEP_TOO_LONG: "windows longer than a day take late rows as long as their day is open: declare it without --correct",
  NO_WHOLE_WINDOW: "no window lies within the outage: give its true beginning and end, or declare it without --correct",
  DAY_SEALED: "late data after sealing change nothing: declare it without --correct, and it stands as an annotation",
  RESERVE_EXHAUSTED: "",
};

/**
 * Declares an outage, for good, and its correction where one is asked for. Where the reserve does not bear that, the
 * outage stands as an annotation (rule P8).
 * @throws HubError BAD_USER_INPUT (field, rule, fix): then nothing is declared
 */
export async function declareOutage(hub: Queryable, edge: Queryable, wish: OutageWish, now: number): Promise<Declared> {
  const preview = await previewOutage(hub, edge, wish, now);
  const { annotatedOnly, plan, correction, days } = preview;
  if (wish.correct && annotatedOnly !== null && annotatedOnly !== "RESERVE_EXHAUSTED") {
    throw wrong("correct", `Nothing can be corrected (${annotatedOnly}).`, "a day that is open", FIX[annotatedOnly]);
  }
  const own = wish.correct && plan !== null && correction !== null;
  const { rows } = await hub.query<Declared>(DECLARE, [
    wish.dataset,
    new Date(wish.period.from),
    new Date(wish.period.to),
    wish.reason,
    wish.ko,
    wish.en,
    preview.organization,
    own ? plan.number : null,
    days.filter(({ open }) => open).map(({ day }) => day),
    own ? JSON.stringify(numbersOf(wish.dataset, plan, correction.epsilonMicro)) : null,
    own ? null : (annotatedOnly ?? "NOT_ASKED"),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error("declare_outage answers one row");
  return row;
}

/** The columns of `hub.plan` that follow from a correction's own ε. */
function numbersOf(dataset: string, plan: { bound: number; deltaPico: number }, epsilonMicro: number) {
  const numbers = planNumbers(dataset, { ...plan, epsilonMicro });
  return {
    epsilon_micro: epsilonMicro,
    nano_rho: numbers.nanoRho,
    scale_numerator: numbers.scaleNumerator,
    scale_denominator: numbers.scaleDenominator,
    half_width_95: numbers.halfWidth95,
  };
}

/** An outage as it was declared. */
export type OutageLine = {
  outage: string;
  dataset: string;
  from: Date;
  to: Date;
  reason: OutageReason;
  ko: string;
  en: string;
  declaredAt: Date;
  annotatedOnly: Refusal | null;
  version: number | null;
  corrects: number | null;
  epsilonMicro: number | null;
};

const LISTED = 1_000;

/** The newest declarations, of one dataset or of all. */
export async function listOutages(hub: Queryable, dataset: string | null): Promise<OutageLine[]> {
  return (await hub.query<OutageLine>({ ...OUTAGES, values: [dataset, LISTED] })).rows;
}
