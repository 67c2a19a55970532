import { kill } from "../testing/mutant.ts";
import { seededWords } from "../testing/seeded.ts";
import { chiSquareZ, fitZ, ONE_IN_A_MILLION, twoSampleZ } from "../testing/statistics.ts";
import { sampleBinomial } from "./binomial.ts";
import { survivalBits } from "./exponential.ts";
import { pmf, type Scale, sampleVector, tail } from "./laplace.ts";
import * as sparse from "./sparse.ts";

const FILE = new URL("./sparse.ts", import.meta.url);
const SCALE: Scale = { n: 2, d: 1 };
const THRESHOLD = 3;
const ROUNDS = 10_000;
type Sparse = Pick<typeof sparse, "releaseSparse">;

/** What is shown of a table, as one name: the same outcome space for sparse and dense releases. */
function outcome(shown: ReadonlyMap<number, number>): string {
  return [...shown].map(([cell, value]) => `${cell}:${Math.min(value, THRESHOLD + 4)}`).join(" ");
}

function dense(counts: readonly number[], random: () => number): Map<number, number> {
  const noise = sampleVector(counts.length, SCALE, random);
  const values = counts.map((count, i): [number, number] => [i, count + (noise[i] ?? 0)]);
  return new Map(values.filter(([, value]) => value >= THRESHOLD));
}

/** Two-sample χ² over whole outcomes: not only each cell, also how cells go together. */
function sameLawAsDense({ releaseSparse }: Sparse): void {
  const counts = [0, 4, 0, 1, 0];
  const random = seededWords("sparse and dense");
  const seen = new Map<string, [number, number]>();
  const note = (name: string, side: 0 | 1): void => {
    const pair = seen.get(name) ?? [0, 0];
    pair[side]++;
    seen.set(name, pair);
  };
  const table = new Map([
    [3, 1],
    [1, 4],
  ]);
  for (let i = 0; i < ROUNDS; i++) {
    note(
      outcome(releaseSparse({ counts: table, domain: counts.length, scale: SCALE, threshold: THRESHOLD }, random)),
      0,
    );
    note(outcome(dense(counts, random)), 1);
  }
  expect(twoSampleZ([...seen.values()])).toBeLessThan(ONE_IN_A_MILLION);
}

describe("a sparse release", () => {
  it("follows the law of noise on every cell", () => sameLawAsDense(sparse));

  it("follows it in tables that are mostly full", () => {
    const random = seededWords("full");
    const counts = new Map(Array.from({ length: 9 }, (_, cell) => [cell, 50]));
    const shown: number[] = [];
    for (let i = 0; i < 100_000; i++) {
      const release = sparse.releaseSparse({ counts, domain: 10, scale: SCALE, threshold: 1 }, random);
      shown.push(release.get(9) ?? 0);
    }
    const hidden = (x: number): number => (x === 0 ? 1 - tail(1, SCALE) : pmf(x, SCALE));
    expect(fitZ(shown, 0, 20, hidden, [0, tail(21, SCALE)])).toBeLessThan(ONE_IN_A_MILLION);
  });

  it("names every empty cell equally often in a large domain", () => {
    const random = seededWords("places");
    const seen = new Array<number>(100).fill(0);
    const counts = new Map([[50, 1000]]);
    let total = 0;
    for (let i = 0; i < 4000; i++) {
      const cells = sparse.releaseSparse({ counts, domain: 100, scale: SCALE, threshold: THRESHOLD }, random).keys();
      for (const cell of cells) {
        if (cell === 50) continue;
        seen[cell] = (seen[cell] ?? 0) + 1;
        total++;
      }
    }
    seen.splice(50, 1);
    expect(total / 4000 / 99).toBeCloseTo(tail(THRESHOLD, SCALE), 2);
    expect(chiSquareZ(seen, new Array<number>(99).fill(total / 99))).toBeLessThan(ONE_IN_A_MILLION);
  });

  it("shows nothing below its threshold and takes a count of zero for an empty cell", () => {
    const random = seededWords("zero");
    for (let i = 0; i < 2000; i++) {
      const counts = new Map([
        [0, 0],
        [1, 2],
      ]);
      const shown = sparse.releaseSparse({ counts, domain: 40, scale: SCALE, threshold: THRESHOLD }, random);
      for (const value of shown.values()) expect(value).toBeGreaterThanOrEqual(THRESHOLD);
    }
  });

  it.each([
    ["a cell outside the domain", new Map([[5, 1]]), 5, 1],
    ["a negative count", new Map([[0, -1]]), 5, 1],
    ["a count that is no integer", new Map([[0, 1.5]]), 5, 1],
    ["a threshold below one", new Map(), 5, 0],
    ["an empty domain", new Map(), 0, 1],
  ])("refuses %s", (_name, counts, domain, threshold) => {
    expect(() => sparse.releaseSparse({ counts, domain, scale: SCALE, threshold })).toThrow(RangeError);
  });

  it.each([
    { name: "only true cells are ever shown", from: "const empty = domain - occupied.size;", to: "const empty = 0;" },
    { name: "all cells counted as empty", from: "const empty = domain - occupied.size;", to: "const empty = domain;" },
    { name: "survivors shown at the threshold itself", from: "threshold + geometric(scale, random)", to: "threshold" },
    { name: "survivors one too high", from: "threshold + geometric", to: "threshold + 1 + geometric" },
    { name: "true cells first", from: "shown.sort((a, b) => a[0] - b[0])", to: "shown" },
    { name: "true cells without noise", from: "count + sampleLaplace(scale, random)", to: "count" },
    { name: "true cells always shown", from: "if (value >= threshold) shown", to: "shown" },
    { name: "first empty cells preferred", from: "uniform(left, random) <", to: "left - 1 >= 0 && 0 <" },
  ])("notices: $name", (mutant) => {
    if (mutant.name === "first empty cells preferred") return kill<Sparse>(FILE, mutant, evenPlacesWhenCrowded);
    return kill<Sparse>(FILE, mutant, sameLawAsDense);
  });
});

