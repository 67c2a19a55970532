import fc from "fast-check";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import * as budget from "./budget.ts";

const FILE = new URL("./budget.ts", import.meta.url);
type Budget = typeof budget;
const plan = (contributions: number, micro: number, dataset = "d"): budget.PlanCost => ({
  dataset,
  contributions,
  microEpsilon: micro,
});
const plans = fc.record({
  dataset: fc.uuid(),
  contributions: fc.integer({ min: 1, max: 1000 }),
  microEpsilon: fc.integer({ min: 1, max: 2_000_000 }),
});

function neverRoundsDown({ nanoRho, microEpsilon }: Budget): void {
  fc.assert(
    fc.property(plans, (cost) => {
      const exact = cost.microEpsilon ** 2 / (2000 * cost.contributions);
      expect(nanoRho(cost)).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
      expect(nanoRho(cost)).toBeLessThan(exact + 1.000001);
    }),
    { seed: 1 },
  );
  expect(microEpsilon(0.6)).toBe(600_000);
  expect(microEpsilon(1.1)).toBe(1_100_000);
  expect(microEpsilon(0.29)).toBe(290_000);
  expect(microEpsilon(0.0000001)).toBe(1);
  expect(microEpsilon(1 / 3)).toBe(333_334);
}

function scaleIsExact({ planScale }: Budget): void {
  fc.assert(
    fc.property(plans, (cost) => {
      const { n, d } = planScale(cost);
      expect(BigInt(n) * BigInt(cost.microEpsilon)).toBe(BigInt(d) * BigInt(cost.contributions) * 1_000_000n);
    }),
    { seed: 2 },
  );
  expect(planScale(plan(10, 800_000))).toEqual({ n: 25, d: 2 });
}

function keepsTheReserve({ validatePlans }: Budget): void {
  const code = (list: readonly budget.PlanCost[]): string => {
    try {
      validatePlans(list);
      return "valid";
    } catch (error) {
      return error instanceof HubError ? `${error.code} ${error.field}` : String(error);
    }
  };
  expect(code([plan(6, 600_000, "a"), plan(24, 600_000, "b"), plan(3, 400_000, "c")])).toBe("valid");
  expect(code([plan(6, 600_000, "a"), plan(24, 600_000, "b"), plan(3, 400_001, "c")])).toBe(
    "PLAN_INVALID microEpsilon",
  );
  expect(code([plan(6, 600_000, "a"), plan(24, 600_000, "a")])).toBe("PLAN_INVALID dataset");
  expect(code([plan(0, 1)])).toBe("PLAN_INVALID contributions");
  expect(code([plan(1.5, 1)])).toBe("PLAN_INVALID contributions");
  expect(code([plan(1, 0)])).toBe("PLAN_INVALID microEpsilon");
  expect(code([plan(1, 0.5)])).toBe("PLAN_INVALID microEpsilon");
}

describe("the privacy budget", () => {
  it("is counted in integers that are never rounded down", () => neverRoundsDown(budget));
  it("gives each plan its exact scale L/ε", () => scaleIsExact(budget));
  it("keeps the reserve out of the plans' reach", () => keepsTheReserve(budget));

  it("adds purely over days and takes zCDP where that is less", () => {
    const [day, week, , year] = budget.horizons([plan(6, 600_000), plan(24, 600_000)]);
    expect(day).toEqual({ days: 1, pureMicroEpsilon: 1_200_000, approximateMicroEpsilon: 1_200_000 });
    expect(week?.pureMicroEpsilon).toBe(8_400_000);
    expect(week?.approximateMicroEpsilon).toBeLessThan(4_000_000);
    expect(year?.approximateMicroEpsilon).toBeLessThan(year?.pureMicroEpsilon ?? 0);
  });

  it("converts ρ to ε no better than the Gaussian mechanism allows and no worse than the simple bound", () => {
    for (const rho of [0.001, 0.01, 0.1, 1, 5]) {
      const epsilon = budget.epsilonOfRho(rho, 1e-6);
      expect(epsilon).toBeLessThan(rho + 2 * Math.sqrt(rho * Math.log(1e6)));
      expect(epsilon).toBeGreaterThan(gaussianEpsilon(rho, 1e-6));
    }
    expect(budget.epsilonOfRho(0, 1e-6)).toBe(0);
  });

  it.each([
    { name: "ρ rounded down", from: "(numerator + denominator - 1n) / denominator", to: "numerator / denominator" },
    { name: "ε rounded to nearest", from: ": Math.ceil(micro);", to: ": nearest;" },
  ])("notices: $name", (mutant) => kill<Budget>(FILE, mutant, neverRoundsDown));

  it.each([
    { name: "forgot L", from: "const n = contributions * 1_000_000;", to: "const n = 1_000_000;" },
    { name: "half the noise", from: "const n = contributions * 1_000_000;", to: "const n = contributions * 500_000;" },
  ])("notices: $name", (mutant) => kill<Budget>(FILE, mutant, scaleIsExact));

  it.each([
    { name: "plans up to the whole cap", from: "total > PLANNED_MICRO_EPSILON", to: "total > CAP_MICRO_EPSILON" },
    { name: "plans not added", from: "total += micro;", to: "total = micro;" },
    { name: "one dataset planned twice", from: "if (seen.has(dataset))", to: "if (false)" },
  ])("notices: $name", (mutant) => kill<Budget>(FILE, mutant, keepsTheReserve));
});

/** The exact ε of a Gaussian mechanism with 1/(2σ²) = ρ (Balle and Wang 2018): a lower bound for any conversion. */
function gaussianEpsilon(rho: number, delta: number): number {
  const mu = Math.sqrt(2 * rho);
  const deltaAt = (epsilon: number): number =>
    normal(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normal(-mu / 2 - epsilon / mu);
  let [low, high] = [0, 100];
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (deltaAt(middle) > delta) low = middle;
    else high = middle;
  }
  return low;
}

/** Φ by Simpson's rule over twelve standard deviations. */
function normal(z: number): number {
  const from = -12;
  if (z < from) return 0;
  const steps = 4000;
  const h = (z - from) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((from + i * h) ** 2) / 2);
  }
  return (sum * h) / 3 / Math.sqrt(2 * Math.PI);
}
