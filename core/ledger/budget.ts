import { HubError } from "../errors.ts";
import type { Scale } from "../privacy/laplace.ts";
import { gaussian, laplace, type Mechanism } from "../privacy/mechanism.ts";
import { epsilonOfRho } from "./zcdp.ts";

/** ε of one population and unit-day that can never be exceeded, in micro-ε. */
export const CAP_MICRO_EPSILON = 2_000_000;
/** What plans may use of it; the rest is for corrections, coarse counts and approved computations. */
export const PLANNED_MICRO_EPSILON = 1_600_000;
/** δ of one population and unit-day that can never be exceeded (1e-6), in pico-δ, and what plans may use of it. */
export const CAP_PICO_DELTA = 1_000_000;
export const PLANNED_PICO_DELTA = 800_000;
export const HORIZONS_DAYS = [1, 7, 30, 365] as const;
export const HORIZON_DELTA = 1e-6;

/**
 * What a dataset costs a unit each day: at most `contributions` (L) cells of one each, together `microEpsilon` and, where
 * the noise is Gaussian, `picoDelta`. A plan without δ is Laplace.
 */
export type PlanCost = {
  readonly dataset: string;
  readonly contributions: number;
  readonly microEpsilon: number;
  readonly picoDelta?: number;
};

/** What a plan takes from each ledger for a unit-day. */
export type Spend = { readonly microEpsilon: number; readonly picoDelta: number; readonly nanoRho: number };

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** ε as integer micro-ε, rounded up; exact for decimals of up to six digits (`0.6` → 600 000). */
export function microEpsilon(epsilon: number): number {
  if (!(epsilon > 0 && epsilon <= 1000)) throw new RangeError("ε is a positive number up to 1000");
  const micro = epsilon * 1e6;
  const nearest = Math.round(micro);
  return Math.abs(micro - nearest) < 1e-6 ? nearest : Math.ceil(micro);
}

/**
 * ρ of a plan (zCDP) in nano-ρ. Laplace: L cells of ε/L each compose to ε²/(2L), rounded up. Gaussian: the largest ρ of
 * three significant digits that costs no more than (ε, δ); the noise follows from it exactly, so nothing is rounded then.
 */
export function nanoRho({ contributions, microEpsilon: micro, picoDelta = 0 }: PlanCost): number {
  if (picoDelta > 0) return nanoRhoWithin(micro, picoDelta);
  const numerator = BigInt(micro) * BigInt(micro);
  const denominator = 2000n * BigInt(contributions);
  return Number((numerator + denominator - 1n) / denominator);
}

/** Three digits keep σ² a short fraction, which the sampler likes; they add at most half a per cent to the noise. */
function nanoRhoWithin(micro: number, picoDelta: number): number {
  const fits = (nano: number): boolean => microEpsilonOfRho(nano, picoDelta) <= micro;
  let low = 0;
  let high = 1;
  while (fits(high)) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  const unit = 10 ** Math.max(0, String(low).length - 3);
  return low - (low % unit);
}

/** What a Gaussian release of ρ costs at δ in micro-ε, rounded up. */
export function microEpsilonOfRho(nano: number, picoDelta: number): number {
  return Math.ceil(epsilonOfRho(nano / 1e9, picoDelta / 1e12) * 1e6);
}

/** The scale t = L/ε of a Laplace plan's noise, in counts, as a reduced fraction. */
export function planScale({ contributions, microEpsilon: micro }: PlanCost): Scale {
  const n = contributions * 1_000_000;
  const divisor = gcd(n, micro);
  return { n: n / divisor, d: micro / divisor };
}

/** A plan's noise: Laplace of scale t = L/ε, Gaussian of variance σ² = L/(2ρ) (Δ² = L: one in each of L cells). */
export function planMechanism(cost: PlanCost): Mechanism {
  if (!cost.picoDelta) {
    const { n, d } = planScale(cost);
    return laplace(n, d);
  }
  const [n, d] = [cost.contributions * 1_000_000_000, 2 * nanoRho(cost)];
  const divisor = gcd(n, d);
  return gaussian(n / divisor, d / divisor);
}

