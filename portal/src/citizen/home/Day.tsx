import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { SeriesChart } from "../../chart/SeriesChart.tsx";
import { SeriesTable } from "../../chart/SeriesTable.tsx";
import { zoneDay } from "../../data/queries.ts";
import { pointsOf } from "../../data/series.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import type { LocalText } from "../../text/language.ts";
import { Choice } from "../../ui/Choice.tsx";
import type { City, Crowd } from "./city.ts";
import styles from "./Day.module.css";

const DAY = 86_400_000;

type DayProps = {
  city: City;
  crowd: Crowd;
  zones: readonly { readonly slug: string; readonly name: LocalText }[];
};

/** The last 24 hours of one place: the busiest unless another is chosen. */
export function Day({ city, crowd, zones }: DayProps) {
  const { language } = useLanguage();
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string>();
  const measured = new Set(crowd.places.map((place) => place.zone.slug));
  const options = zones.filter((zone) => measured.has(zone.slug));
  const slug = chosen ?? crowd.busiest?.zone.slug ?? options[0]?.slug;
  const zone = options.find((option) => option.slug === slug);
  if (!crowd.at || !slug || !zone) return null;
  return (
    <section className={styles.day} aria-labelledby="day-title">
      <div className={styles.head}>
        <h2 id="day-title">
          <Trans>The last 24 hours</Trans>
        </h2>
        <Choice
          label={t`Place`}
          beside
          value={slug}
          onChange={setChosen}
          options={options.map((option) => ({ value: option.slug, text: option.name[language] }))}
        />
      </div>
      <DayChart
        city={city.slug}
        slug={slug}
        name={zone.name[language]}
        to={Date.parse(crowd.at)}
        timeZone={city.timeZone}
      />
    </section>
  );
}

type DayChartProps = { city: string; slug: string; name: string; to: number; timeZone: string };

function DayChart({ city, slug, name, to, timeZone }: DayChartProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const from = to - DAY;
  const period = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const { data, error, refetch } = useQuery(zoneDay(slug, city, period));
  const crowd = data?.zone?.crowd;
  if (!crowd?.series) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  const points = pointsOf(crowd.series);
  const halfWidth = crowd.series.uncertainty.halfWidth95;
  const unit = t`persons`;
  return (
    <>
      <SeriesChart
        label={t`People in ${name}, the last 24 hours`}
        points={points}
        from={from}
        to={to}
        timeZone={timeZone}
        halfWidth={halfWidth}
        unit={unit}
      />
      <p className={styles.about}>
        <Trans>
          One count is {crowd.dataset.unit?.[language]}.{" "}
          <Link to="/datasets/$slug" params={{ slug: crowd.dataset.slug }}>
            How do we know
          </Link>
        </Trans>
      </p>
      <SeriesTable
        caption={t`People in ${name}, the last 24 hours`}
        points={points}
        halfWidth={halfWidth}
        unit={unit}
        timeZone={timeZone}
      />
    </>
  );
}
