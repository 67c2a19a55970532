import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { SeriesChart } from "../../chart/SeriesChart.tsx";
import { SeriesTable } from "../../chart/SeriesTable.tsx";
import { zonePage } from "../../data/queries.ts";
import { pointsOf } from "../../data/series.ts";
import type { SeriesPartsFragment, ZoneQuery } from "../../generated/graphql.ts";
import { groundOf } from "../../map/ground.ts";
import { MapFrame } from "../../map/MapFrame.tsx";
import { LastKnown, NotFound, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoment, formatWindow } from "../../text/time.ts";
import { Freshness, Synthetic } from "../../ui/Freshness.tsx";
import { Interval } from "../../ui/Interval.tsx";
import { Stage } from "../../ui/Stage.tsx";
import { useNow } from "../../ui/useNow.ts";
import { KIND_WORD } from "../../ui/words.ts";
import { IncidentItem } from "../incidents/IncidentItem.tsx";
import { Collected } from "./Collected.tsx";
import styles from "./ZonePage.module.css";

export type Zone = NonNullable<ZoneQuery["zone"]>;

const DAY = 86_400_000;
const HOUR = 3_600_000;
const TEN_MINUTES = 600_000;
const route = getRouteApi("/zones/$slug");

/** One place: its crowd, its flow, its bikes, its incidents, and what is collected there. */
export function ZonePage() {
  const { slug } = route.useParams();
  const { city } = route.useSearch();
  const { t } = useLingui();
  const { language } = useLanguage();
  const to = Math.ceil(useNow() / TEN_MINUTES) * TEN_MINUTES;
  const period = { from: new Date(to - DAY - HOUR).toISOString(), to: new Date(to).toISOString() };
  const { data, error, refetch, dataUpdatedAt } = useQuery(zonePage(slug, city ?? null, period));
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  const { zone } = data;
  if (!zone) return <NotFound />;
  const name = zone.name[language];
  const { timeZone, isSynthetic } = zone.city;
  return (
    <article className={styles.page}>
      <title>{`${name} · ${t`Madang`}`}</title>
      {error && (
        <LastKnown>
          {t`No connection to the hub. This is the last known state, of ${formatMoment(dataUpdatedAt, language, timeZone)}.`}
        </LastKnown>
      )}
      <header className={styles.head}>
        <p className={styles.trail}>
          <Link to="/">{zone.city.name[language]}</Link>
          <span aria-hidden="true">/</span>
          <span>{t(KIND_WORD[zone.kind])}</span>
          {isSynthetic && <Synthetic />}
        </p>
        <h1>{name}</h1>
        {zone.crowd && <Now zone={zone} crowd={zone.crowd} />}
      </header>
      {zone.crowd?.series && (
        <Series title={t`People, the last 24 hours`} series={zone.crowd.series} unit={t`persons`} zone={zone} />
      )}
      {zone.mobility?.flow && (
        <Series
          title={
            zone.mobility.flow.columns.place.includes(zone.slug)
              ? t`Flow, the last 24 hours`
              : t`Flow in the area around it, the last 24 hours`
          }
          series={zone.mobility.flow}
          unit={t`counts`}
          zone={zone}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.section}>
          <Bikes zone={zone} />
          <Incidents zone={zone} />
          <Where zone={zone} name={name} />
        </div>
        <Collected zone={zone} />
      </div>
    </article>
  );
}

function Now({ zone, crowd }: { zone: Zone; crowd: NonNullable<Zone["crowd"]> }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { window, value, halfWidth95, withheld, density, level, approaching, dataset } = crowd;
  const { timeZone } = zone.city;
  const published = dataset.freshness.lastPublishedAt;
  return (
    <div className={styles.now}>
      {level && (
        <p className={styles.level}>
          <Stage level={level} />
          {approaching && <span className="quiet">{t`close to the next stage`}</span>}
        </p>
      )}
      <p className={styles.value}>
        <Interval value={value} halfWidth={halfWidth95} withheld={withheld?.reason ?? null} unit={t`persons`} />
      </p>
      {density != null && crowd.densityHalfWidth95 !== null && (
        <p className={styles.density}>
          <Interval
            value={density}
            halfWidth={crowd.densityHalfWidth95}
            withheld={null}
            digits={2}
            unit={t`persons/m²`}
          />
        </p>
      )}
      <p className="quiet small">
        {window && formatWindow(Date.parse(window.from), Date.parse(window.to), language, timeZone)}
        {published && (
          <>
            {" · "}
            <Freshness at={Date.parse(published)} timeZone={timeZone} />
          </>
        )}
      </p>
    </div>
  );
}

type SeriesProps = { title: string; series: SeriesPartsFragment; unit: string; zone: Zone };

function Series({ title, series, unit, zone }: SeriesProps) {
  const points = useMemo(() => pointsOf(series), [series]);
  const end = points.at(-1)?.end;
  const { timeZone } = zone.city;
  const halfWidth = series.uncertainty.halfWidth95;
  const isOne = new Set(series.columns.place).size === 1;
  if (end === undefined || !isOne) return null;
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <SeriesChart
        label={title}
        points={points}
        from={end - DAY}
        to={end}
        timeZone={timeZone}
        halfWidth={halfWidth}
        unit={unit}
      />
      <SeriesTable caption={title} points={points} halfWidth={halfWidth} unit={unit} timeZone={timeZone} />
    </section>
  );
}

function Bikes({ zone }: { zone: Zone }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const stations = zone.mobility?.stations ?? [];
  if (stations.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t`Shared bikes`}</h2>
      <ul className={styles.list}>
        {stations.map(({ slug, name, availability }) => (
          <li key={slug} className={styles.item}>
            <span>{name[language]}</span>
            <span className="number">
              {availability ? (
                <Trans>
                  {availability.vehicles} bikes, {availability.docks} free docks
                </Trans>
              ) : (
                t`unknown`
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Incidents({ zone }: { zone: Zone }) {
  const { t } = useLingui();
  const incidents = zone.incidents?.recent?.nodes ?? [];
  return (
    <section className={styles.section}>
      <h2>{t`Incidents`}</h2>
      {incidents.length === 0 ? (
        <p className="quiet">{t`None is known here.`}</p>
      ) : (
        <ul className={styles.list}>
          {incidents.map((incident) => (
            <IncidentItem key={incident.id} incident={incident} timeZone={zone.city.timeZone} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Where({ zone, name }: { zone: Zone; name: string }) {
  const { t } = useLingui();
  const { slug, geometry, centre } = zone;
  const { backdrop } = zone.city;
  const areas = useMemo(() => [{ id: slug, geometry, tone: "outline" as const }], [slug, geometry]);
  const ground = useMemo(() => groundOf([], backdrop), [backdrop]);
  const marks = useMemo(
    () => [{ id: slug, at: centre, shape: { kind: "chosen" as const }, label: name, spoken: name, priority: 1 }],
    [slug, centre, name],
  );
  return (
    <section className={styles.section}>
      <h2>{t`Where it is`}</h2>
      <div>
        <MapFrame label={t`Map of ${name}`} ground={ground} areas={areas} marks={marks} />
      </div>
    </section>
  );
}
