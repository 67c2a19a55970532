import type { FieldError } from "../errors.ts";
import type { Step } from "../time.ts";
import { BIN_UNITS, type Edges, isHistogram } from "./bins.ts";
import type { Daypart } from "./daypart.ts";
import type { Law } from "./mechanism.ts";

/** How readings become cells of a plan: see `enum Statistic` in prisma/hub/schema.prisma. */
export const STATISTICS = [
  "PRESENCE",
  "OCCUPANCY",
  "PASSAGES",
  "DEPARTURES",
  "ORIGIN_DESTINATION",
  "COUNTER",
  "INCIDENTS",
  "SPEED",
  "DWELL",
] as const;
export type Statistic = (typeof STATISTICS)[number];

/** What the rules look at in a plan that is to be saved. */
export type PlanShape = {
  readonly statistic: Statistic;
  readonly step: Step;
  /** L of the whole day */
  readonly bound: number;
  readonly dayparts: readonly Daypart[];
  readonly split: "NONE" | "HOUR" | "CATEGORY" | "BIN";
  /** lower edges of the bins of a histogram; empty where it is none */
  readonly binEdges: Edges;
  readonly threshold: number | null;
  readonly mechanism: Law;
  /** δ of a unit-day in units of 1e-12 */
  readonly deltaPico: number;
};

/** The times of a population that is to be saved, in seconds. */
export type PopulationClocks = { readonly latenessSeconds: number; readonly skewSeconds: number };
/** The times of a plan that is to be saved, in seconds. */
export type PlanClocks = { readonly graceSeconds: number; readonly scheduleSeconds: number };

/** Sixteen hours: with six more until a day is sealed at the latest, no third live day is open (rule P3). */
export const LATENESS_MAX_SECONDS = 57_600;
/** Tomorrow is opened ten minutes before midnight. */
export const SKEW_MAX_SECONDS = 600;
const DAY_SECONDS = 86_400;

const outside = (field: string, value: number, least: number, most: number, why: string): FieldError[] =>
  value >= least && value <= most
    ? []
    : [{ field, rule: `${least} to ${most} seconds: ${why}`, fix: `take a value from ${least} to ${most}` }];

/** What is wrong with the times of a population before it is saved; the database holds the same (`population_*`). */
export const populationFaults = ({ latenessSeconds, skewSeconds }: PopulationClocks): FieldError[] => [
  ...outside("latenessSeconds", latenessSeconds, 1, LATENESS_MAX_SECONDS, "at most two live days are open"),
  ...outside("skewSeconds", skewSeconds, 0, SKEW_MAX_SECONDS, "a day opens ten minutes early"),
];

/** What is wrong with the times of a plan in a population before it is saved. */
export const clockFaults = (
  { graceSeconds, scheduleSeconds }: PlanClocks,
  { latenessSeconds }: PopulationClocks,
): FieldError[] => [
  ...outside("graceSeconds", graceSeconds, 0, latenessSeconds, "what is older than the lateness is refused anyway"),
  ...outside("scheduleSeconds", scheduleSeconds, 1, DAY_SECONDS, "releases appear once a day at least"),
];

const SHORT: ReadonlySet<Step> = new Set(["PT10M", "PT15M", "PT1H"]);

/** What is wrong with a plan before it is saved, field by field; the database holds the same rules (`plan_*`). */
export function planFaults(plan: PlanShape): FieldError[] {
  return [...daypartFaults(plan), ...sparseFaults(plan), ...binFaults(plan), ...noiseFaults(plan)];
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

const BINS_MAX = 64;

function binFaults({ statistic, split, binEdges }: PlanShape): FieldError[] {
  const found: FieldError[] = [];
  const refuse = (field: string, rule: string, fix: string) => found.push({ field, rule, fix });
  if (!isHistogram(statistic)) {
    if (split === "BIN") refuse("split", "only SPEED and DWELL are split by bins", "take NONE, HOUR or CATEGORY");
    if (binEdges.length > 0) refuse("binEdges", "only SPEED and DWELL have bins", "leave binEdges out");
    return found;
  }
  const { unit, largest } = BIN_UNITS[statistic];
  if (split !== "BIN")
    refuse("split", `${statistic} is released as a histogram alone (no mean, no percentile)`, 'take "BIN"');
  if (binEdges.length < 2 || binEdges.length > BINS_MAX) {
    refuse(
      "binEdges",
      `a histogram has 2 to ${BINS_MAX} bins`,
      `list their lower edges in ${unit}, such as 0, 100, 200`,
    );
    return found;
  }
  if (binEdges[0] !== 0) refuse("binEdges", "the first bin begins at 0", "let the first edge be 0");
  if (binEdges.some((edge, at) => at > 0 && edge <= (binEdges[at - 1] ?? 0))) {
    refuse("binEdges", "edges ascend", "order the edges, each once");
  }
  if (Math.max(...binEdges) >= largest) {
    refuse("binEdges", `no reading reaches ${largest} ${unit}`, `let the last bin begin below ${largest}`);
  }
  return found;
}

function noiseFaults({ statistic, mechanism, deltaPico }: PlanShape): FieldError[] {
  const found: FieldError[] = [];
  if ((mechanism === "GAUSSIAN") !== deltaPico > 0) {
    found.push({
      field: "deltaPico",
      rule: "Gaussian noise has a δ above 0, Laplace noise has none",
      fix: mechanism === "GAUSSIAN" ? "give δ in units of 1e-12" : "leave deltaPico out, or say mechanism GAUSSIAN",
    });
  }
  if (statistic === "ORIGIN_DESTINATION" && mechanism !== "LAPLACE") {
    found.push({
      field: "mechanism",
      rule: "the survivors of a sparse release are drawn from the tail of Laplace noise",
      fix: "say mechanism LAPLACE",
    });
  }
  return found;
}
