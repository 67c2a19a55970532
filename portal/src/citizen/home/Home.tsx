import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { cityNow, cityShape } from "../../data/queries.ts";
import { LastKnown, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoment } from "../../text/time.ts";
import { Freshness, Synthetic } from "../../ui/Freshness.tsx";
import { CityMap } from "./CityMap.tsx";
import type { Crowd } from "./city.ts";
import { Day } from "./Day.tsx";
import styles from "./Home.module.css";
import { Stages } from "./Stages.tsx";
import { situationOf } from "./sentence.ts";

/** How the city is now: one sentence, four stages, the map, the last day. */
export function Home() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const now = useQuery(cityNow());
  const shape = useQuery(cityShape());
  const city = now.data?.city;
  if (!city) {
    return (
      <>
        <title>{t`Madang`}</title>
        <h1 className="visually-hidden">{t`The city now`}</h1>
        {now.error ? (
          <Trouble error={now.error} onRetry={() => void now.refetch()} />
        ) : now.data ? (
          <NoCity />
        ) : (
          <Waiting />
        )}
      </>
    );
  }
  const cityName = city.name[language];
  return (
    <div className={styles.home}>
      <title>{t`${cityName} now · Madang`}</title>
      {now.error && (
        <LastKnown>
          {t`No connection to the hub. This is the last known state, of ${formatMoment(now.dataUpdatedAt, language, city.timeZone)}.`}
        </LastKnown>
      )}
      <section className={styles.opening}>
        <p className={styles.city}>
          <span>{cityName}</span>
          {city.isSynthetic && <Synthetic />}
        </p>
        {city.crowd ? (
          <>
            <h1 className={styles.sentence} data-testid="sentence">
              <Sentence crowd={city.crowd} />
            </h1>
            <Released crowd={city.crowd} timeZone={city.timeZone} />
            <Stages crowd={city.crowd} />
          </>
        ) : (
          <Uncounted name={cityName} />
        )}
      </section>
      {shape.data?.city && <CityMap now={city} shape={shape.data.city} />}
      {city.crowd && <Day city={city} crowd={city.crowd} zones={shape.data?.city?.zones?.nodes ?? []} />}
    </div>
  );
}

function Sentence({ crowd }: { crowd: Crowd }) {
  const { language } = useLanguage();
  const situation = situationOf(crowd, language);
  if (situation.kind === "silent") return <Trans>No place has a released value at the moment.</Trans>;
  if (situation.kind === "quiet") return <Trans>The city is quiet; no place stands out.</Trans>;
  const { subject, crowded, total } = situation;
  if (situation.kind === "calm") return <Trans>{subject} is the busiest; no place is crowded.</Trans>;
  return (
    <Plural
      value={crowded}
      one={`${subject} is the busiest; # of ${total} places is crowded.`}
      other={`${subject} is the busiest; # of ${total} places are crowded.`}
    />
  );
}

/** When the shown values became public. */
function Released({ crowd, timeZone }: { crowd: Crowd; timeZone: string }) {
  const { t } = useLingui();
  const published = crowd.dataset?.freshness.lastPublishedAt ?? crowd.at;
  if (!published) return <p className="quiet">{t`Nothing has been released yet.`}</p>;
  return (
    <p className="quiet">
      <Freshness at={Date.parse(published)} timeZone={timeZone} />
    </p>
  );
}

/** A city without crowd counts still has data. */
function Uncounted({ name }: { name: string }) {
  return (
    <>
      <h1 className={styles.sentence}>{name}</h1>
      <p>
        <Trans>
          Nobody counts crowds in this city. What it publishes is in the <Link to="/datasets">list of data</Link>.
        </Trans>
      </p>
    </>
  );
}

function NoCity() {
  return (
    <p>
      <Trans>
        This hub has no city yet. As soon as one is configured and releases its first values, they appear here.
      </Trans>
    </p>
  );
}
