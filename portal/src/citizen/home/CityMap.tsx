import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { classLimits, classOf } from "../../map/classes.ts";
import { pointOf } from "../../map/geojson.ts";
import { groundOf } from "../../map/ground.ts";
import { FlowLegend, LegendItem, WithheldLegend } from "../../map/Legend.tsx";
import { type AreaTone, type MapArea, MapFrame, type MapMark } from "../../map/MapFrame.tsx";
import markStyles from "../../map/Marks.module.css";
import { useLanguage } from "../../text/i18n.tsx";
import { formatInterval } from "../../text/number.ts";
import { SegmentedMany } from "../../ui/Segmented.tsx";
import { StageShape } from "../../ui/Stage.tsx";
import { INCIDENT_WORD, LEVEL_WORD, LEVELS, withheldWord } from "../../ui/words.ts";
import styles from "./CityMap.module.css";
import { CityTable } from "./CityTable.tsx";
import { type City, type Crowd, crowdByZone, type Shape } from "./city.ts";
import { Ranking } from "./Ranking.tsx";

type Layer = "crowd" | "flow" | "bikes" | "incidents";

/** The live map: stages of places, flow by cell, bikes and open incidents, each a layer; with its table twin. */
export function CityMap({ now, shape }: { now: City; shape: Shape }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [layers, setLayers] = useState<ReadonlySet<Layer>>(new Set<Layer>(["crowd", "flow", "incidents"]));
  const cells = useMemo(() => now.crowd?.flow?.latest?.nodes ?? [], [now]);
  const limits = useMemo(() => classLimits(cells.map(({ value }) => value)), [cells]);
  const areas = useMemo(
    () => [...(layers.has("flow") ? flowAreas(cells, limits) : []), ...outlines(shape)],
    [layers, cells, limits, shape],
  );
  const ground = useMemo(() => groundOf(shape.zones.nodes, shape.backdrop), [shape]);
  const marks = [
    ...(layers.has("bikes") ? stationMarks(now, language) : []),
    ...(layers.has("incidents") ? incidentMarks(now, language, (kind) => t(INCIDENT_WORD[kind])) : []),
    ...(layers.has("crowd")
      ? zoneMarks(now, shape, language, {
          level: (level) => t(LEVEL_WORD[level]),
          value: (interval) => t`${interval} persons`,
          withheld: (reason) => t`withheld: ${t(withheldWord(reason))}`,
        })
      : []),
  ];
  return (
    <section className={styles.map} aria-labelledby="map-title">
      <div className={styles.head}>
        <h2 id="map-title">
          <Trans>The map now</Trans>
        </h2>
        <SegmentedMany
          label={t`Layers of the map`}
          values={layers}
          onChange={setLayers}
          options={[
            { value: "crowd", content: t`Crowd` },
            { value: "flow", content: t`People flow` },
            { value: "bikes", content: t`Shared bikes` },
            { value: "incidents", content: t`Incidents` },
          ]}
        />
      </div>
      <div className={styles.side}>
        <MapFrame
          label={t`Map of ${shape.name[language]}: stage of each place, people flow, shared bikes and incidents`}
          ground={ground}
          areas={areas}
          marks={marks}
          onChoose={(slug) => void navigate({ to: "/zones/$slug", params: { slug } })}
        >
          {layers.has("crowd") &&
            LEVELS.map((level) => (
              <LegendItem key={level} sign={<StageShape level={level} />}>
                {t(LEVEL_WORD[level])}
              </LegendItem>
            ))}
          {layers.has("incidents") && (
            <LegendItem sign={<path d="M0,-7L7,5.5H-7Z" className={markStyles.incident} />}>{t`Incident`}</LegendItem>
          )}
          {layers.has("bikes") && (
            <LegendItem sign={<rect x={-4} y={-4} width={8} height={8} rx={1.5} className={markStyles.station} />}>
              {t`Bike station`}
            </LegendItem>
          )}
          {layers.has("flow") && cells.length > 0 && (
            <>
              <FlowLegend limits={limits} unit={t`people in an hour`} />
              {cells.some((cell) => cell.withheld) && <WithheldLegend />}
            </>
          )}
          <span className={styles.hint}>{t`Ctrl and wheel, two fingers or the keys + − 0 zoom`}</span>
        </MapFrame>
        {now.crowd && <Ranking crowd={now.crowd} shape={shape} />}
      </div>
      <CityTable now={now} shape={shape} />
    </section>
  );
}

type Cell = NonNullable<NonNullable<Crowd["flow"]>["latest"]>["nodes"][number];

function flowAreas(cells: readonly Cell[], limits: readonly number[]): MapArea[] {
  return cells.map(({ zone, value }) => {
    const tone: AreaTone = value === null ? "withheld" : `flow${classOf(value, limits)}`;
    return { id: zone.slug, geometry: zone.geometry, tone };
  });
}

function outlines(shape: Shape): MapArea[] {
  return shape.zones.nodes
    .filter(({ kind }) => kind === "PLAZA")
    .map(({ slug, geometry }) => ({ id: slug, geometry, tone: "outline" }));
}

type Say = {
  level: (level: keyof typeof LEVEL_WORD) => string;
  value: (interval: string) => string;
  withheld: (reason: string) => string;
};

/** Places with a crowd value, the more crowded the higher; a place without one is not on this layer. */
function zoneMarks(now: City, shape: Shape, language: "ko" | "en", say: Say): MapMark[] {
  const crowds = crowdByZone(now.crowd);
  return shape.zones.nodes.flatMap(({ slug, name, centre }) => {
    const crowd = crowds.get(slug);
    if (!crowd) return [];
    const { level, value, halfWidth95, withheld, density } = crowd;
    const parts = [name[language]];
    if (level) parts.push(say.level(level));
    parts.push(value === null ? say.withheld(withheld?.reason ?? "") : say.value(formatInterval(value, halfWidth95)));
    const mark: MapMark = {
      id: slug,
      at: centre,
      shape: level ? { kind: "stage", level } : { kind: "unknown" },
      label: name[language],
      spoken: parts.join(", "),
      priority: 10 + (level ? LEVELS.indexOf(level) : 0) + (density ?? 0) / 100,
      href: `/zones/${slug}`,
    };
    return [mark];
  });
}

function stationMarks(now: City, language: "ko" | "en"): MapMark[] {
  return (now.stations?.nodes ?? []).flatMap(({ slug, name, location, availability }) => {
    const at = pointOf(location);
    if (!at) return [];
    const free = availability ? ` ${availability.vehicles}` : "";
    const label = `${name[language]}${free}`;
    return [
      {
        id: `station-${slug}`,
        at,
        shape: { kind: "station" },
        label,
        spoken: label,
        priority: 1,
        quiet: true,
      } satisfies MapMark,
    ];
  });
}

type Incident = NonNullable<City["incidents"]>["nodes"][number];

function incidentMarks(now: City, language: "ko" | "en", kindWord: (kind: Incident["kind"]) => string): MapMark[] {
  return (now.incidents?.nodes ?? []).flatMap(({ id, kind, title, location }) => {
    const at = location ? pointOf(location) : undefined;
    if (!at) return [];
    return [
      {
        id: `incident-${id}`,
        at,
        shape: { kind: "incident" },
        label: kindWord(kind),
        spoken: title[language],
        priority: 2,
        quiet: true,
      } satisfies MapMark,
    ];
  });
}