function evenPlacesWhenCrowded({ releaseSparse }: Sparse): void {
  const random = seededWords("crowded");
  const counts = new Map(Array.from({ length: 12 }, (_, cell) => [cell, 1]));
  const seen = new Array<number>(4).fill(0);
  for (let i = 0; i < 8000; i++) {
    const shown = releaseSparse({ counts, domain: 16, scale: SCALE, threshold: THRESHOLD }, random);
    for (const cell of shown.keys()) if (cell >= 12) seen[cell - 12] = (seen[cell - 12] ?? 0) + 1;
  }
  const total = seen.reduce((sum, count) => sum + count, 0);
  expect(chiSquareZ(seen, new Array<number>(4).fill(total / 4))).toBeLessThan(ONE_IN_A_MILLION);
}

describe("the exact binomial", () => {
  it.each([
    [SCALE, 1],
    [SCALE, 12],
    [{ n: 1, d: 3 }, 4],
    [{ n: 25, d: 2 }, 40],
    [{ n: 3_200_000, d: 123_457 }, 7],
  ])("knows the digits of the probability to survive", (scale, threshold) => {
    const digits = survivalBits(scale, threshold);
    let value = 0;
    for (let i = 0; i < 70; i++) value += digits(i) * 2 ** -(i + 1);
    expect(value / tail(threshold, scale)).toBeCloseTo(1, 12);
  });

  it("finds further digits that agree with the first ones", () => {
    const digits = survivalBits(SCALE, 3);
    const all = Array.from({ length: 600 }, (_, i) => digits(i));
    const again = survivalBits(SCALE, 3);
    expect(again(599)).toBe(all[599]);
    expect(Array.from({ length: 250 }, (_, i) => again(i))).toEqual(all.slice(0, 250));
    const ones = all.filter((digit) => digit === 1).length;
    expect(Math.abs(ones - 300)).toBeLessThan(75);
  });

  it("fits the binomial law", () => {
    binomialLaw({ sampleBinomial });
    expect(sampleBinomial(0, survivalBits(SCALE, 1), seededWords("none"))).toBe(0);
  });

  it.each([
    {
      name: "coins left over in the last word",
      from: "left >= 32 ? random() : random() >>> (32 - left)",
      to: "random()",
    },
    { name: "digits read the wrong way round", from: "if (digits(i) === 1)", to: "if (digits(i) === 0)" },
    { name: "half of the trials lost", from: "let undecided = trials;", to: "let undecided = trials >> 1;" },
  ])("notices: $name", (mutant) => kill<Binomial>(new URL("./binomial.ts", import.meta.url), mutant, binomialLaw));
});

type Binomial = { sampleBinomial: typeof sampleBinomial };

function binomialLaw({ sampleBinomial: draw }: Binomial): void {
  const random = seededWords("binomial");
  const digits = survivalBits(SCALE, 1);
  const p = tail(1, SCALE);
  const draws = Array.from({ length: 20_000 }, () => draw(40, digits, random));
  const logFactorial = (n: number): number => (n < 2 ? 0 : Math.log(n) + logFactorial(n - 1));
  const mass = (k: number): number =>
    Math.exp(logFactorial(40) - logFactorial(k) - logFactorial(40 - k) + k * Math.log(p) + (40 - k) * Math.log1p(-p));
  expect(fitZ(draws, 0, 40, mass, [0, 0])).toBeLessThan(ONE_IN_A_MILLION);
}
