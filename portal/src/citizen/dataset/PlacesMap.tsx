import { Plural, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { datasetLatest, datasetSeries } from "../../data/queries.ts";
import { newestOf } from "../../data/series.ts";
import { classLimits, classOf } from "../../map/classes.ts";
import { geometriesOf } from "../../map/geojson.ts";
import { groundOf } from "../../map/ground.ts";
import { FlowLegend, LegendItem, WithheldLegend } from "../../map/Legend.tsx";
import { type AreaTone, type MapArea, MapFrame, type MapMark } from "../../map/MapFrame.tsx";
import { ValueShape, type ValueTone } from "../../map/Marks.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatInterval } from "../../text/number.ts";
import { durationLength, formatWindow } from "../../text/time.ts";
import { useCategoryWord } from "../../ui/category.ts";
import { withheldWord } from "../../ui/words.ts";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";
import { isPairs, type Shown } from "./shown.ts";

type Place = NonNullable<Dataset["places"]>["nodes"][number];

type PlacesMapProps = {
  dataset: Dataset;
  extent: { from: string; to: string };
  shown: Shown;
  onChoose: (slug: string) => void;
};

/** Where the values are from: each place with its newest value; choosing one shows its series. */
export function PlacesMap({ dataset, extent, shown, onChoose }: PlacesMapProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const categoryOf = useCategoryWord(dataset.plan?.bins[0]?.unit);
  const places = dataset.places.nodes;
  const { place: chosen, part } = shown;
  const newest = useNewest(dataset, extent, shown);
  const halfWidth = dataset.plan?.interval95 ?? 0;
  const threshold = dataset.plan?.threshold ?? null;
  const limits = useMemo(() => classLimits([...newest.values.values()].map(({ value }) => value)), [newest]);
  const areas = useMemo(() => areasOf(places, newest.values, limits, chosen), [places, newest, limits, chosen]);
  const ground = useMemo(() => groundOf([], dataset.city.backdrop), [dataset.city.backdrop]);
  const solid = new Set(areas.map(({ id }) => id));
  const nameOf = (slug: string): string => places.find((known) => known.slug === slug)?.name[language] ?? slug;
  const marks = places.map((place): MapMark => {
    const point = newest.values.get(place.slug);
    const name = place.name[language];
    const spoken =
      point === undefined
        ? name
        : point.value === null
          ? `${name}, ${t`withheld: ${t(withheldWord(point.withheld ?? ""))}`}`
          : `${name}, ${formatInterval(point.value, halfWidth)}`;
    const isChosen = place.slug === chosen;
    return {
      id: place.slug,
      at: place.centre,
      shape:
        newest.values.size === 0 || solid.has(place.slug)
          ? { kind: isChosen ? "chosen" : "dot" }
          : { kind: "value", tone: pointTone(point, limits), chosen: isChosen },
      label: name,
      spoken,
      priority: (isChosen ? 1e9 : 0) + (point?.value ?? 0),
      href: `/datasets/${dataset.slug}?place=${encodeURIComponent(place.slug)}`,
    };
  });
  const tones = new Set([
    ...areas.map(({ tone }) => tone),
    ...marks.map(({ shape }) => (shape.kind === "value" ? shape.tone : "outline")),
  ]);
  const shownPart = [
    ...(isPairs(dataset) && chosen ? [t`from ${nameOf(chosen)}`] : []),
    ...(part.category ? [categoryOf(part.category)] : []),
  ];
  const window =
    newest.window &&
    [formatWindow(newest.window.from, newest.window.to, language, dataset.city.timeZone, true), ...shownPart].join(
      ", ",
    );
  return (
    <div className={styles.places}>
      <h3>{t`Its places`}</h3>
      <p className="quiet small">
        {window && t`Newest released window: ${window}.`}{" "}
        {dataset.places.pageInfo.hasNextPage && (
          <Plural
            value={places.length}
            one="The first # place is shown."
            other="The first # places are shown; all are in the files."
          />
        )}
      </p>
      <MapFrame
        label={t`Map of the places of ${dataset.title[language]}`}
        ground={ground}
        areas={areas}
        marks={marks}
        onChoose={onChoose}
      >
        {[...tones].some((tone) => tone.startsWith("flow")) && <FlowLegend limits={limits} unit={t`newest values`} />}
        {tones.has("withheld") && <WithheldLegend />}
        {tones.has("none") && (
          <LegendItem sign={<ValueShape tone="none" />}>
            {threshold === null ? t`no value` : t`below ${threshold}, not shown`}
          </LegendItem>
        )}
      </MapFrame>
    </div>
  );
}

type Newest = { value: number | null; withheld: string | null };

/** Three halves of a step before the end begins the last window only, also where months and years differ in length. */
const LAST_WINDOW = 1.5;

/**
 * The newest value of every place, in one answer. A split is asked as a series of the last window, of which the chosen
 * category is shown; pairs come with the series of the chosen origin.
 */
function useNewest(dataset: Dataset, extent: { from: string; to: string }, { series, part }: Shown) {
  const { plan } = dataset;
  const pairs = isPairs(dataset);
  const split = plan?.split != null;
  const latest = useQuery({ ...datasetLatest(dataset.slug), enabled: plan !== null && !split && !pairs });
  const end = Date.parse(extent.to);
  const from = new Date(end - LAST_WINDOW * durationLength(plan?.step ?? "PT1H")).toISOString();
  const last = useQuery({
    ...datasetSeries(dataset.slug, null, { from, to: extent.to }, plan?.step ?? null),
    enabled: split && !pairs,
  });
  const answer = pairs ? series : split ? last.data?.dataset?.series : null;
  const nodes = latest.data?.dataset?.latest?.nodes;
  const { place, category } = part;
  return useMemo((): { values: ReadonlyMap<string, Newest>; window: { from: number; to: number } | undefined } => {
    if (answer) return newestOf(answer, { place, category }, pairs);
    const window = nodes?.[0]?.window;
    return {
      values: new Map(
        nodes?.map(({ zone, value, withheld }) => [zone.slug, { value, withheld: withheld?.reason ?? null }]),
      ),
      window: window && { from: Date.parse(window.from), to: Date.parse(window.to) },
    };
  }, [answer, nodes, place, category, pairs]);
}

function pointTone(point: Newest | undefined, limits: readonly number[]): ValueTone {
  if (point === undefined) return "none";
  return point.value === null ? "withheld" : `flow${classOf(point.value, limits)}`;
}

function areasOf(
  places: readonly Place[],
  values: ReadonlyMap<string, { value: number | null }>,
  limits: readonly number[],
  chosen: string | undefined,
): MapArea[] {
  const solid = places.filter(({ geometry }) => geometriesOf(geometry).some((part) => part.geometry.type !== "Point"));
  const filled = solid.map(({ slug, geometry }): MapArea => {
    const point = values.get(slug);
    const tone: AreaTone =
      point === undefined ? "outline" : point.value === null ? "withheld" : `flow${classOf(point.value, limits)}`;
    return { id: slug, geometry, tone };
  });
  const selected = solid.find(({ slug }) => slug === chosen);
  return selected
    ? [...filled, { id: `${selected.slug} chosen`, geometry: selected.geometry, tone: "chosen" }]
    : filled;
}
