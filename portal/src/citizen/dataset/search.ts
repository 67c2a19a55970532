/** How much of a series is shown. */
export type Span = "day" | "week" | "month" | "quarter" | "all";

export const SPANS: readonly Span[] = ["day", "week", "month", "quarter", "all"];

/** What a dataset page's address holds: a shared link shows the same place, period and step. */
export type DatasetSearch = { place?: string; span?: Span; step?: string; destination?: string; category?: string };

/** Reads a dataset page's address; whatever is not understood is left out. */
export function readDatasetSearch(raw: Record<string, unknown>): DatasetSearch {
  const span = SPANS.find((known) => known === raw["span"]);
  const place = typeof raw["place"] === "string" || typeof raw["place"] === "number" ? String(raw["place"]) : undefined;
  const step = typeof raw["step"] === "string" && /^P[\dTDHMY]+$/.test(raw["step"]) ? raw["step"] : undefined;
  const destination = typeof raw["destination"] === "string" ? raw["destination"] : undefined;
  const category = raw["category"] === undefined ? undefined : String(raw["category"]);
  return {
    ...(place ? { place } : {}),
    ...(span ? { span } : {}),
    ...(step ? { step } : {}),
    ...(destination ? { destination } : {}),
    ...(category ? { category } : {}),
  };
}

/** The sum over all places, where the dataset allows it and the noise stays small. */
export const SUM = "(sum)";
const MOST_SUMMED = 16;

type Places = {
  readonly plan: { readonly additive: boolean } | null;
  readonly places: { readonly nodes: readonly { readonly slug: string }[] };
};

/** Whether the places of a dataset may be shown as one sum. */
export function isSummable({ plan, places }: Places): boolean {
  return plan?.additive === true && places.nodes.length > 1 && places.nodes.length <= MOST_SUMMED;
}

/** The place that the page shows: the one of the address where it exists, else the first. */
export function shownPlace(dataset: Places, asked: string | undefined): string | undefined {
  if (asked === SUM && isSummable(dataset)) return SUM;
  const { nodes } = dataset.places;
  return nodes.find(({ slug }) => slug === asked)?.slug ?? nodes[0]?.slug;
}

const DAY = 86_400_000;
const LENGTH: Readonly<Record<Exclude<Span, "all">, number>> = {
  day: DAY,
  week: 7 * DAY,
  month: 31 * DAY,
  quarter: 92 * DAY,
};

/** The newest part of the released extent that a span covers, in epoch milliseconds. */
export function periodOf(span: Span, extent: { from: number; to: number }): { from: number; to: number } {
  if (span === "all") return extent;
  return { from: Math.max(extent.from, extent.to - LENGTH[span]), to: extent.to };
}

/** The shortest span that shows at least two dozen buckets of a step, so that the first look is neither empty nor crowded. */
export function firstSpan(step: number, extent: { from: number; to: number }): Span {
  const wanted = SPANS.find((span) => span === "all" || LENGTH[span] / step >= 20) ?? "all";
  const { from, to } = periodOf(wanted, extent);
  return to - from >= (extent.to - extent.from) * 0.95 ? "all" : wanted;
}

/** The released step and its public multiples that a series may be asked in; sums only of additive datasets. */
export function stepsOf(step: string, length: number, additive: boolean): string[] {
  const longer = additive ? ["PT1H", "P1D"] : [];
  const lengths: Readonly<Record<string, number>> = { PT1H: DAY / 24, P1D: DAY };
  return [
    step,
    ...longer.filter((candidate) => (lengths[candidate] ?? 0) > length && (lengths[candidate] ?? 0) / length <= 16),
  ];
}
