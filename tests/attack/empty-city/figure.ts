import type * as laplace from "../../../core/privacy/laplace.ts";
import type * as mechanism from "../../../core/privacy/mechanism.ts";
import { deviation } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";
import type { Arena, Figure, Finding, MutantOutcome, Size } from "../support/figure.ts";
import { noiseFor } from "../support/randomness.ts";
import { type DayPlan, daySum, plansOfDay, RIGHT, type Steps, score, sizeOf } from "./day.ts";

const LIMIT = 4;
const DAYS: Readonly<Record<Size, number>> = { full: 30, fast: 3 };
const file = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

/** The worst |z| of empty city-days, of each plan's day and of all of them together. */
function worst(plans: readonly DayPlan[], days: number, random: RandomWords, steps: Steps) {
  let city = 0;
  let plan = 0;
  let total = 0;
  for (let day = 0; day < days; day++) {
    const sums = plans.map((one) => daySum(one, random, steps));
    const z = score(plans, sums);
    total += z / Math.sqrt(days);
    city = Math.max(city, Math.abs(z));
    for (const [at, one] of plans.entries()) plan = Math.max(plan, Math.abs(score([one], [sums[at] ?? 0])));
  }
  return { city, plan, total: Math.abs(total) };
}

const holds = ({ city, total }: ReturnType<typeof worst>): boolean => city < LIMIT && total < LIMIT;

type Fault = Mutant & { readonly of: "columns" | "vector" | "sampler" };
const FAULTS: readonly Fault[] = [
  {
    of: "columns",
    name: "clamped at zero before the sum",
    from: "sum.value += value ?? 0;",
    to: "sum.value += Math.max(0, value ?? 0);",
  },
  {
    of: "vector",
    name: "clamped at zero when drawn",
    from: "values: exact.map((count, index) => count + (noise[index] ?? 0)),",
    to: "values: exact.map((count, index) => Math.max(0, count + (noise[index] ?? 0))),",
  },
  {
    of: "sampler",
    name: "one-sided noise",
    from: "const negative = random() >>> 31 === 1;",
    to: "const negative = false;",
  },
];

/** The steps with one of them, or the sampler beneath, at fault. */
async function stepsWith({ of, ...fault }: Fault): Promise<Steps> {
  if (of === "columns") return { ...RIGHT, ...(await mutate<Steps>(file("schema/series/columns.ts"), fault)) };
  const vector = file("workers/release/vector.ts");
  if (of === "vector") return { ...RIGHT, ...(await mutate<Steps>(vector, fault)) };
  const sampler = await mutate<typeof laplace>(file("core/privacy/laplace.ts"), fault);
  const noise = await relink<typeof mechanism>(file("core/privacy/mechanism.ts"), { "./laplace.ts": sampler });
  return { ...RIGHT, ...(await relink<Steps>(vector, { "../../core/privacy/mechanism.ts": noise })) };
}

async function outcome(plans: readonly DayPlan[], random: RandomWords, fault: Fault): Promise<MutantOutcome> {
  const steps = await stepsWith(fault);
  return { name: fault.name, killed: !holds(worst(plans, 1, random, steps)) };
}

/** The chance to notice that every value lies a tenth of its deviation too high, on one day. */
function power(plans: readonly DayPlan[]): number {
  const shift = plans.reduce((sum, plan) => sum + (sizeOf(plan) * deviation(plan.mechanism)) / 10, 0);
  return normalBelow(score(plans, [shift]) - LIMIT);
}

/** Φ by the error function of Abramowitz and Stegun 7.1.26 (±1.5e-7). */
function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z >= 0 ? 1 - tail / 2 : tail / 2;
}

async function run({ size }: Arena): Promise<Finding> {
  const plans = plansOfDay();
  const random = noiseFor(size, "empty-city");
  const found = worst(plans, DAYS[size], random, RIGHT);
  const values = plans.reduce((sum, plan) => sum + sizeOf(plan), 0);
  const mutants: MutantOutcome[] = [];
  for (const fault of FAULTS) mutants.push(await outcome(plans, random, fault));
  return {
    value: `worst |z| ${found.city.toFixed(2)} of ${DAYS[size]} city-days (${values} values of ${plans.length} plans each), ${found.plan.toFixed(2)} of a plan's day; all days together ${found.total.toFixed(2)}`,
    pass: holds(found),
    controls: [
      { name: "a day with as many in each cell as its noise deviates is noticed", held: somebody(plans, random) },
    ],
    mutants,
    power: power(plans),
  };
}

/** A day on which every cell counts as much as its noise deviates: the attack must see that the city is not empty. */
function somebody(plans: readonly DayPlan[], random: RandomWords): boolean {
  const sums = plans.map((plan) => {
    const present = Math.ceil(deviation(plan.mechanism));
    return daySum(plan, random, RIGHT, new Map(plan.partitions.map(({ cell }) => [cell, present])));
  });
  return Math.abs(score(plans, sums)) > LIMIT;
}

export const figures: readonly Figure[] = [
  {
    name: "empty-city",
    title: "sum of an empty city-day",
    target: "|z| < 4",
    rules: ["P4", "P5"],
    needs: "nothing",
    fast: true,
    run,
  },
];
