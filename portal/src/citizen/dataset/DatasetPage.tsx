import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { datasetPage } from "../../data/queries.ts";
import type { DatasetQuery } from "../../generated/graphql.ts";
import { LastKnown, NotFound, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate, formatDuration, formatMoment } from "../../text/time.ts";
import { Facts } from "../../ui/Facts.tsx";
import { Freshness, Synthetic } from "../../ui/Freshness.tsx";
import { DOMAIN_WORD, FRESHNESS_WORD, TIER_WORD } from "../../ui/words.ts";
import styles from "./DatasetPage.module.css";
import { Downloads } from "./Downloads.tsx";
import { HowWeKnow } from "./HowWeKnow.tsx";
import { Outages } from "./Outages.tsx";
import { PrivacyCard } from "./PrivacyCard.tsx";
import { SeriesSection } from "./SeriesSection.tsx";

export type Dataset = NonNullable<DatasetQuery["dataset"]>;

const route = getRouteApi("/datasets/$slug");

/** One dataset: its values with their intervals, its promise, its files, and how all of it is known. */
export function DatasetPage() {
  const { slug } = route.useParams();
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data, error, refetch, dataUpdatedAt } = useQuery(datasetPage(slug));
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  const { dataset } = data;
  if (!dataset) return <NotFound />;
  const { title, description, bias, isSynthetic, city } = dataset;
  return (
    <article className={styles.page}>
      <title>{`${title[language]} · ${t`Madang`}`}</title>
      {error && (
        <LastKnown>
          {t`No connection to the hub. This is the last known state, of ${formatMoment(dataUpdatedAt, language, city.timeZone)}.`}
        </LastKnown>
      )}
      <header className={styles.head}>
        <p className={styles.trail}>
          <Link to="/datasets">{t`Data`}</Link>
          <span aria-hidden="true">/</span>
          <span>{city.name[language]}</span>
          {isSynthetic && <Synthetic />}
        </p>
        <h1>{title[language]}</h1>
        <p className={styles.description}>{description[language]}</p>
        <DatasetFacts dataset={dataset} />
      </header>
      {dataset.plan && dataset.extent && <SeriesSection key={slug} dataset={dataset} extent={dataset.extent} />}
      {dataset.plan && !dataset.extent && (
        <p>
          <Trans>Nothing has been released yet. The first values appear here as soon as their window has closed.</Trans>
        </p>
      )}
      {!dataset.plan && <Elsewhere dataset={dataset} />}
      <Outages dataset={dataset} />
      <div className={styles.columns}>
        {dataset.privacyCard && <PrivacyCard dataset={dataset} card={dataset.privacyCard} />}
        <Downloads dataset={dataset} />
      </div>
      <HowWeKnow dataset={dataset} />
      {bias && (
        <section className={styles.section}>
          <h2>{t`Whom the data see badly`}</h2>
          <p>{bias[language]}</p>
        </section>
      )}
    </article>
  );
}

function DatasetFacts({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { provider, city, licence, plan, freshness, extent, domain, tier, unit, sourceUrl } = dataset;
  const date = (at: string): string => formatDate(Date.parse(at), language, city.timeZone);
  /** The extent is half-open: its last day is the one that holds the last instant before its end. */
  const lastDate = (end: string): string => formatDate(Date.parse(end) - 1, language, city.timeZone);
  const rhythm = plan && formatDuration(plan.step, language);
  return (
    <Facts
      facts={[
        [t`Provider`, linked(provider.name[language], provider.url)],
        [t`Domain`, t(DOMAIN_WORD[domain])],
        [t`Access`, t(TIER_WORD[tier])],
        [t`Licence`, linked(licence.name, licence.url)],
        [t`Attribution`, linked(licence.attribution, sourceUrl)],
        [t`One count is`, unit?.[language]],
        [t`One value every`, rhythm],
        [
          t`Freshness`,
          <>
            {t(FRESHNESS_WORD[freshness.state])}
            {freshness.lastPublishedAt && (
              <>
                {", "}
                <Freshness at={Date.parse(freshness.lastPublishedAt)} timeZone={city.timeZone} />
              </>
            )}
          </>,
        ],
        [t`Period`, extent && `${date(extent.from)} – ${lastDate(extent.to)}`],
      ]}
    />
  );
}

/** A text that leads somewhere when it can; only web addresses become links. */
function linked(text: string, url: string | null): ReactNode {
  return url !== null && /^https?:\/\//.test(url) ? <a href={url}>{text}</a> : text;
}

/** Facts about things have no series: says where they are shown. */
function Elsewhere({ dataset }: { dataset: Dataset }) {
  if (dataset.kind === "AVAILABILITY") {
    return (
      <p>
        <Trans>
          These are exact counts of vehicles and docks, not of people. They are on the{" "}
          <Link to="/">map of the city</Link>.
        </Trans>
      </p>
    );
  }
  return (
    <p>
      <Trans>
        These are rows about things, not people. They are in the <Link to="/incidents">list of incidents</Link>.
      </Trans>
    </p>
  );
}
