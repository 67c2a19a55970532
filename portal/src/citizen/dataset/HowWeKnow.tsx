import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { datasetReleases } from "../../data/queries.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatDuration, formatMoment, formatWindow } from "../../text/time.ts";
import { Facts } from "../../ui/Facts.tsx";
import { TableTwin } from "../../ui/TableTwin.tsx";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";

/** Method, plan and the newest releases with their place in the log: the way from a number back to its proof. */
export function HowWeKnow({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { plan } = dataset;
  if (!plan) return null;
  return (
    <section className={styles.section} aria-labelledby="how">
      <h2 id="how">{t`How do we know`}</h2>
      <p>
        <Trans>
          Signed readings are pseudonymised and bounded, counted in windows that are fixed before the day begins, and
          noise is drawn once for each window. What is published is never changed; asking again gives the same answer.
        </Trans>
      </p>
      <Facts
        facts={[
          [t`Mechanism`, plan.mechanism],
          [t`Release plan`, t`version ${plan.version}`],
          [t`Window`, formatDuration(plan.step, language)],
          [t`Published every`, formatDuration(plan.schedule, language)],
          [t`Readings may be late by`, formatDuration(plan.lateness, language)],
          [t`Shown from`, plan.threshold !== null && formatNumber(plan.threshold)],
          [t`May be summed`, plan.additive ? t`yes, of signed values` : t`no`],
          [t`Budget`, t`ε ${formatNumber(plan.epsilon, 2)} of population ${plan.population}`],
        ]}
      />
      <Releases dataset={dataset} />
    </section>
  );
}

function Releases({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data } = useQuery(datasetReleases(dataset.slug));
  const releases = data?.releases?.nodes ?? [];
  if (releases.length === 0) return null;
  const zone = dataset.city.timeZone;
  return (
    <TableTwin summary={t`The newest releases`}>
      <table>
        <caption>
          <Plural value={releases.length} one="The newest release" other="The newest # releases" />
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Window`}</th>
            <th scope="col" data-number>
              {t`Version`}
            </th>
            <th scope="col">{t`Published`}</th>
            <th scope="col" data-number>
              {t`Place in the log`}
            </th>
            <th scope="col">{t`Hash of the values`}</th>
          </tr>
        </thead>
        <tbody>
          {releases.map(({ id, window, planVersion, publishedAt, logIndex, valuesSha256 }) => (
            <tr key={id}>
              <th scope="row">{formatWindow(Date.parse(window.from), Date.parse(window.to), language, zone, true)}</th>
              <td data-number>{planVersion}</td>
              <td>{publishedAt && formatMoment(Date.parse(publishedAt), language, zone)}</td>
              <td data-number>{logIndex !== null && formatNumber(logIndex)}</td>
              <td>
                <code title={valuesSha256 ?? undefined}>{valuesSha256?.slice(0, 16)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableTwin>
  );
}
