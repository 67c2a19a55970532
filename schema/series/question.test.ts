import { HubError } from "../../core/errors.ts";
import { checkLength, type Plan, windowsIn } from "./question.ts";

const at = (text: string) => Date.parse(text);
const now = at("2026-11-21T05:30:00Z");
const hourly: Pick<Plan, "step" | "additive" | "statistic" | "firstStart"> = {
  step: "PT1H",
  additive: true,
  statistic: "DEPARTURES",
  firstStart: at("2026-11-19T15:00:00Z"),
};
const ask = (from: string, to: string, step: Plan["step"] = "PT1H", plan = hourly) =>
  windowsIn({ from: at(from), to: at(to) }, step, plan, "Asia/Seoul", now);
const code = (question: () => unknown): string => {
  try {
    question();
  } catch (error) {
    if (error instanceof HubError) return `${error.code} ${error.field}: ${error.fix}`;
  }
  return "";
};

describe("the windows of a question", () => {
  test("start in the half-open period, so that two periods side by side share none", () => {
    const first = ask("2026-11-20T00:00:00Z", "2026-11-20T06:00:00Z").leaves;
    const second = ask("2026-11-20T06:00:00Z", "2026-11-20T12:00:00Z").leaves;
    expect([first.length, second.length]).toEqual([6, 6]);
    expect(first.at(-1)?.to).toBe(second[0]?.from);
  });

  test("begin with the first release and end with the last window that is over", () => {
    const { leaves } = ask("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
    expect(leaves[0]?.from).toBe(hourly.firstStart);
    expect(leaves.at(-1)?.to).toBe(at("2026-11-21T05:00:00Z"));
  });

  test("are none before anything was released", () => {
    expect(ask("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "PT1H", { ...hourly, firstStart: null }).leaves).toEqual(
      [],
    );
  });

  test("of a longer step keep the plan's windows inside", () => {
    const { leaves, buckets, leavesPerBucket } = ask("2026-11-20T00:00:00Z", "2026-11-20T02:00:00Z", "PT1H", {
      ...hourly,
      step: "PT15M",
    });
    expect([leaves.length, new Set(buckets).size, leavesPerBucket]).toEqual([8, 2, 4]);
  });
});

describe("a question that would be answered badly says how to reshape it", () => {
  test("a period that ends before it begins", () => {
    expect(code(() => ask("2026-11-20T06:00:00Z", "2026-11-20T00:00:00Z"))).toMatch(/^PERIOD_INVALID period/);
  });
  test("a period of too many windows, refused before they are made", () => {
    expect(
      code(() => ask("1990-01-01T00:00:00Z", "2026-11-20T00:00:00Z", "PT1H", { ...hourly, firstStart: 0 })),
    ).toMatch(/^LIMIT_EXCEEDED period: .*export/);
  });
  test("a sum of more than 16 released values", () => {
    expect(code(() => ask("2026-11-19T15:00:00Z", "2026-11-20T15:00:00Z", "P1D"))).toMatch(
      /^LIMIT_EXCEEDED step: .*PT1H.*no dataset of this city/,
    );
  });
  test("a step shorter than the plan's", () => {
    expect(code(() => ask("2026-11-20T00:00:00Z", "2026-11-20T02:00:00Z", "PT10M"))).toMatch(/^BAD_USER_INPUT step/);
  });
  test("a step that is not a whole number of the plan's", () => {
    const plan = { ...hourly, step: "PT10M" as const };
    expect(code(() => ask("2026-11-20T00:00:00Z", "2026-11-20T02:00:00Z", "PT15M", plan))).toMatch(/^BAD_USER_INPUT/);
  });
  test("a sum over time of a count at an instant", () => {
    const plan = { ...hourly, step: "PT10M" as const, statistic: "OCCUPANCY" };
    expect(code(() => ask("2026-11-20T00:00:00Z", "2026-11-20T02:00:00Z", "PT1H", plan))).toMatch(
      /^BAD_USER_INPUT step/,
    );
  });
  test("a sum of values that are not additive", () => {
    const plan = { ...hourly, step: "P1M" as const, additive: false };
    expect(code(() => ask("2020-01-01T00:00:00Z", "2026-11-20T02:00:00Z", "P1Y", plan))).toMatch(
      /^BAD_USER_INPUT step/,
    );
  });
  test("more values than one answer has", () => {
    expect(code(() => checkLength(1000, 11))).toMatch(/^LIMIT_EXCEEDED period/);
    expect(code(() => checkLength(1000, 10))).toBe("");
  });
});
