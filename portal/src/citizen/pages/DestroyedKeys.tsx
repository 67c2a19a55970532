import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { destroyedKeys } from "../../data/queries.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatMoment } from "../../text/time.ts";
import styles from "./Text.module.css";

const SHOWN = 10;

/** The newest keys that were destroyed, from the keyring's signed records. */
export function DestroyedKeys() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { data } = useQuery(destroyedKeys());
  const records = (data?.keyRecords.nodes ?? []).filter(({ kind }) => kind === "KEY_DESTROYED").slice(0, SHOWN);
  if (records.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="keys">
      <h2 id="keys">{t`Keys that were destroyed`}</h2>
      <p>
        <Trans>
          Each day of a population has its own keys. When the day is sealed the keyring destroys them and signs a record
          of it; each record holds the hash of the one before.
        </Trans>
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t`Population`}</th>
            <th scope="col">{t`Day`}</th>
            <th scope="col">{t`Destroyed by`}</th>
            <th scope="col">{t`Record`}</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ number, population, day, at, signature }) => (
            <tr key={number}>
              <th scope="row">{population}</th>
              <td>{day}</td>
              <td>{formatMoment(Date.parse(at), language, "UTC")} UTC</td>
              <td>
                {formatNumber(number)} <code title={signature}>{signature.slice(0, 12)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