export function spendOf(cost: PlanCost): Spend {
  return { microEpsilon: cost.microEpsilon, picoDelta: cost.picoDelta ?? 0, nanoRho: nanoRho(cost) };
}

/** Refuses (`PLAN_INVALID`) plans of one population that are malformed or together exceed what may be planned. */
export function validatePlans(plans: readonly PlanCost[]): void {
  let micro = 0;
  let pico = 0;
  const seen = new Set<string>();
  for (const plan of plans) {
    if (seen.has(plan.dataset)) throw invalid("dataset", "one plan for each dataset", "join the two plans");
    seen.add(plan.dataset);
    validatePlan(plan);
    micro += plan.microEpsilon;
    pico += plan.picoDelta ?? 0;
  }
  if (micro > PLANNED_MICRO_EPSILON) {
    throw invalid("microEpsilon", "plans of a population sum to at most 1.6", "lower ε of the plans");
  }
  if (pico > PLANNED_PICO_DELTA) {
    throw invalid("picoDelta", "plans of a population sum to at most 8e-7", "lower δ of the Gaussian plans");
  }
}

function validatePlan(plan: PlanCost): void {
  const { contributions, microEpsilon: micro, picoDelta = 0 } = plan;
  if (!Number.isSafeInteger(contributions) || contributions < 1 || contributions > 1_000_000) {
    throw invalid("contributions", "an integer from 1 to 1 000 000", "give how many cells a unit may enter a day");
  }
  if (!Number.isSafeInteger(micro) || micro < 1) {
    throw invalid("microEpsilon", "a positive integer", "give ε in millionths");
  }
  if (!Number.isSafeInteger(picoDelta) || picoDelta < 0) {
    throw invalid("picoDelta", "zero or a positive integer", "give δ in units of 1e-12, 0 for Laplace noise");
  }
  if (picoDelta > 0 && nanoRho(plan) < 1) {
    throw invalid("microEpsilon", "a Gaussian plan affords at least a nano-ρ", "raise ε or δ of the plan");
  }
}

function invalid(field: string, rule: string, fix: string): HubError {
  return new HubError("PLAN_INVALID", "The release plans of the population break a rule.", { field, rule, fix });
}

/** What the plans of one population cost a unit that is there every day. ε in micro-ε, rounded up. */
export type Horizon = {
  readonly days: number;
  /** Σε of the days; with δ = `picoDelta` where a plan is Gaussian. */
  readonly pureMicroEpsilon: number;
  readonly picoDelta: number;
  /** ε at δ = 1e-6, by zCDP or by the sum, whichever is less. */
  readonly approximateMicroEpsilon: number;
};

/**
 * The cost over 1, 7, 30 and 365 days: what a privacy card prints first.
 * @param units of one person: their pure ε adds up, their δ becomes k·e^((k−1)ε)·δ (Dwork, Roth 2014, section 2.3), their ρ
 * grows with the square (Bun, Steinke 2016, proposition 27)
 */
export function horizons(plans: readonly Spend[], units = 1, days: readonly number[] = HORIZONS_DAYS): Horizon[] {
  const sum = (of: (plan: Spend) => number): number => plans.reduce((total, plan) => total + of(plan), 0);
  const micro = sum((plan) => plan.microEpsilon);
  // A hair more than the factor, so that its rounding takes nothing away.
  const group = units === 1 ? 1 : units * Math.exp(((units - 1) * micro) / 1e6) * (1 + 2 ** -46);
  const pico = Math.ceil(group * sum((plan) => plan.picoDelta));
  const nano = units ** 2 * sum((plan) => plan.nanoRho);
  return days.map((count) => {
    const pureMicroEpsilon = units * micro * count;
    const picoDelta = pico * count;
    const byRho = microEpsilonOfRho(nano * count, HORIZON_DELTA * 1e12);
    // The sum answers the question at δ = 1e-6 only while its own δ is no more than that.
    const bySum = picoDelta <= CAP_PICO_DELTA ? pureMicroEpsilon : Number.POSITIVE_INFINITY;
    return { days: count, pureMicroEpsilon, picoDelta, approximateMicroEpsilon: Math.min(bySum, byRho) };
  });
}
