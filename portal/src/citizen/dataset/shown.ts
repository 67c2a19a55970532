import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { datasetSeries } from "../../data/queries.ts";
import { chosenPart, membersOf, type Part } from "../../data/series.ts";
import type { AreaInput, PeriodInput, SeriesPartsFragment } from "../../generated/graphql.ts";
import { durationLength } from "../../text/time.ts";
import type { Dataset } from "./DatasetPage.tsx";
import { firstSpan, periodOf, type Span, SUM, shownPlace, stepsOf } from "./search.ts";

/** Whether the values are of pairs of places; the answer for a place then also holds the pairs that end there. */
export const isPairs = ({ plan }: Dataset): boolean => plan?.statistic === "ORIGIN_DESTINATION";

const route = getRouteApi("/datasets/$slug");

/** What the page shows of a dataset: the address and the released extent decide, series and its parts follow. */
export type Shown = {
  readonly place: string | undefined;
  readonly span: Span;
  readonly steps: readonly string[];
  readonly step: string;
  /** epoch milliseconds, half-open */
  readonly period: { readonly from: number; readonly to: number };
  readonly area: AreaInput | null;
  readonly asked: PeriodInput;
  readonly series: SeriesPartsFragment | null | undefined;
  readonly destinations: readonly string[];
  readonly categories: readonly string[];
  readonly part: Part;
  readonly error: Error | null;
  readonly refetch: () => void;
};

/** Values, map, files and snippet read the same choice; the series behind it is asked for once. */
export function useShown(dataset: Dataset, extent: { from: string; to: string }): Shown {
  const search = route.useSearch();
  const { plan } = dataset;
  const planStep = plan?.step ?? "PT1H";
  const released = { from: Date.parse(extent.from), to: Date.parse(extent.to) };
  const place = shownPlace(dataset, search.place);
  const steps = stepsOf(
    planStep,
    durationLength(planStep),
    plan?.additive === true && plan.statistic !== "OCCUPANCY" && place !== SUM,
  );
  const asked = steps.find((known) => known === search.step);
  const span = search.span ?? firstSpan(durationLength(asked ?? planStep), released);
  const period = periodOf(span, released);
  const area =
    place === SUM
      ? { places: dataset.places.nodes.map(({ slug }) => slug), sum: true }
      : place
        ? { places: [place] }
        : null;
  const window = { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() };
  // Without a wish the hub answers in the finest step that the reader may see, which may be coarser than the plan's.
  const { data, error, refetch } = useQuery(datasetSeries(dataset.slug, area, window, asked ?? null));
  const series = data?.dataset?.series;
  const step = asked ?? steps.find((known) => known === series?.step) ?? planStep;
  const origin = isPairs(dataset) ? place : undefined;
  return {
    place,
    span,
    steps,
    step,
    period,
    area,
    asked: window,
    series,
    destinations: series ? membersOf(series, "destination", origin) : [],
    categories: series ? membersOf(series, "category", origin) : [],
    part: series ? chosenPart(series, origin, search) : { place: null, destination: null, category: null },
    error,
    refetch: () => void refetch(),
  };
}
