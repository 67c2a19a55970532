import { Plural, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { datasetLatest } from "../../data/queries.ts";
import { classLimits, classOf } from "../../map/classes.ts";
import { geometriesOf } from "../../map/geojson.ts";
import { groundOf } from "../../map/ground.ts";
import { FlowLegend, WithheldLegend } from "../../map/Legend.tsx";
import { type AreaTone, type MapArea, MapFrame, type MapMark } from "../../map/MapFrame.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatInterval } from "../../text/number.ts";
import { formatWindow } from "../../text/time.ts";
import { withheldWord } from "../../ui/words.ts";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";

type Place = NonNullable<Dataset["places"]>["nodes"][number];

type PlacesMapProps = {
  dataset: Dataset;
  places: readonly Place[];
  chosen: string | undefined;
  onChoose: (slug: string) => void;
};

/** Where the values are from: each place with its newest value; choosing one shows its series. */
export function PlacesMap({ dataset, places, chosen, onChoose }: PlacesMapProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const newest = useNewest(dataset);
  const halfWidth = dataset.plan?.interval95 ?? 0;
  const limits = useMemo(() => classLimits([...newest.values.values()].map(({ value }) => value)), [newest]);
  const areas = useMemo(() => areasOf(places, newest.values, limits, chosen), [places, newest, limits, chosen]);
  const ground = useMemo(() => groundOf([], dataset.city.backdrop), [dataset.city.backdrop]);
  const marks = places.map((place): MapMark => {
    const point = newest.values.get(place.slug);
    const name = place.name[language];
    const spoken =
      point === undefined
        ? name
        : point.value === null
          ? `${name}, ${t`withheld: ${t(withheldWord(point.withheld?.reason ?? ""))}`}`
          : `${name}, ${formatInterval(point.value, halfWidth)}`;
    return {
      id: place.slug,
      at: place.centre,
      shape: { kind: place.slug === chosen ? "chosen" : "dot" },
      label: name,
      spoken,
      priority: (place.slug === chosen ? 1e9 : 0) + (point?.value ?? 0),
      href: `/datasets/${dataset.slug}?place=${encodeURIComponent(place.slug)}`,
    };
  });
  return (
    <div className={styles.places}>
      <h3>{t`Its places`}</h3>
      <p className="quiet small">
        {newest.window &&
          t`Newest released window: ${formatWindow(Date.parse(newest.window.from), Date.parse(newest.window.to), language, dataset.city.timeZone, true)}.`}{" "}
        {dataset.places?.pageInfo.hasNextPage && (
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
        {newest.values.size > 0 && areas.some(({ tone }) => tone.startsWith("flow")) && (
          <FlowLegend limits={limits} unit={t`newest values`} />
        )}
        {areas.some(({ tone }) => tone === "withheld") && <WithheldLegend />}
      </MapFrame>
    </div>
  );
}

/** The newest value of every place, in one answer; a plan that splits a place has no single one. */
function useNewest(dataset: Dataset) {
  const { data } = useQuery({
    ...datasetLatest(dataset.slug),
    enabled: dataset.plan !== null && dataset.plan.split === null,
  });
  return useMemo(() => {
    const nodes = data?.dataset?.latest?.nodes ?? [];
    return { values: new Map(nodes.map((node) => [node.zone.slug, node])), window: nodes[0]?.window };
  }, [data]);
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
