import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { SeriesChart } from "../../chart/SeriesChart.tsx";
import { SeriesTable } from "../../chart/SeriesTable.tsx";
import { datasetSeries } from "../../data/queries.ts";
import { membersOf, type Part, pointsOf } from "../../data/series.ts";
import type { AreaInput } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { durationLength, formatDuration } from "../../text/time.ts";
import { Choice } from "../../ui/Choice.tsx";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";
import { PlacesMap } from "./PlacesMap.tsx";
import { firstSpan, isSummable, periodOf, SPANS, type Span, SUM, shownPlace, stepsOf } from "./search.ts";

const route = getRouteApi("/datasets/$slug");

type SectionProps = { dataset: Dataset; extent: { from: string; to: string } };

/** The values: place, period and step to choose; chart, table and map of the places. */
export function SeriesSection({ dataset, extent }: SectionProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { plan, city, unit } = dataset;
  const places = dataset.places.nodes;
  const planStep = plan?.step ?? "PT1H";
  const released = useMemo(() => ({ from: Date.parse(extent.from), to: Date.parse(extent.to) }), [extent]);

  const summable = isSummable(dataset);
  const place = shownPlace(dataset, search.place);
  const steps = stepsOf(
    planStep,
    durationLength(planStep),
    plan?.additive === true && plan.statistic !== "OCCUPANCY" && place !== SUM,
  );
  const step = steps.find((known) => known === search.step) ?? planStep;
  const span = search.span ?? firstSpan(durationLength(step), released);
  const period = periodOf(span, released);

  const area: AreaInput | null =
    place === SUM ? { places: places.map(({ slug }) => slug), sum: true } : place ? { places: [place] } : null;
  const asked = { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() };
  const { data, error, refetch } = useQuery(datasetSeries(dataset.slug, area, asked, step));
  const series = data?.dataset?.series;

  const destinations = series ? membersOf(series, "destination") : [];
  const categories = series ? membersOf(series, "category") : [];
  const part: Partial<Part> = {
    destination: destinations.find((known) => known === search.destination) ?? destinations[0] ?? null,
    category: categories.find((known) => known === search.category) ?? categories[0] ?? null,
  };
  const points = series ? pointsOf(series, part) : [];
  const ask = (change: Partial<typeof search>): void =>
    void navigate({ search: { ...search, ...change }, replace: true, resetScroll: false });

  const spanWord: Readonly<Record<Span, string>> = {
    day: t`newest day`,
    week: t`newest week`,
    month: t`newest month`,
    quarter: t`newest three months`,
    all: t`everything`,
  };
  const placeName =
    place === SUM
      ? t`all places together`
      : (places.find(({ slug }) => slug === place)?.name[language] ?? city.name[language]);
  const title = dataset.title[language];
  const label = `${title}, ${placeName}`;
  const nameOf = (slug: string): string => places.find((known) => known.slug === slug)?.name[language] ?? slug;

  return (
    <section className={styles.section} aria-labelledby="values">
      <h2 id="values">{t`The values`}</h2>
      <div className={styles.choices}>
        {places.length > 1 && place && (
          <Choice
            label={t`Place`}
            value={place}
            onChange={(chosen) => ask({ place: chosen })}
            options={[
              ...(summable ? [{ value: SUM, text: t`all places together` }] : []),
              ...places.map(({ slug, name }) => ({ value: slug, text: name[language] })),
            ]}
          />
        )}
        {destinations.length > 0 && part.destination && (
          <Choice
            label={t`Destination`}
            value={part.destination}
            onChange={(chosen) => ask({ destination: chosen })}
            options={destinations.map((slug) => ({ value: slug, text: nameOf(slug) }))}
          />
        )}
        {categories.length > 0 && part.category && (
          <Choice
            label={t`Category`}
            value={part.category}
            onChange={(chosen) => ask({ category: chosen })}
            options={categories.map((category) => ({ value: category, text: category }))}
          />
        )}
        <Choice
          label={t`Period`}
          value={span}
          onChange={(chosen) => ask({ span: chosen })}
          options={SPANS.map((known) => ({ value: known, text: spanWord[known] }))}
        />
        {steps.length > 1 && (
          <Choice
            label={t`Step`}
            value={step}
            onChange={(chosen) => ask({ step: chosen })}
            options={steps.map((known) => ({ value: known, text: formatDuration(known, language) }))}
          />
        )}
        <span className={styles.zone}>
          <Trans>Times of {city.timeZone.replace("_", " ")}</Trans>
        </span>
      </div>
      {error && !series && <Trouble error={error} onRetry={() => void refetch()} />}
      {!series && !error && <Waiting />}
      {series && (
        <>
          <SeriesChart
            label={label}
            points={points}
            from={period.from}
            to={period.to}
            timeZone={city.timeZone}
            halfWidth={series.uncertainty.halfWidth95}
            unit={t`counts`}
          />
          <SeriesTable
            caption={label}
            points={points}
            halfWidth={series.uncertainty.halfWidth95}
            unit={unit?.[language] ?? t`counts`}
            timeZone={city.timeZone}
          />
        </>
      )}
      {places.length > 0 && (
        <PlacesMap dataset={dataset} places={places} chosen={place} onChoose={(slug) => ask({ place: slug })} />
      )}
    </section>
  );
}
