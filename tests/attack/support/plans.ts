import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { planScale } from "../../../core/ledger/budget.ts";
import type { Scale } from "../../../core/privacy/laplace.ts";
import { loadCity } from "../../../prisma/cities/city.ts";

/** What an attacker reads of a release plan on its card. */
export type PublicPlan = {
  readonly dataset: string;
  readonly population: string;
  /** L: cells that one unit may touch in a day */
  readonly bound: number;
  readonly microEpsilon: number;
  readonly threshold: number | null;
};

/** The defaults of privacy.md §3 (docs/privacy.md) for datasets that no sample city has yet, with L and micro-ε. */
const DEFAULTS: readonly PublicPlan[] = [
  ["unique tracks, district and day", 2, 100_000],
  ["dwell histogram", 3, 300_000],
  ["speed histogram", 10, 400_000],
  ["vehicle gates, origin and destination", 2, 400_000],
  ["bus boardings, stop and hour", 4, 1_000_000],
].map(([dataset, bound, microEpsilon]) => ({
  dataset: String(dataset),
  population: "default",
  bound: Number(bound),
  microEpsilon: Number(microEpsilon),
  threshold: null,
}));

/** Every release plan with Laplace noise of the sample cities, and the defaults that none of them uses. */
export function publicPlans(): PublicPlan[] {
  const cwd = join(import.meta.dirname, "../../../prisma/cities");
  const cities = globSync("*.json", { cwd }).sort();
  const plans = cities.flatMap((file) =>
    loadCity(basename(file, ".json")).datasets.flatMap(({ id, plans: own }) =>
      own
        .filter(({ mechanism }) => mechanism === "LAPLACE")
        .map(({ population, bound, epsilonMicro, threshold }) => ({
          dataset: id,
          population,
          bound,
          microEpsilon: epsilonMicro,
          threshold,
        })),
    ),
  );
  return [...plans, ...DEFAULTS];
}

/** The plans of one population of a sample city. */
export const plansOf = (population: string): PublicPlan[] =>
  publicPlans().filter((plan) => plan.population === population);

/** t = L/ε. */
export const scaleOf = ({ bound, microEpsilon }: PublicPlan): Scale =>
  planScale({ dataset: "", contributions: bound, microEpsilon });

/** The plans with the same L and ε are one to an attacker on the noise; in order of their scale. */
export function distinct<K>(plans: readonly PublicPlan[], keyOf: (plan: PublicPlan) => K): PublicPlan[] {
  const byKey = new Map(plans.map((plan) => [keyOf(plan), plan]));
  return [...byKey.values()].sort((a, b) => a.bound / a.microEpsilon - b.bound / b.microEpsilon);
}

export const sizeOf = ({ n, d }: Scale): number => n / d;
