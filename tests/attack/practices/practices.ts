import { assignSlots } from "../../../core/privacy/bound.ts";
import { pmf } from "../../../core/privacy/laplace.ts";
import { laplace } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { drawDense } from "../../../workers/release/vector.ts";
import { type CityPlan, countsOf, type Row } from "../support/city-day.ts";
import { scaleOf } from "../support/plans.ts";

/** One window of a table as a practice sees it. */
export type Table = {
  readonly cells: readonly number[];
  readonly counts: ReadonlyMap<number, number>;
  readonly busiest: number;
};

/** What is published of a window; `area` answers for any set of cells, as often as it is asked. */
export type Published = {
  readonly shown: ReadonlyMap<number, number>;
  readonly area: (cells: readonly number[]) => number | null;
};

export type Practice = {
  readonly name: string;
  /** what of a unit's day is counted */
  readonly counted: (rows: readonly Row[]) => readonly Row[];
  readonly publish: (table: Table, random: RandomWords) => Published;
  /** the logarithm of the probability that the cells of a table are published like this; −∞: they never are */
  readonly logLikelihood: (shown: Published["shown"], table: Table) => number;
};

/** The windows of a day; `busiest` is the greatest number of cells that one unit is in. */
export function tableOf(cells: readonly number[], rows: readonly Row[]): Table {
  const counts = new Map<number, number>();
  const touched = new Map<string, number>();
  for (const { cell, pseudonym } of rows) {
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
    touched.set(pseudonym, (touched.get(pseudonym) ?? 0) + 1);
  }
  return { cells, counts, busiest: Math.max(1, ...touched.values()) };
}

const sumOf = (values: ReadonlyMap<number, number>, cells: readonly number[]): number =>
  cells.reduce((sum, cell) => sum + (values.get(cell) ?? 0), 0);

/** The hub: bounded, noise of scale L/ε on every public cell, drawn once; larger areas are sums of what was released. */
export function ours(plan: CityPlan): Practice {
  const scale = scaleOf({
    dataset: "",
    population: "",
    bound: plan.config.bound,
    microEpsilon: plan.config.epsilonMicro,
    threshold: null,
  });
  return {
    name: "Madang",
    counted: (rows) => countsOf(plan, rows, assignSlots).counted,
    publish({ cells, counts }, random) {
      const drawn = drawDense(cells, counts, [], laplace(scale.n, scale.d), random);
      const shown = new Map(drawn.cells.map((cell, index) => [cell, drawn.values[index] ?? 0]));
      return { shown, area: (asked) => sumOf(shown, asked) };
    },
    logLikelihood(shown, { cells, counts }) {
      let total = 0;
      for (const cell of cells) total += Math.log(pmf((shown.get(cell) ?? 0) - (counts.get(cell) ?? 0), scale));
      return total;
    },
  };
}

const K = 3;

/** Exact counts; what is below three is left out, in cells and in areas alike. */
export const suppression: Practice = {
  name: "k = 3 suppression",
  counted: (rows) => rows,
  publish({ counts }) {
    const shown = new Map([...counts].filter(([, count]) => count >= K));
    return {
      shown,
      area(asked) {
        const total = sumOf(counts, asked);
        return total >= K ? total : null;
      },
    };
  },
  logLikelihood(shown, { cells, counts }) {
    const same = cells.every((cell) => {
      const count = counts.get(cell) ?? 0;
      return shown.get(cell) === (count >= K ? count : undefined);
    });
    return same ? 0 : Number.NEGATIVE_INFINITY;
  },
};

/**
 * Laplace noise as it is often added: the sensitivity is the most that any unit of the data contributes, each window spends
 * the whole ε, each question is answered with noise of its own, and rows are the cells that occur in the data.
 */
export function dataDependent(epsilon: number): Practice {
  const noisy = (count: number, busiest: number, random: RandomWords): number =>
    Math.round(count + laplaceDraw(busiest / epsilon, random));
  return {
    name: "Laplace noise, sensitivity from the data",
    counted: (rows) => rows,
    publish({ counts, busiest }, random) {
      const shown = new Map([...counts].map(([cell, count]) => [cell, noisy(count, busiest, random)]));
      return { shown, area: (asked) => noisy(sumOf(counts, asked), busiest, random) };
    },
    logLikelihood(shown, { cells, counts, busiest }) {
      let total = 0;
      for (const cell of cells) {
        const [value, count] = [shown.get(cell), counts.get(cell)];
        if ((value === undefined) !== (count === undefined)) return Number.NEGATIVE_INFINITY;
        if (value !== undefined && count !== undefined) total += Math.log(roundedPmf(value - count, busiest / epsilon));
      }
      return total;
    },
  };
}

/** A draw of the continuous Laplace distribution of scale b, as textbooks make it. */
function laplaceDraw(b: number, random: RandomWords): number {
  const size = -b * Math.log((random() + 1) / 0x1_0000_0000);
  return random() >>> 31 === 1 ? -size : size;
}

/** P(x − ½ ≤ noise < x + ½). */
const roundedPmf = (x: number, b: number): number =>
  x === 0 ? -Math.expm1(-0.5 / b) : Math.exp(-Math.abs(x) / b) * Math.sinh(0.5 / b);
