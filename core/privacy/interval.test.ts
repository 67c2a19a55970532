import fc from "fast-check";
import { microEpsilon, planMechanism } from "../ledger/budget.ts";
import { kill } from "../testing/mutant.ts";
import { seededWords } from "../testing/seeded.ts";
import { gaussianPmf, gaussianTail } from "./gaussian.ts";
import * as interval from "./interval.ts";
import { pmf, tail } from "./laplace.ts";
import { gaussian, laplace, type Mechanism, sampleNoise } from "./mechanism.ts";

const FILE = new URL("./interval.ts", import.meta.url);
const { coverage, halfWidth } = interval;
type Interval = Pick<typeof interval, "halfWidth">;

function outside(w: number, mechanism: Mechanism): number {
  return 2 * (mechanism.law === "LAPLACE" ? tail(w + 1, mechanism.scale) : gaussianTail(w + 1, mechanism.variance));
}

function leastForOneCell({ halfWidth: width }: Interval): void {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(0.01, 0.05, 0.1, 0.5),
      fc.constantFrom(laplace, gaussian),
      (n, d, alpha, law) => {
        const w = width(law(n, d), 1, alpha);
        expect(outside(w, law(n, d))).toBeLessThanOrEqual(alpha * (1 + 1e-12));
        if (w > 0) expect(outside(w - 1, law(n, d))).toBeGreaterThan(alpha * (1 - 1e-12));
      },
    ),
    { seed: 7 },
  );
}

/** The distribution of a sum by plain convolution. */
function massOfSum(mechanism: Mechanism, cells: number, reach: number): number[] {
  const one = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    mechanism.law === "LAPLACE" ? pmf(i - reach, mechanism.scale) : gaussianPmf(i - reach, mechanism.variance),
  );
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
  for (const [mechanism, cells] of [
    [laplace(2), 2],
    [laplace(2), 7],
    [laplace(1, 3), 5],
    [laplace(9, 2), 4],
    [gaussian(1, 3), 5],
    [gaussian(8), 2],
    [gaussian(20, 3), 7],
  ] as const) {
    const mass = massOfSum(mechanism, cells, 150);
    const middle = (mass.length - 1) / 2;
    const beyond = (w: number): number => mass.reduce((sum, p, i) => (Math.abs(i - middle) > w ? sum + p : sum), 0);
    const w = width(mechanism, cells);
    expect(beyond(w)).toBeLessThanOrEqual(0.05);
    if (w > 0) expect(beyond(w - 1)).toBeGreaterThan(0.05);
    expect(coverage(w, mechanism, cells)).toBeCloseTo(1 - beyond(w), 9);
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
    const plan = planMechanism({ dataset: "any", contributions, microEpsilon: microEpsilon(epsilon) });
    expect(halfWidth(plan)).toBe(expected);
  });

  it("is the narrowest that holds for one cell", () => leastForOneCell(interval));
  it("is the narrowest that holds for sums of a few cells", () => leastForSums(interval));

  it("covers what it says of real draws, no less and no more", () => {
    const mechanism = laplace(10);
    const noise = sampleNoise(20_000 * 8, mechanism, seededWords("coverage"));
    for (const cells of [1, 8]) {
      const w = halfWidth(mechanism, cells);
      let inside = 0;
      for (let i = 0; i < 20_000; i++) {
        const sum = noise.slice(i * cells, (i + 1) * cells).reduce((a, b) => a + b, 0);
        if (Math.abs(sum) <= w) inside++;
      }
      expect(Math.abs(inside / 20_000 - coverage(w, mechanism, cells))).toBeLessThan(0.005);
    }
  });

  it.each([laplace(10), gaussian(200)])("passes smoothly to the normal form at 30 cells: %j", (mechanism) => {
    const ratio = halfWidth(mechanism, 30) / halfWidth(mechanism, 29);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.03);
  });

  it("passes smoothly to large scales, and is normal for many cells", () => {
    expect(halfWidth(laplace(501), 12) / halfWidth(laplace(500), 12)).toBeCloseTo(1, 2);
    expect(halfWidth(gaussian(1e12), 12) / 1e6).toBeCloseTo(Math.sqrt(12) * 1.959964, 5);
    expect(halfWidth(laplace(10), 400)).toBe(Math.ceil(14.1362 * 20 * 1.959964));
  });

  it.each([
    {
      name: "one too wide",
      from: "return leastWidth(beyond(mechanism, cells), alpha);",
      to: "return leastWidth(beyond(mechanism, cells), alpha) + 1;",
    },
    { name: "one tail only", from: "(2 * q ** (w + 1))", to: "q ** (w + 1)" },
    { name: "open where it is closed", from: "q ** (w + 1)) / (1 + q)", to: "q ** w) / (1 + q)" },
    {
      name: "the Gaussian's edge taken for half inside",
      from: "Math.sin((w + 0.5) * theta)",
      to: "Math.sin(w * theta)",
    },
    { name: "what wraps around counted", from: "const points = 2 * (w + reach) + 1;", to: "const points = 2 * w + 3;" },
  ])("notices for one cell: $name", (mutant) => kill<Interval>(FILE, mutant, leastForOneCell));

  it.each([
    { name: "one tail only", from: "return 2 * total;", to: "return total;" },
    {
      name: "one cell forgotten",
      from: "leastWidth(beyond(mechanism, cells), alpha)",
      to: "leastWidth(beyond(mechanism, cells - 1), alpha)",
    },
    {
      name: "one cell of Gaussian noise",
      from: "gaussianCharacteristic(theta, variance) ** m",
      to: "gaussianCharacteristic(theta, variance)",
    },
    { name: "one too wide", from: "return high;\n}\n\n/** P(", to: "return high + 1;\n}\n\n/** P(" },
  ])("notices for sums: $name", (mutant) => kill<Interval>(FILE, mutant, leastForSums));

  it("refuses what is no number of cells and no share", () => {
    expect(() => halfWidth(laplace(2), 0)).toThrow(RangeError);
    expect(() => halfWidth(laplace(2), 1, 1)).toThrow(RangeError);
    expect(() => halfWidth(laplace(0))).toThrow(RangeError);
    expect(() => halfWidth(gaussian(0))).toThrow(RangeError);
  });
});
