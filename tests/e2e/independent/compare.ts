import { readFileSync } from "node:fs";
import type { PlanCost } from "../../../core/ledger/budget.ts";
import type { NoiseRow } from "../../../core/privacy/mechanism.ts";

/** The parts of the hub that a second implementation checks; a figure puts faulty copies in their place. */
export type Parts = {
  readonly laplace: Pick<typeof import("../../../core/privacy/laplace.ts"), "pmf" | "tail" | "standardDeviation">;
  readonly gaussian: Pick<
    typeof import("../../../core/privacy/gaussian.ts"),
    "gaussianPmf" | "gaussianTail" | "gaussianDeviation"
  >;
  readonly interval: Pick<typeof import("../../../core/privacy/interval.ts"), "halfWidth" | "coverage">;
  readonly budget: Pick<
    typeof import("../../../core/ledger/budget.ts"),
    "nanoRho" | "planMechanism" | "microEpsilonOfRho" | "horizons"
  >;
  readonly zcdp: Pick<typeof import("../../../core/ledger/zcdp.ts"), "epsilonOfRho">;
};

type Width = { cells: number; alpha: number; width: number; outside?: string };
type Law = NoiseRow & {
  law: NoiseRow["mechanism"];
  deviation: string;
  points: { x: number; pmf: string; tail: string }[];
  widths: Width[];
};
type PlanVector = PlanCost & { n: number; d: number; nanoRho: number; halfWidth95: number };
type Spends = Parameters<Parts["budget"]["horizons"]>[0];

/** What check.py writes: decimals as text, of which a double takes the first sixteen digits. */
export type Vectors = {
  laws: Law[];
  plans: PlanVector[];
  gaussianPlans: PlanVector[];
  conversions: { nanoRho: number; picoDelta: number; epsilon: string; microEpsilon: number }[];
  horizons: {
    plans: Spends;
    units: number;
    days: number;
    pureMicroEpsilon: number;
    picoDelta: number;
    approximateMicroEpsilon: number;
  }[];
};

export const VECTORS = JSON.parse(readFileSync(new URL("./vectors.json", import.meta.url), "utf8")) as Vectors;

/** What differs: integers that are not the same, in words; of real numbers the largest relative deviation, and where. */
export type Comparison = {
  readonly integers: number;
  readonly reals: number;
  readonly different: readonly string[];
  readonly largest: number;
  readonly at: string;
  /** the least and the most of ε − true ε: never below zero, never much above */
  readonly margins: readonly [least: number, most: number];
};

/** Probabilities below this are compared as zero: nothing of the hub depends on them. */
const NOTHING = 1e-50;

/** Compares the hub's noise and accounting with the vectors of a second implementation. */
export function compare({ laplace, gaussian, interval, budget, zcdp }: Parts, vectors: Vectors = VECTORS): Comparison {
  const different: string[] = [];
  let [integers, reals, largest, at] = [0, 0, 0, "nowhere"];
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  const same = (what: string, found: unknown, known: unknown): void => {
    integers += 1;
    if (found !== known) different.push(`${what}: ${found}, not ${known}`);
  };
  const close = (what: string, found: number, known: string): void => {
    reals += 1;
    const truth = Number(known);
    const off = Math.abs(found - truth) < NOTHING ? 0 : Math.abs(found - truth) / Math.abs(truth);
    if (!(off <= largest)) [largest, at] = [off, what];
  };

  for (const { law, n, d, deviation, points, widths } of vectors.laws) {
    const name = `${law} ${n}/${d}`;
    const row = { n, d };
    const isLaplace = law === "LAPLACE";
    const mechanism = isLaplace ? ({ law, scale: row } as const) : ({ law, variance: row } as const);
    const sd = isLaplace ? laplace.standardDeviation(row) : gaussian.gaussianDeviation(row);
    close(`deviation of ${name}`, sd, deviation);
    for (const { x, pmf, tail } of points) {
      close(`P(X = ${x}) of ${name}`, isLaplace ? laplace.pmf(x, row) : gaussian.gaussianPmf(x, row), pmf);
      close(`P(X ≥ ${x}) of ${name}`, isLaplace ? laplace.tail(x, row) : gaussian.gaussianTail(x, row), tail);
    }
    for (const { cells, alpha, width, outside } of widths) {
      const of = `${cells} cells of ${name}, ${alpha}`;
      same(`half width of ${of}`, interval.halfWidth(mechanism, cells, alpha), width);
      if (outside !== undefined) {
        const inside = String(1 - Number(outside));
        close(`coverage of ${of}`, interval.coverage(width, mechanism, cells), inside);
      }
    }
  }
  for (const { n, d, nanoRho, halfWidth95, ...plan } of [...vectors.plans, ...vectors.gaussianPlans]) {
    const name = `plan of L ${plan.contributions}, micro-ε ${plan.microEpsilon}, pico-δ ${plan.picoDelta ?? 0}`;
    const mechanism = budget.planMechanism({ ...plan, dataset: name });
    const fraction = mechanism.law === "LAPLACE" ? mechanism.scale : mechanism.variance;
    same(`noise of ${name}`, `${fraction.n}/${fraction.d}`, `${n}/${d}`);
    same(`nano-ρ of ${name}`, budget.nanoRho({ ...plan, dataset: name }), nanoRho);
    same(`half width of ${name}`, interval.halfWidth(mechanism), halfWidth95);
  }
  for (const { nanoRho, picoDelta, epsilon, microEpsilon } of vectors.conversions) {
    const name = `nano-ρ ${nanoRho} at pico-δ ${picoDelta}`;
    const found = zcdp.epsilonOfRho(nanoRho / 1e9, picoDelta / 1e12);
    const margin = found - Number(epsilon);
    [least, most] = [Math.min(least, margin), Math.max(most, margin)];
    same(`micro-ε of ${name}`, budget.microEpsilonOfRho(nanoRho, picoDelta), microEpsilon);
  }
  for (const { plans, units, days, ...known } of vectors.horizons) {
    const [found] = budget.horizons(plans, units, [days]);
    const name = `${days} days of ${units} units of ${JSON.stringify(plans)}`;
    for (const key of ["pureMicroEpsilon", "picoDelta", "approximateMicroEpsilon"] as const) {
      same(`${key} of ${name}`, found?.[key], known[key]);
    }
  }
  return { integers, reals, different, largest, at, margins: [least, most] };
}

/** Real numbers may be this far apart: what sums of doubles lose. */
export const TOLERANCE = 1e-11;
/** ε may be so much above the true one. */
export const MARGIN_MOST = 1e-9;

export const agrees = ({ different, largest, margins: [least, most] }: Comparison): boolean =>
  different.length === 0 && largest <= TOLERANCE && least >= 0 && most <= MARGIN_MOST;
