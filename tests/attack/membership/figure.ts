import { planMechanism } from "../../../core/ledger/budget.ts";
import { gaussian, type Mechanism } from "../../../core/privacy/mechanism.ts";
import { mutate } from "../../../core/testing/mutant.ts";
import { areaError, normalBelow } from "../../../core/testing/proportion.ts";
import { drawDense } from "../../../workers/release/vector.ts";
import { worldsOf } from "../support/day.ts";
import { boundWithLimit, drawWithMechanism, drawWithScale, halfNoise, twiceNoise } from "../support/faults.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { type PublicPlan, plansOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { measuredArea, partsOf, predictedArea } from "./attack.ts";
import { measuredAreaOfSum, predictedAreaOfSum } from "./gaussian.ts";

const POPULATIONS = ["sangmu-people", "sangmu-vehicles", "sangmu-bike-trips"] as const;
const HORIZONS = [1, 20] as const;
const TOLERANCE = 0.01;

const halved = (plan: PublicPlan): PublicPlan => ({ ...plan, microEpsilon: 2 * plan.microEpsilon });

async function run({ size, progress }: Arena): Promise<Finding> {
  const samples = size === "full" ? 30_000 : 10_000;
  const populations = size === "full" ? POPULATIONS : POPULATIONS.slice(2);
  const random = noiseFor(size, "membership");
  const error = areaError(samples, samples);
  const half = await halfNoise();
  const rows = populations.flatMap((population) => {
    const plans = plansOf(population).filter(({ threshold }) => threshold === null);
    const parts = partsOf(plans);
    return HORIZONS.map((days) => {
      progress(`${population}, ${days} days`);
      const predicted = predictedArea(plans, days);
      return {
        name: `${population} ${days} d`,
        predicted,
        measured: measuredArea(drawDense, parts, days, samples, random),
        faulty: measuredArea(half.drawDense, parts, days, samples, random),
        // The least way from half the noise to where it would pass.
        power: normalBelow((predictedArea(plans.map(halved), days) - predicted - TOLERANCE) / error),
      };
    });
  });
  const holds = ({ predicted, measured }: { predicted: number; measured: number }): boolean =>
    Math.abs(measured - predicted) <= TOLERANCE;

  // The other faults, where a day is cheapest to draw.
  const plans = plansOf("sangmu-bike-trips").filter(({ threshold }) => threshold === null);
  const predicted = predictedArea(plans, 1);
  const survives = (draw: typeof drawDense, parts = partsOf(plans)): boolean =>
    holds({ predicted, measured: measuredArea(draw, parts, 1, samples, random) });
  const loose = await boundWithLimit("2 L contributions", "2 * part");
  const mutants: MutantOutcome[] = [
    ...rows.map(({ name, predicted: before, faulty }) => ({
      name: `half the noise (${name})`,
      killed: !holds({ predicted: before, measured: faulty }),
    })),
    { name: "twice the noise", killed: !survives((await twiceNoise()).drawDense) },
    { name: "2 L contributions", killed: !survives(drawDense, partsOf(plans, loose.assignSlots)) },
  ];
  const bare = await drawWithScale("hardly any noise", { n: "1", d: "100" });
  return {
    value: rows
      .map(({ name, measured, predicted: before }) => `${name}: ${measured.toFixed(4)}, predicted ${before.toFixed(4)}`)
      .join("; "),
    pass: rows.every(holds),
    controls: [
      {
        name: "without noise the attack is always right",
        held: measuredArea(bare.drawDense, partsOf(plans), 1, 1_000, random) > 0.999,
      },
    ],
    mutants,
    power: Math.min(...rows.map(({ power }) => power)),
  };
}

/** Crowd occupancy as it would be with Gaussian noise. */
const GAUSSIAN: PublicPlan & { picoDelta: number } = {
  dataset: "crowd occupancy",
  population: "sangmu-people",
  bound: 24,
  microEpsilon: 600_000,
  picoDelta: 100_000,
  threshold: null,
};

async function runGaussian({ size, progress }: Arena): Promise<Finding> {
  const samples = size === "full" ? 30_000 : 10_000;
  const random = noiseFor(size, "membership-gaussian");
  const cost = { ...GAUSSIAN, contributions: GAUSSIAN.bound };
  const mechanism = planMechanism(cost);
  if (mechanism.law !== "GAUSSIAN") throw new Error("a plan with δ has Gaussian noise");
  const { n, d } = mechanism.variance;
  const { cells, ...worlds } = worldsOf(GAUSSIAN, 2 * GAUSSIAN.bound);
  const counting = { ...worlds, cells: cells.filter((cell) => worlds.delta[cell] !== 0) };
  const predicted = predictedAreaOfSum(mechanism.variance, GAUSSIAN.bound);
  progress(`variance ${n}/${d}, predicted ${predicted.toFixed(4)}`);
  const measure = (draw: typeof drawDense, by = mechanism as Mechanism): number =>
    measuredAreaOfSum(draw, counting, by, samples, random);
  const measured = measure(drawDense);
  const fails = (area: number): boolean => Math.abs(area - predicted) > TOLERANCE;
  const half = await drawWithMechanism({
    name: "half the noise",
    from: "sampleGaussianVector(count, mechanism.variance, random)",
    to: "sampleGaussianVector(count, { n: mechanism.variance.n, d: 4 * mechanism.variance.d }, random)",
  });
  const forgetful = await mutate<typeof import("../../../core/ledger/budget.ts")>(
    new URL("../../../core/ledger/budget.ts", import.meta.url),
    { name: "forgot L", from: "[cost.contributions * 1_000_000_000,", to: "[1_000_000_000," },
  );
  const halfArea = predictedAreaOfSum({ n, d: 4 * d }, GAUSSIAN.bound);
  return {
    value: `L 24, ε 0.6, δ 1e-7: ${measured.toFixed(4)}, predicted ${predicted.toFixed(4)}`,
    pass: !fails(measured),
    controls: [
      { name: "without noise the attack is always right", held: measure(drawDense, gaussian(1, 100)) > 0.999 },
    ],
    mutants: [
      { name: "half the noise", killed: fails(measure(half.drawDense)) },
      { name: "forgot L", killed: fails(measure(drawDense, forgetful.planMechanism(cost))) },
    ],
    power: normalBelow((halfArea - predicted - TOLERANCE) / areaError(samples, samples)),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "membership",
    title: "membership inference (exact likelihood ratio; ≥ 30 000 per world), one day and 20 days",
    target: "AUC = the prediction printed from the plan ± 0.01, both sides; half the noise fails",
    rules: ["P1", "P3", "P4"],
    needs: "nothing",
    fast: true,
    run,
  },
  {
    name: "membership-gaussian",
    title: "membership inference on Gaussian noise (exact likelihood ratio; ≥ 30 000 per world), one day",
    target: "AUC = the prediction printed from the plan ± 0.01, both sides; half the noise and “forgot L” fail",
    rules: ["P1", "P3", "P4"],
    needs: "nothing",
    fast: false,
    run: runGaussian,
  },
];
