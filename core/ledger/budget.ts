import { HubError } from "../errors.ts";
import type { Scale } from "../privacy/laplace.ts";

/** ε of one population and unit-day that can never be exceeded, in micro-ε. */
export const CAP_MICRO_EPSILON = 2_000_000;
/** What plans may use of it; the rest is for corrections, coarse counts and approved computations. */
export const PLANNED_MICRO_EPSILON = 1_600_000;
export const HORIZONS_DAYS = [1, 7, 30, 365] as const;
export const HORIZON_DELTA = 1e-6;

/** What a dataset costs a unit each day: at most `contributions` (L) cells of one each, together `microEpsilon`. */
export type PlanCost = { readonly dataset: string; readonly contributions: number; readonly microEpsilon: number };

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

/** ρ of a plan (zCDP) in nano-ρ, rounded up: L cells of ε/L each compose to ε²/(2L). */
export function nanoRho({ contributions, microEpsilon: micro }: PlanCost): number {
  const numerator = BigInt(micro) * BigInt(micro);
  const denominator = 2000n * BigInt(contributions);
  return Number((numerator + denominator - 1n) / denominator);
}

/** The scale t = L/ε of a plan's noise, in counts, as a reduced fraction. */
export function planScale({ contributions, microEpsilon: micro }: PlanCost): Scale {
  const n = contributions * 1_000_000;
  const divisor = gcd(n, micro);
  return { n: n / divisor, d: micro / divisor };
}

/** Refuses (`PLAN_INVALID`) plans of one population that are malformed or together exceed what may be planned. */
export function validatePlans(plans: readonly PlanCost[]): void {
  let total = 0;
  const seen = new Set<string>();
  for (const { dataset, contributions, microEpsilon: micro } of plans) {
    if (seen.has(dataset)) throw invalid("dataset", "one plan for each dataset", "join the two plans");
    seen.add(dataset);
    if (!Number.isSafeInteger(contributions) || contributions < 1 || contributions > 1_000_000) {
      throw invalid("contributions", "an integer from 1 to 1 000 000", "give how many cells a unit may enter a day");
    }
    if (!Number.isSafeInteger(micro) || micro < 1) {
      throw invalid("microEpsilon", "a positive integer", "give ε in millionths");
    }
    total += micro;
  }
  if (total > PLANNED_MICRO_EPSILON) {
    throw invalid("microEpsilon", "plans of a population sum to at most 1.6", "lower ε of the plans");
  }
}

function invalid(field: string, rule: string, fix: string): HubError {
  return new HubError("PLAN_INVALID", "The release plans of the population break a rule.", { field, rule, fix });
}

/** What the plans of one population cost a unit that is there every day. ε in micro-ε, rounded up. */
export type Horizon = {
  readonly days: number;
  readonly pureMicroEpsilon: number;
  /** ε at δ = 1e-6, by zCDP or purely, whichever is less. */
  readonly approximateMicroEpsilon: number;
};

/**
 * The cost over 1, 7, 30 and 365 days: what a privacy card prints first.
 * @param units of one person: their pure ε adds up, their ρ grows with the square (Bun, Steinke 2016, proposition 27)
 */
export function horizons(plans: readonly PlanCost[], units = 1, days: readonly number[] = HORIZONS_DAYS): Horizon[] {
  const micro = plans.reduce((sum, plan) => sum + plan.microEpsilon, 0);
  const nano = plans.reduce((sum, plan) => sum + nanoRho(plan), 0);
  return days.map((count) => {
    const pureMicroEpsilon = units * micro * count;
    const byRho = Math.ceil(epsilonOfRho((units ** 2 * nano * count) / 1e9, HORIZON_DELTA) * 1e6);
    return { days: count, pureMicroEpsilon, approximateMicroEpsilon: Math.min(pureMicroEpsilon, byRho) };
  });
}

/**
 * ε such that ρ-zCDP gives (ε, δ)-DP: the least over α > 1 of
 * ρα + (ln(1/δ) + (α − 1)·ln(1 − 1/α) − ln α)/(α − 1) (Canonne, Kamath, Steinke 2020, corollary 13).
 */
export function epsilonOfRho(rho: number, delta: number): number {
  if (rho === 0) return 0;
  const at = (logAlphaMinus1: number): number => {
    const a = Math.exp(logAlphaMinus1);
    return rho * (1 + a) + (Math.log(1 / delta) - Math.log1p(a)) / a + Math.log(a) - Math.log1p(a);
  };
  let low = -12;
  let high = 25;
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-9) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (at(left) < at(right)) high = right;
    else low = left;
  }
  return Math.max(0, at((low + high) / 2));
}
