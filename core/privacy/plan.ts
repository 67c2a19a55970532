import type { FieldError } from "../errors.ts";
import type { Step } from "../time.ts";
import type { Daypart } from "./daypart.ts";

/** How readings become cells of a plan: see `enum Statistic` in prisma/hub/schema.prisma. */
export const STATISTICS = [
  "PRESENCE",
  "OCCUPANCY",
  "PASSAGES",
  "DEPARTURES",
  "ORIGIN_DESTINATION",
  "COUNTER",
  "INCIDENTS",
] as const;
export type Statistic = (typeof STATISTICS)[number];

/** What the rules look at in a plan that is to be saved. */
export type PlanShape = {
  readonly statistic: Statistic;
  readonly step: Step;
  /** L of the whole day */
  readonly bound: number;
  readonly dayparts: readonly Daypart[];
  readonly threshold: number | null;
};

const SHORT: ReadonlySet<Step> = new Set(["PT10M", "PT15M", "PT1H"]);

/** What is wrong with a plan before it is saved, field by field; the database holds the same rules (`plan_*`). */
export function planFaults(plan: PlanShape): FieldError[] {
  return [...daypartFaults(plan), ...sparseFaults(plan)];
}

function daypartFaults({ statistic, step, bound, dayparts }: PlanShape): FieldError[] {
  if (dayparts.length === 0) return [];
  const field = "dayparts";
  const found: FieldError[] = [];
  const refuse = (rule: string, fix: string) => found.push({ field, rule, fix });
  if (statistic === "OCCUPANCY") {
    refuse("occupancy is never split over dayparts: a crowd that stays would lose its level", "leave dayparts out");
  }
  if (statistic === "COUNTER") refuse("a counter has no subject, so that no L applies", "leave dayparts out");
  if (!SHORT.has(step))
    refuse(`a window of ${step} is no part of a day`, "leave dayparts out, or take a step below P1D");
  if (dayparts.length === 1) refuse("two parts at least", "leave dayparts out for a day of one part");
  if (dayparts[0]?.fromHour !== 0) refuse("the first part begins at hour 0", "let fromHour of the first part be 0");
  if (dayparts.some(({ fromHour }, at) => at > 0 && fromHour <= (dayparts[at - 1]?.fromHour ?? 0))) {
    refuse("fromHour ascends from part to part", "order the parts by fromHour, each hour once");
  }
  const sum = dayparts.reduce((total, part) => total + part.bound, 0);
  if (sum !== bound) refuse(`the parts sum to ${sum}, L is ${bound}`, `let the bounds of the parts sum to ${bound}`);
  return found;
}

function sparseFaults({ statistic, threshold }: PlanShape): FieldError[] {
  if ((statistic === "ORIGIN_DESTINATION") === (threshold !== null)) return [];
  return [
    {
      field: "threshold",
      rule: "ORIGIN_DESTINATION has a threshold, and no other statistic has one",
      fix: threshold === null ? "say from which value on pairs are stored" : "leave threshold out",
    },
  ];
}
