import { areaError, normalBelow } from "../../../core/testing/proportion.ts";
import { drawDense } from "../../../workers/release/vector.ts";
import { boundWithLimit, drawWithScale, halfNoise, twiceNoise } from "../support/faults.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { type PublicPlan, plansOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { measuredArea, partsOf, predictedArea } from "./attack.ts";

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
];
