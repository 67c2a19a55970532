import type { Scale } from "../../../core/privacy/laplace.ts";
import { drawDense } from "../../../workers/release/vector.ts";
import { drawWithSampler, halfNoise, lessNoise } from "../support/faults.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { distinct, publicPlans, scaleOf, sizeOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { auditCell, type Draw, leastBound, powerOfCell } from "./audit.ts";

/** For all scales together. */
const ALPHA = 0.001;

/** Samples of each world by scale (docs/privacy.md). */
function samplesAt(scale: Scale): number {
  const t = sizeOf(scale);
  if (t <= 5) return 300_000;
  if (t <= 7.5) return 500_000;
  if (t <= 10) return 1_000_000;
  return t <= 20 ? 3_000_000 : 12_000_000;
}

const scales = (): Scale[] => distinct(publicPlans(), (plan) => sizeOf(scaleOf(plan))).map((plan) => scaleOf(plan));

/** Faults of the sampler that leave its spread as it is, or nearly: the search finds the value that tells. */
const SAMPLER_FAULTS = [
  { name: "zero counted twice", from: "if (size !== 0) return -size;", to: "return -size;" },
  { name: "noise on one side only", from: "if (!negative) return size;", to: "return size;" },
  {
    name: "tail cut after three scales",
    from: "while (bernoulliExp(1, 1, random)) v++;",
    to: "while (v < 3 && bernoulliExp(1, 1, random)) v++;",
  },
];
const FAULTY_AT: Scale = { n: 10, d: 1 };

async function run({ size, progress }: Arena): Promise<Finding> {
  const audited = size === "full" ? scales() : scales().filter((scale) => sizeOf(scale) <= 5);
  const alpha = ALPHA / audited.length;
  const random = noiseFor(size, "audit-cell");
  const less = await lessNoise();
  const rows = audited.map((scale) => {
    const samples = samplesAt(scale);
    progress(`scale ${sizeOf(scale)}, ${samples} samples of each world`);
    return {
      scale,
      samples,
      loss: auditCell(drawDense, scale, samples, alpha, random).loss,
      faulty: auditCell(less.drawDense, scale, samples, alpha, random).loss,
      power: powerOfCell(scale, samples, 0.9, alpha),
    };
  });
  const exceeds = (draw: Draw): boolean =>
    auditCell(draw, FAULTY_AT, 300_000, alpha, random).loss > FAULTY_AT.d / FAULTY_AT.n;
  const mutants: MutantOutcome[] = rows.map(({ scale, faulty }) => ({
    name: `10 % less noise at scale ${sizeOf(scale)}`,
    killed: faulty > scale.d / scale.n,
  }));
  mutants.push({ name: "half the noise", killed: exceeds((await halfNoise()).drawDense) });
  for (const fault of SAMPLER_FAULTS) {
    mutants.push({ name: fault.name, killed: exceeds((await drawWithSampler(fault)).drawDense) });
  }
  return {
    value: rows
      .map(({ scale, loss, samples, power }) => {
        const epsilon = (scale.d / scale.n).toFixed(4);
        return `t ${sizeOf(scale)}: ${loss.toFixed(4)} of ${epsilon} (${samples.toExponential(1)}, power ${power.toFixed(4)})`;
      })
      .join("; "),
    pass: rows.every(({ scale, loss }) => loss <= scale.d / scale.n),
    controls: [
      {
        name: "an exact count is told from its neighbour",
        held: auditCell(drawDense, { n: 1, d: 100 }, 10_000, alpha, random).loss > 5,
      },
      ...rows.map(({ scale, samples, loss }) => ({
        name: `the audit finds the loss that is there at scale ${sizeOf(scale)}`,
        held: loss >= leastBound(scale, samples, alpha),
      })),
    ],
    mutants,
    power: Math.min(...rows.map(({ power }) => power)),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "audit-cell",
    title:
      "ε audit of one cell, two worlds, 99.9 % Clopper–Pearson; samples by scale: t ≤ 5: 3e5, ≤ 7.5: 5e5, ≤ 10: 1e6, ≤ 20: 3e6, ≤ 40: 1.2e7",
    target: "lower bound ≤ ε; a mutant with 10 % less noise exceeds it (power printed)",
    rules: ["P1", "P13"],
    needs: "nothing",
    fast: true,
    run,
  },
];
