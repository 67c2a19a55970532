import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { populations } from "../../data/queries.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { DestroyedKeys } from "./DestroyedKeys.tsx";
import { KnownLimits } from "./KnownLimits.tsx";
import styles from "./Text.module.css";

/** The promise in full, in the reader's language first and in the other one below; then its limits. */
export function Privacy() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const statements =
    language === "ko" ? [<Korean key="ko" />, <English key="en" />] : [<English key="en" />, <Korean key="ko" />];
  return (
    <article className={styles.page}>
      <title>{t`Privacy · Madang`}</title>
      <h1>{t`What the hub promises`}</h1>
      {statements}
      <KnownLimits />
      <section className={styles.section}>
        <h2>{t`What that means`}</h2>
        <ul className={styles.points}>
          <li>
            <Trans>
              The unit is what the sensor can tell apart: a track in a day, a vehicle in a day, a trip, a crossing. It
              is never a person. Somebody who is seen as three units has three times the cost; each dataset prints that
              number first.
            </Trans>
          </li>
          <li>
            <Trans>
              Noise is drawn once for each window and stored. Asking a thousand times gives the same answer a thousand
              times, and every licence sees the same values.
            </Trans>
          </li>
          <li>
            <Trans>
              Each day has a budget that the database itself refuses to overspend: at most ε 2.0 for a population, of
              which releases may plan 1.6.
            </Trans>
          </li>
          <li>
            <Trans>
              Nobody is given traces of people, plates or rented vehicles, under any licence: four points identify 95 %
              of people (de Montjoye 2013).
            </Trans>
          </li>
        </ul>
      </section>
      <Budgets />
      <DestroyedKeys />
    </article>
  );
}

/** The statement is one text in two languages, not a translation of the page: both stand on the page, word for word. */
function English() {
  return (
    <blockquote lang="en" className={styles.statement}>
      <p>
        Whether the accepted records of one <em>unit</em> on one local calendar day are included or not changes the
        probability of the <strong>noised statistics</strong> of its population by at most a factor e<sup>ε</sup>, with
        ε = that day's total over <strong>all</strong> datasets fed by the population, at most 2.0.
      </p>
    </blockquote>
  );
}

function Korean() {
  return (
    <blockquote lang="ko" className={styles.statement}>
      <p>
        현지 달력으로 하루 동안 한 <em>단위</em>에서 접수된 기록이 들어 있든 없든, 그 모집단에서 나온{" "}
        <strong>잡음 통계</strong>의 확률은 e<sup>ε</sup>배 넘게 달라지지 않습니다. ε은 그 모집단이 쓰이는{" "}
        <strong>모든</strong> 데이터셋의 그날 합계이며 2.0을 넘지 않습니다.
      </p>
    </blockquote>
  );
}

function Budgets() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data } = useQuery(populations());
  if (!data || data.populations.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t`Budgets of this hub`}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t`Population`}</th>
            <th scope="col">{t`Controller`}</th>
            <th scope="col">{t`ε a day, planned`}</th>
            <th scope="col">{t`ε a day, at most`}</th>
          </tr>
        </thead>
        <tbody>
          {data.populations.map(({ slug, planned, cap, controller }) => (
            <tr key={slug}>
              <th scope="row">{slug}</th>
              <td>{controller?.name[language]}</td>
              <td>{formatNumber(planned, 2)}</td>
              <td>{formatNumber(cap, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
