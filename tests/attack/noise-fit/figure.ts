import { planMechanism } from "../../../core/ledger/budget.ts";
import { gaussian, type Mechanism, sampleNoise, scaleOf as sizeOfNoise } from "../../../core/privacy/mechanism.ts";
import { type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";
import { normalBelow } from "../../../core/testing/proportion.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { distinct, publicPlans, scaleOf, sizeOf } from "../support/plans.ts";
import { noiseFor } from "../support/randomness.ts";
import { type Fit, fitOf, fits, lawOf, MOST } from "./fit.ts";

type Noise = { readonly sampleNoise: typeof sampleNoise };

const MECHANISM = new URL("../../../core/privacy/mechanism.ts", import.meta.url);
const SAMPLERS = {
  LAPLACE: { file: new URL("../../../core/privacy/laplace.ts", import.meta.url), as: "./laplace.ts" },
  GAUSSIAN: { file: new URL("../../../core/privacy/gaussian.ts", import.meta.url), as: "./gaussian.ts" },
} as const;

const FAULTS: readonly (Mutant & { readonly law: Mechanism["law"] })[] = [
  {
    law: "LAPLACE",
    name: "10 % less noise",
    from: "const size = geometric(scale, random);",
    to: "const size = geometric({ n: 9 * scale.n, d: 10 * scale.d }, random);",
  },
  {
    law: "LAPLACE",
    name: "one noise in twenty turned positive",
    from: "const negative = random() >>> 31 === 1;",
    to: "const negative = random() >>> 31 === 1 && random() % 20 > 0;",
  },
  {
    law: "LAPLACE",
    name: "geometric draw one too large",
    from: "const x = u + n * v;",
    to: "const x = u + n * v + d;",
  },
  {
    law: "LAPLACE",
    name: "geometric draw from one residue too many",
    from: "const u = uniform(n, random);",
    to: "const u = uniform(n + 1, random);",
  },
  { law: "LAPLACE", name: "zero counted twice", from: "if (size !== 0) return -size;", to: "return -size;" },
  {
    law: "GAUSSIAN",
    name: "Gaussian, 10 % less noise",
    from: "noise[i] = draw(variance, t, random);",
    to: "noise[i] = draw({ n: 81 * variance.n, d: 100 * variance.d }, t, random);",
  },
  {
    law: "GAUSSIAN",
    name: "Gaussian, noise on one side only",
    from: "return negative ? -size : size;",
    to: "return size;",
  },
  { law: "GAUSSIAN", name: "Gaussian, zero counted twice", from: "if (negative && size === 0) continue;", to: "" },
];

/** A crowd's plan with a δ of 1e-7, as a configuration may have it: σ² = 1 200 000/767. */
const GAUSSIAN_PLAN = planMechanism({ dataset: "", contributions: 24, microEpsilon: 600_000, picoDelta: 100_000 });
const SMALL_GAUSSIAN = gaussian(25, 2);
const FAULTY_AT = { LAPLACE: { law: "LAPLACE", scale: { n: 25, d: 2 } }, GAUSSIAN: SMALL_GAUSSIAN } as const;

/** The noise of every plan of the sample cities, one of each scale, and Gaussian noise. */
const mechanisms = (): Mechanism[] => [
  ...distinct(publicPlans(), (plan) => sizeOf(scaleOf(plan))).map(
    (plan): Mechanism => ({ law: "LAPLACE", scale: scaleOf(plan) }),
  ),
  SMALL_GAUSSIAN,
  GAUSSIAN_PLAN,
];

const nameOf = (mechanism: Mechanism): string =>
  `${mechanism.law === "LAPLACE" ? "t" : "σ"} ${Number(sizeOfNoise(mechanism).toPrecision(4))}`;

/** The chance that 10 % less noise moves the mean of |x| beyond its limit. */
function powerAt(mechanism: Mechanism, count: number): number {
  const { meanAbsolute, deviation } = lawOf(mechanism);
  const spread = Math.sqrt(deviation ** 2 - meanAbsolute ** 2);
  return normalBelow((0.1 * meanAbsolute * Math.sqrt(count)) / (0.9 * spread) - MOST.mean);
}

async function run({ size, progress }: Arena): Promise<Finding> {
  const count = size === "full" ? 1_000_000 : 50_000;
  const random = noiseFor(size, "noise-fit");
  const fitted = mechanisms();
  const found = fitted.map((mechanism): Fit => {
    progress(`${nameOf(mechanism)}, ${count} draws`);
    return fitOf(sampleNoise(count, mechanism, random), mechanism);
  });
  const mutants: MutantOutcome[] = [];
  for (const { law, ...fault } of FAULTS) {
    const sampler = SAMPLERS[law];
    const noise = await relink<Noise>(MECHANISM, { [sampler.as]: await mutate(sampler.file, fault) });
    const draws = noise.sampleNoise(200_000, FAULTY_AT[law], random);
    mutants.push({ name: fault.name, killed: !fits(fitOf(draws, FAULTY_AT[law])) });
  }
  const worst = (of: (fit: Fit) => number): string => {
    const [at, most] = found.reduce<[number, number]>(
      (best, fit, index) => (of(fit) > best[1] ? [index, of(fit)] : best),
      [0, Number.NEGATIVE_INFINITY],
    );
    return `${most.toFixed(2)} (${nameOf(fitted[at] as Mechanism)})`;
  };
  // Laplace noise as wide as the Gaussian one: a fit that looked at the spread alone would take it.
  const alike: Mechanism = { law: "LAPLACE", scale: { n: 5, d: 2 } };
  return {
    value: [
      `${fitted.length} laws, ${count.toExponential(0)} draws each`,
      `χ² at most ${worst(({ chiSquare }) => chiSquare)} sd above chance (p > 1e-6 below ${MOST.chiSquare})`,
      `|z| of mean |x| at most ${worst(({ mean }) => Math.abs(mean))}`,
      `tail count at most ${worst(({ tail }) => Math.abs(tail))} sd off`,
      `signs at most ${worst(({ sign }) => Math.abs(sign))} sd off`,
    ].join("; "),
    pass: found.every(fits),
    controls: [
      {
        name: "Laplace noise of the same deviation is not taken for Gaussian noise",
        held: !fits(fitOf(sampleNoise(count, alike, random), SMALL_GAUSSIAN)),
      },
    ],
    mutants,
    power: Math.min(...fitted.map((mechanism) => powerAt(mechanism, count))),
  };
}

export const figures: readonly Figure[] = [
  {
    name: "noise-fit",
    title: "noise fit",
    target: "χ² p > 1e-6, |z| of mean |x| < 5 at 1e6 draws, tail count within 5 sd",
    rules: ["P2", "P13"],
    needs: "nothing",
    fast: true,
    run,
  },
];
