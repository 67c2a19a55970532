import fc from "fast-check";
import { microEpsilon, planScale } from "../ledger/budget.ts";
import { kill } from "../testing/mutant.ts";
import { seededWords } from "../testing/seeded.ts";
import * as interval from "./interval.ts";
import { pmf, type Scale, sampleVector, tail } from "./laplace.ts";

const FILE = new URL("./interval.ts", import.meta.url);
const { coverage, halfWidth } = interval;
type Interval = Pick<typeof interval, "halfWidth">;

function outside(w: number, scale: Scale): number {
  return 2 * tail(w + 1, scale);
}

function leastForOneCell({ halfWidth: width }: Interval): void {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(0.01, 0.05, 0.1, 0.5),
      (n, d, alpha) => {
        const w = width({ n, d }, 1, alpha);
        expect(outside(w, { n, d })).toBeLessThanOrEqual(alpha * (1 + 1e-12));
        if (w > 0) expect(outside(w - 1, { n, d })).toBeGreaterThan(alpha * (1 - 1e-12));
      },
    ),
    { seed: 7 },
  );
}

/** The distribution of a sum by plain convolution. */
function massOfSum(scale: Scale, cells: number, reach: number): number[] {
  const one = Array.from({ length: 2 * reach + 1 }, (_, i) => pmf(i - reach, scale));
  let sum = [1];
  for (let i = 0; i < cells; i++) {
    const next = new Array<number>(sum.length + one.length - 1).fill(0);
    sum.forEach((a, x) => {
      one.forEach((b, y) => {
        next[x + y] = (next[x + y] ?? 0) + a * b;
      });
    });
    sum = next;
  }
  return sum;
}

function leastForSums({ halfWidth: width }: Interval): void {
  for (const [scale, cells] of [
    [{ n: 2, d: 1 }, 2],
    [{ n: 2, d: 1 }, 7],
    [{ n: 1, d: 3 }, 5],
    [{ n: 9, d: 2 }, 4],
  ] as const) {
    const mass = massOfSum(scale, cells, 100);
    const middle = (mass.length - 1) / 2;
    const beyond = (w: number): number => mass.reduce((sum, p, i) => (Math.abs(i - middle) > w ? sum + p : sum), 0);
    const w = width(scale, cells);
    expect(beyond(w)).toBeLessThanOrEqual(0.05);
    if (w > 0) expect(beyond(w - 1)).toBeGreaterThan(0.05);
    expect(coverage(w, scale, cells)).toBeCloseTo(1 - beyond(w), 7);
  }
}

describe("the interval of the noise", () => {
  it.each([
    [6, 0.6, 30],
    [2, 0.1, 60],
    [24, 0.6, 120],
    [3, 0.3, 30],
    [10, 0.8, 37],
    [10, 0.4, 75],
    [2, 0.4, 15],
    [1, 0.25, 12],
    [1, 0.5, 6],
    [4, 1, 12],
    [1, 0.1, 30],
  ])("for L %i and ε %d is ± %i, as the plans print", (contributions, epsilon, expected) => {
    const scale = planScale({ dataset: "any", contributions, microEpsilon: microEpsilon(epsilon) });
    expect(halfWidth(scale)).toBe(expected);
  });

  it("is the narrowest that holds for one cell", () => leastForOneCell(interval));
  it("is the narrowest that holds for sums of a few cells", () => leastForSums(interval));

  it("covers what it says of real draws, no less and no more", () => {
    const scale = { n: 10, d: 1 };
    const noise = sampleVector(20_000 * 8, scale, seededWords("coverage"));
    for (const cells of [1, 8]) {
      const w = halfWidth(scale, cells);
      let inside = 0;
      for (let i = 0; i < 20_000; i++) {
        const sum = noise.slice(i * cells, (i + 1) * cells).reduce((a, b) => a + b, 0);
        if (Math.abs(sum) <= w) inside++;
      }
      expect(Math.abs(inside / 20_000 - coverage(w, scale, cells))).toBeLessThan(0.005);
    }
  });

  it("passes smoothly to the normal form at 30 cells and to large scales", () => {
    const scale = { n: 10, d: 1 };
    const ratio = halfWidth(scale, 30) / halfWidth(scale, 29);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.03);
    expect(halfWidth({ n: 501, d: 1 }, 12) / halfWidth({ n: 500, d: 1 }, 12)).toBeCloseTo(1, 2);
    expect(halfWidth({ n: 10, d: 1 }, 400)).toBe(Math.ceil(14.1362 * 20 * 1.959964));
  });

  it.each([
    { name: "one too wide", from: "while (w > 0 && 1 - coverage(w - 1, scale) <= alpha) w--;", to: "w++;" },
    { name: "one tail only", from: "1 - (2 * q ** (w + 1))", to: "1 - q ** (w + 1)" },
    { name: "open where it is closed", from: "q ** (w + 1)) / (1 + q)", to: "q ** w) / (1 + q)" },
  ])("notices for one cell: $name", (mutant) => kill<Interval>(FILE, mutant, leastForOneCell));

  it.each([
    { name: "one tail only", from: "return 2 * total;", to: "return total;" },
    {
      name: "one cell forgotten",
      from: "const beyond = sumTail(scale, cells);",
      to: "const beyond = sumTail(scale, cells - 1);",
    },
    { name: "one too wide", from: "return high;\n}\n\n/** P(", to: "return high + 1;\n}\n\n/** P(" },
  ])("notices for sums: $name", (mutant) => kill<Interval>(FILE, mutant, leastForSums));

  it("refuses what is no number of cells and no share", () => {
    expect(() => halfWidth({ n: 2, d: 1 }, 0)).toThrow(RangeError);
    expect(() => halfWidth({ n: 2, d: 1 }, 1, 1)).toThrow(RangeError);
    expect(() => halfWidth({ n: 0, d: 1 })).toThrow(RangeError);
  });
});
