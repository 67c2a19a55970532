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
const gaussianPlan = (contributions: number, micro: number, pico: number, dataset = "g"): budget.PlanCost => ({
  ...plan(contributions, micro, dataset),
  picoDelta: pico,
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

/** Gaussian plans over the whole range of what a population may plan. */
const gaussianPlans = fc.record({
  dataset: fc.uuid(),
  contributions: fc.integer({ min: 1, max: 10_000 }),
  microEpsilon: fc.integer({ min: 1000, max: 2_000_000 }),
  picoDelta: fc.integer({ min: 1, max: 1_000_000 }),
});

function gaussianIsAffordable({ nanoRho, microEpsilonOfRho, planMechanism }: Budget): void {
  fc.assert(
    fc.property(gaussianPlans, (cost) => {
      const nano = nanoRho(cost);
      expect(microEpsilonOfRho(nano, cost.picoDelta)).toBeLessThanOrEqual(cost.microEpsilon);
      // The next ρ of three digits would cost more.
      const unit = 10 ** Math.max(0, String(nano).length - 3);
      expect(microEpsilonOfRho(nano + unit, cost.picoDelta)).toBeGreaterThan(cost.microEpsilon);
      const mechanism = planMechanism(cost);
      if (mechanism.law !== "GAUSSIAN") throw new Error("a plan with δ is Gaussian");
      const { n, d } = mechanism.variance;
      expect(2n * BigInt(nano) * BigInt(n)).toBe(BigInt(cost.contributions) * 1_000_000_000n * BigInt(d));
    }),
    { seed: 3, numRuns: 25 },
  );
  expect(microEpsilonOfRho(7_670_000, 100_000)).toBe(599_882);
  expect(planMechanism(gaussianPlan(24, 600_000, 100_000))).toEqual({
    law: "GAUSSIAN",
    variance: { n: 1_200_000, d: 767 },
  });
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
  expect(code([gaussianPlan(24, 800_000, 400_000, "a"), gaussianPlan(24, 800_000, 400_000, "b")])).toBe("valid");
  expect(code([gaussianPlan(24, 800_000, 400_000, "a"), gaussianPlan(24, 800_000, 400_001, "b")])).toBe(
    "PLAN_INVALID picoDelta",
  );
  expect(code([gaussianPlan(24, 600_000, 0.5)])).toBe("PLAN_INVALID picoDelta");
  expect(code([gaussianPlan(24, 600_000, -1)])).toBe("PLAN_INVALID picoDelta");
  expect(code([gaussianPlan(24, 1, 1)])).toBe("PLAN_INVALID microEpsilon");
}

describe("the privacy budget", () => {
  it("is counted in integers that are never rounded down", () => neverRoundsDown(budget));
  it("gives each plan its exact scale L/ε", () => scaleIsExact(budget));
  it("gives a Gaussian plan the least noise of a short ρ that its ε and δ pay", () => gaussianIsAffordable(budget));
  it("keeps the reserve out of the plans' reach", () => keepsTheReserve(budget));

  it("adds purely over days and takes zCDP where that is less", () => {
    const [day, week, , year] = budget.horizons([plan(6, 600_000), plan(24, 600_000)].map(budget.spendOf));
    expect(day).toEqual({ days: 1, pureMicroEpsilon: 1_200_000, picoDelta: 0, approximateMicroEpsilon: 1_200_000 });
    expect(week?.pureMicroEpsilon).toBe(8_400_000);
    expect(week?.approximateMicroEpsilon).toBeLessThan(4_000_000);
    expect(year?.approximateMicroEpsilon).toBeLessThan(year?.pureMicroEpsilon ?? 0);
  });

  it("says the δ of the sum over the days, and takes the sum only while its δ is within 1e-6", () => {
    const spend = { microEpsilon: 10, picoDelta: 100_000, nanoRho: 100_000_000 };
    sumWithinDelta(budget);
    const horizons = budget.horizons([spend, { ...spend, picoDelta: 0 }]);
    expect(horizons.map(({ picoDelta }) => picoDelta)).toEqual([100_000, 700_000, 3_000_000, 36_500_000]);
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
    { name: "δ up to the whole cap", from: "pico > PLANNED_PICO_DELTA", to: "pico > CAP_PICO_DELTA" },
    { name: "δ not added", from: "pico += plan.picoDelta ?? 0;", to: "pico = plan.picoDelta ?? 0;" },
    { name: "plans up to the whole cap", from: "micro > PLANNED_MICRO_EPSILON", to: "micro > CAP_MICRO_EPSILON" },
    { name: "plans not added", from: "micro += plan.microEpsilon;", to: "micro = plan.microEpsilon;" },
    { name: "one dataset planned twice", from: "if (seen.has(plan.dataset))", to: "if (false)" },
  ])("notices: $name", (mutant) => kill<Budget>(FILE, mutant, keepsTheReserve));

  it.each([
    { name: "ρ = L/σ²", from: "2 * nanoRho(cost)", to: "nanoRho(cost)" },
    { name: "forgot L", from: "[cost.contributions * 1_000_000_000,", to: "[1_000_000_000," },
    { name: "one step of ρ too many", from: "return low - (low % unit);", to: "return low - (low % unit) + unit;" },
    { name: "ε rounded down", from: "Math.ceil(epsilonOfRho", to: "Math.floor(epsilonOfRho" },
  ])("notices of Gaussian plans: $name", (mutant) => kill<Budget>(FILE, mutant, gaussianIsAffordable));

  it("notices a sum taken whose δ is too large", () =>
    kill<Budget>(
      FILE,
      { name: "δ of the sum ignored", from: "picoDelta <= CAP_PICO_DELTA ?", to: "picoDelta >= 0 ?" },
      sumWithinDelta,
    ));
});

function sumWithinDelta({ horizons }: Budget): void {
  const [week, month] = horizons([{ microEpsilon: 10, picoDelta: 100_000, nanoRho: 100_000_000 }], 1, [7, 30]);
  expect(week?.approximateMicroEpsilon).toBe(70);
  expect(month?.approximateMicroEpsilon).toBeGreaterThan(10_000_000);
}
