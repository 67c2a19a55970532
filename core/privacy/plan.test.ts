import { kill } from "../testing/mutant.ts";
import * as rules from "./plan.ts";

const FILE = new URL("./plan.ts", import.meta.url);
const FLOW: rules.PlanShape = {
  statistic: "PRESENCE",
  step: "PT1H",
  bound: 6,
  dayparts: [
    { fromHour: 0, bound: 1 },
    { fromHour: 9, bound: 2 },
    { fromHour: 17, bound: 3 },
  ],
  split: "NONE",
  binEdges: [],
  threshold: null,
  mechanism: "LAPLACE",
  deltaPico: 0,
};
const SPEED = { statistic: "SPEED", split: "BIN", binEdges: [0, 100, 300], dayparts: [] } as const;
const faults = ({ planFaults }: typeof rules, more: Partial<rules.PlanShape>): string[] =>
  planFaults({ ...FLOW, ...more }).map(({ field, rule }) => `${field}: ${rule}`);

function judges(module: typeof rules): void {
  expect(faults(module, {})).toEqual([]);
  expect(faults(module, { bound: 7 })).toEqual(["dayparts: the parts sum to 6, L is 7"]);
  expect(faults(module, { statistic: "OCCUPANCY", step: "PT10M" })).toHaveLength(1);
  expect(faults(module, { statistic: "COUNTER" })).toHaveLength(1);
  for (const step of ["P1D", "P1M", "P1Y"] as const) expect(faults(module, { step })).toHaveLength(1);
  const parts = (...hours: number[]) => hours.map((fromHour) => ({ fromHour, bound: 6 / hours.length }));
  expect(faults(module, { dayparts: parts(1, 9, 17) })).toEqual(["dayparts: the first part begins at hour 0"]);
  expect(faults(module, { dayparts: parts(0, 9, 9) })).toEqual(["dayparts: fromHour ascends from part to part"]);
  expect(faults(module, { dayparts: parts(0, 17, 9) })).toEqual(["dayparts: fromHour ascends from part to part"]);
  expect(faults(module, { dayparts: parts(0) })).toEqual(["dayparts: two parts at least"]);
  expect(faults(module, SPEED)).toEqual([]);
  expect(faults(module, { ...SPEED, split: "CATEGORY" })).toHaveLength(1);
  expect(faults(module, { ...SPEED, binEdges: [] })).toEqual(["binEdges: a histogram has 2 to 64 bins"]);
  expect(faults(module, { ...SPEED, binEdges: [10, 100] })).toEqual(["binEdges: the first bin begins at 0"]);
  expect(faults(module, { ...SPEED, binEdges: [0, 100, 100] })).toEqual(["binEdges: edges ascend"]);
  expect(faults(module, { ...SPEED, binEdges: [0, 5000] })).toHaveLength(1);
  expect(faults(module, { ...SPEED, statistic: "DWELL", binEdges: [0, 5000] })).toEqual([]);
  expect(faults(module, { split: "BIN" })).toHaveLength(1);
  expect(faults(module, { binEdges: [0, 100] })).toHaveLength(1);
  expect(faults(module, { threshold: 12 })).toHaveLength(1);
  expect(faults(module, { statistic: "ORIGIN_DESTINATION", dayparts: [] })).toHaveLength(1);
  expect(faults(module, { mechanism: "GAUSSIAN", deltaPico: 100_000 })).toEqual([]);
  expect(faults(module, { mechanism: "GAUSSIAN" })).toHaveLength(1);
  expect(faults(module, { deltaPico: 100_000 })).toHaveLength(1);
  const pairs = { statistic: "ORIGIN_DESTINATION", dayparts: [], threshold: 12 } as const;
  expect(faults(module, pairs)).toEqual([]);
  expect(faults(module, { ...pairs, mechanism: "GAUSSIAN", deltaPico: 100_000 })).toHaveLength(1);
}

describe("the rules of a plan", () => {
  test("name each fault by field, rule and fix", () => {
    judges(rules);
    expect(rules.planFaults({ ...FLOW, bound: 7 })[0]?.fix).toBe("let the bounds of the parts sum to 7");
  });

  test("hold the times of populations and plans to what two open days can bear", () => {
    // kills: a lateness under which three days are open
    const fields = (latenessSeconds: number, skewSeconds: number) =>
      rules.populationFaults({ latenessSeconds, skewSeconds }).map(({ field }) => field);
    expect([fields(21_600, 120), fields(57_600, 600), fields(1, 0)]).toEqual([[], [], []]);
    expect([fields(57_601, 120), fields(0, 601)]).toEqual([["latenessSeconds"], ["latenessSeconds", "skewSeconds"]]);
    const clocks = (graceSeconds: number, scheduleSeconds: number) =>
      rules.clockFaults({ graceSeconds, scheduleSeconds }, { latenessSeconds: 3_600, skewSeconds: 0 });
    expect([clocks(60, 10), clocks(3_600, 86_400)]).toEqual([[], []]);
    expect(clocks(3_601, 0).map(({ field }) => field)).toEqual(["graceSeconds", "scheduleSeconds"]);
    expect(clocks(3_601, 1)[0]?.fix).toBe("take a value from 0 to 3600");
  });

  test.each([
    { name: "sums are not compared", from: "if (sum !== bound)", to: "if (sum > bound)" },
    { name: "an occupancy may be split", from: 'if (statistic === "OCCUPANCY")', to: "if (step === 'P1D')" },
    { name: "a day may be split", from: "if (!SHORT.has(step))", to: 'if (step === "P1Y")' },
    { name: "an edge may come twice", from: "edge <= (binEdges", to: "edge < (binEdges" },
    { name: "a count may be binned", from: "if (binEdges.length > 0)", to: "if (binEdges.length > 9)" },
    {
      name: "Laplace noise may have a δ",
      from: '(mechanism === "GAUSSIAN") !== deltaPico > 0',
      to: 'mechanism === "GAUSSIAN" && deltaPico === 0',
    },
    { name: "sparse Gaussian noise", from: 'mechanism !== "LAPLACE"', to: "deltaPico < 0" },
    { name: "an hour may come twice", from: "fromHour <= (dayparts", to: "fromHour < (dayparts" },
  ])("notices: $name", (mutant) => kill<typeof rules>(FILE, mutant, judges));
});
