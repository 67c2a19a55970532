import { type Mutant, mutate } from "../../../core/testing/mutant.ts";
import { agrees, compare, MARGIN_MOST, type Parts, TOLERANCE } from "../../e2e/independent/compare.ts";
import type { Figure, Finding, MutantOutcome } from "../support/figure.ts";

const core = (path: string): URL => new URL(`../../../core/${path}`, import.meta.url);
const FILES = {
  laplace: core("privacy/laplace.ts"),
  gaussian: core("privacy/gaussian.ts"),
  interval: core("privacy/interval.ts"),
  budget: core("ledger/budget.ts"),
  zcdp: core("ledger/zcdp.ts"),
} as const;

/** Each a fault that a test written with the formula in hand would repeat. */
const MUTANTS: readonly (Mutant & { readonly in: keyof Parts })[] = [
  {
    in: "laplace",
    name: "Laplace tail open at its end",
    from: "x > 0 ? q ** x / (1 + q)",
    to: "x > 0 ? q ** (x + 1) / (1 + q)",
  },
  {
    in: "gaussian",
    name: "Gaussian tail open at its end",
    from: "return sumFrom(x, v,",
    to: "return sumFrom(x + 1, v,",
  },
  {
    in: "gaussian",
    name: "normal density for the discrete one",
    from: "return Math.sqrt(2 * Math.PI * variance) * (1 + 2 * Math.exp(-2 * Math.PI ** 2 * variance))",
    to: "return Math.sqrt(2 * Math.PI * variance)",
  },
  {
    in: "interval",
    name: "half width one too small",
    from: "  return high;\n}\n\n/** P(",
    to: "  return high - 1;\n}\n\n/** P(",
  },
  { in: "interval", name: "normal form without the cells", from: "* Math.sqrt(cells) *", to: "*" },
  {
    in: "budget",
    name: "ρ of Laplace without L",
    from: "const denominator = 2000n * BigInt(contributions);",
    to: "const denominator = 2000n;",
  },
  { in: "budget", name: "ρ of Gaussian noise is L/σ²", from: "2 * nanoRho(cost)", to: "nanoRho(cost)" },
  { in: "budget", name: "a person of k units has k times the ρ", from: "units ** 2 * sum(", to: "units * sum(" },
  {
    in: "zcdp",
    name: "ε a little below the true one",
    from: "MARGIN * Math.abs(term)",
    to: "-MARGIN * Math.abs(term)",
  },
  { in: "zcdp", name: "ln α forgotten in the conversion", from: "-Math.log1p(a) / a,", to: "0," },
];

async function run(): Promise<Finding> {
  const parts: Parts = {
    laplace: await import("../../../core/privacy/laplace.ts"),
    gaussian: await import("../../../core/privacy/gaussian.ts"),
    interval: await import("../../../core/privacy/interval.ts"),
    budget: await import("../../../core/ledger/budget.ts"),
    zcdp: await import("../../../core/ledger/zcdp.ts"),
  };
  const found = compare(parts);
  const mutants: MutantOutcome[] = [];
  for (const { in: part, ...mutant } of MUTANTS) {
    const faulty = await mutate<never>(FILES[part], mutant);
    mutants.push({ name: mutant.name, killed: !agrees(compare({ ...parts, [part]: faulty })) });
  }
  const [least, most] = found.margins;
  const reals = `${found.reals} real numbers: at most ${found.largest.toExponential(1)} apart (${found.at})`;
  return {
    value: `${found.different.length} of ${found.integers} integers differ; ${reals}; ε ${least.toExponential(0)} to ${most.toExponential(0)} above the true one`,
    pass: agrees(found),
    controls: [],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "independent",
    title: "a second implementation from the definitions (Python, fractions and decimals of 60 digits)",
    target: `scales, ρ, half widths and horizons identical; PMFs, tails and coverage within ${TOLERANCE}; ε never below the true one, never ${MARGIN_MOST} above`,
    rules: ["P1", "P13"],
    needs: "nothing",
    fast: true,
    run,
  },
];
