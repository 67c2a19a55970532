import { halfWidth } from "../../../core/privacy/interval.ts";
import { type Mutant, mutate } from "../../../core/testing/mutant.ts";
import { normalBelow } from "../../../core/testing/proportion.ts";
import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { noiseFor } from "../support/randomness.ts";
import { CELLS, heldShares, PREDICTED, type Predicted } from "./coverage.ts";

type Interval = { readonly halfWidth: typeof halfWidth };

const INTERVAL = new URL("../../../core/privacy/interval.ts", import.meta.url);
const TOLERANCE = 0.005;

const LEAST = "  return high;\n}\n\n/** P(|noise|";
const MUTANTS: readonly Mutant[] = [
  { name: "half width one too small", from: LEAST, to: LEAST.replace("high;", "high - 1;") },
  { name: "half width one too wide", from: LEAST, to: LEAST.replace("high;", "high + 1;") },
  { name: "normal form without √cells", from: "* Math.sqrt(cells) *", to: "*" },
  {
    name: "sums as wide as one value times the cells",
    from: "leastWidth(beyond(mechanism, cells), alpha)",
    to: "cells * leastWidth(beyond(mechanism, 1), alpha)",
  },
  {
    name: "one cell of a sum forgotten",
    from: "leastWidth(beyond(mechanism, cells), alpha)",
    to: "leastWidth(beyond(mechanism, Math.max(1, cells - 1)), alpha)",
  },
];
/** Where a width that is wrong by one shows most: t = 2. */
const NARROW = "LAPLACE 2/1";

/** The largest difference of held and predicted share, and where. */
function furthest(
  predicted: readonly Predicted[],
  shares: readonly (readonly number[])[],
): { off: number; at: string } {
  let worst = { off: 0, at: "nowhere" };
  for (const [index, { name, shares: expected }] of predicted.entries()) {
    for (const [nth, cells] of CELLS.entries()) {
      const off = (shares[index]?.[nth] ?? Number.NaN) - (expected[nth] ?? Number.NaN);
      if (!(Math.abs(off) <= Math.abs(worst.off))) worst = { off, at: `${cells} cells of ${name}` };
    }
  }
  return worst;
}

async function run({ size, progress }: Arena): Promise<Finding> {
  const full = size === "full";
  const samples = full ? 100_000 : 20_000;
  const random = noiseFor(size, "intervals");
  const predicted = PREDICTED.filter(({ name }) => full || name === NARROW || name === "GAUSSIAN 200/1");
  const measure = (width: typeof halfWidth, laws: readonly Predicted[], count: number) =>
    furthest(
      laws,
      laws.map(({ mechanism, name }) => {
        progress(`${name}, ${count} sums of up to ${Math.max(...CELLS)} values`);
        return heldShares(width, mechanism, count, random);
      }),
    );
  const worst = measure(halfWidth, predicted, samples);
  const narrow = predicted.filter(({ name }) => name === NARROW);
  const mutants: MutantOutcome[] = [];
  for (const mutant of MUTANTS) {
    const { halfWidth: faulty } = await mutate<Interval>(INTERVAL, mutant);
    mutants.push({ name: mutant.name, killed: Math.abs(measure(faulty, narrow, 20_000).off) > TOLERANCE });
  }
  return {
    value: `${predicted.length} laws × sums of ${CELLS.join(", ")}, ${samples} each: at most ${(100 * worst.off).toFixed(2)} % from the predicted share (${worst.at})`,
    pass: Math.abs(worst.off) <= TOLERANCE,
    controls: [
      {
        name: "every law has a prediction for every sum, made by another program",
        held: PREDICTED.length >= 4 && predicted.some(({ mechanism }) => mechanism.law === "GAUSSIAN"),
      },
    ],
    mutants,
    power: powerOfOneTooSmall(narrow, 20_000),
  };
}

/** The chance to notice a single value's half width that is one too small at t = 2. */
function powerOfOneTooSmall(narrow: readonly Predicted[], samples: number): number {
  const [share = Number.NaN] = narrow[0]?.shares ?? [];
  const outside = (1 - share) * Math.exp(1 / 2);
  return normalBelow((outside - (1 - share) - TOLERANCE) / Math.sqrt((outside * (1 - outside)) / samples));
}

export const figures: readonly Figure[] = [
  {
    name: "intervals",
    title: "95 % intervals",
    target: "cover the predicted share ± 0.5 % of 20 000 (too wide fails too)",
    rules: ["P5", "P6"],
    needs: "nothing",
    fast: true,
    run,
  },
];
