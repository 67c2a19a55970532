import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { binWindows } from "../../chart/bins.ts";
import { Histogram } from "../../chart/Histogram.tsx";
import { SeriesChart } from "../../chart/SeriesChart.tsx";
import { SeriesTable } from "../../chart/SeriesTable.tsx";
import { Fault } from "../../data/execute.ts";
import { pointsOf } from "../../data/series.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDuration } from "../../text/time.ts";
import { Choice } from "../../ui/Choice.tsx";
import { useCategoryWord } from "../../ui/category.ts";
import { AccessNeeded, isRefusal } from "./AccessNeeded.tsx";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";
import { PlacesMap } from "./PlacesMap.tsx";
import { isSummable, SPANS, type Span, SUM } from "./search.ts";
import { useShown } from "./shown.ts";

const route = getRouteApi("/datasets/$slug");

type SectionProps = { dataset: Dataset; extent: { from: string; to: string } };

/** The values: place, period and step to choose; chart, table and map of the places. */
export function SeriesSection({ dataset, extent }: SectionProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { plan, city, unit } = dataset;
  const bins = plan?.bins ?? [];
  const categoryOf = useCategoryWord(bins[0]?.unit);
  const places = dataset.places.nodes;
  const summable = isSummable(dataset);
  const shown = useShown(dataset, extent);
  const { place, span, steps, step, period, series, destinations, categories, part, error, refetch } = shown;
  const points = series ? pointsOf(series, part) : [];
  const threshold = plan?.threshold ?? null;
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
  const nameOf = (slug: string): string => places.find((known) => known.slug === slug)?.name[language] ?? slug;
  const label = [title, part.destination ? `${placeName} → ${nameOf(part.destination)}` : placeName]
    .concat(part.category ? [categoryOf(part.category)] : [])
    .join(", ");

  return (
    <section className={styles.section} aria-labelledby="values">
      <h2 id="values">{t`The values`}</h2>
      <div className={styles.choices}>
        {places.length > 1 && place && (
          <Choice
            label={destinations.length > 0 ? t`Origin` : t`Place`}
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
            label={bins.length > 0 ? t`Bin` : plan?.split === "HOUR" ? t`Hour of day` : t`Category`}
            value={part.category}
            onChange={(chosen) => ask({ category: chosen })}
            options={categories.map((category) => ({ value: category, text: categoryOf(category) }))}
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
      {error &&
        !series &&
        (error instanceof Fault && isRefusal(error) ? (
          <AccessNeeded dataset={dataset} fault={error} />
        ) : (
          <Trouble error={error} onRetry={refetch} />
        ))}
      {!series && !error && <Waiting />}
      {series && (
        <>
          {bins.length > 0 && (
            <Histogram
              key={`${place} ${span} ${step}`}
              label={[title, placeName].join(", ")}
              windows={binWindows(series, part.place, categories)}
              halfWidth={series.uncertainty.halfWidth95}
              timeZone={city.timeZone}
              wordOf={categoryOf}
            />
          )}
          {series.method.corrected && (
            <p className="small">
              <Trans>Some of these values are a later version for a declared outage; see below.</Trans>
            </p>
          )}
          <SeriesChart
            label={label}
            points={points}
            from={period.from}
            to={period.to}
            timeZone={city.timeZone}
            halfWidth={series.uncertainty.halfWidth95}
            unit={t`counts`}
            {...(threshold === null ? {} : { gapWord: t`below ${threshold}, not shown` })}
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
        <PlacesMap dataset={dataset} extent={extent} shown={shown} onChoose={(slug) => ask({ place: slug })} />
      )}
    </section>
  );
}
