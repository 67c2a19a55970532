import { Trans, useLingui } from "@lingui/react/macro";
import type { IncidentsQuery } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoment } from "../../text/time.ts";
import { INCIDENT_WORD } from "../../ui/words.ts";
import styles from "./Incidents.module.css";

type Listed = IncidentsQuery["incidents"]["nodes"][number];
type Incident = Pick<Listed, "kind" | "title" | "open" | "from" | "to"> &
  Partial<Pick<Listed, "template" | "snapped" | "location">>;

/** One incident: what, since when, whether it is over. */
export function IncidentItem({ incident, timeZone, place }: { incident: Incident; timeZone: string; place?: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { kind, title, open } = incident;
  const from = formatMoment(Date.parse(incident.from), language, timeZone);
  const to = incident.to && formatMoment(Date.parse(incident.to), language, timeZone);
  return (
    <li className={styles.item}>
      <p className={styles.title}>
        <svg viewBox="-9 -9 18 18" width="16" height="16" aria-hidden="true" className={styles.sign} data-open={open}>
          <path d="M0,-7L7,5.5H-7Z" />
        </svg>
        <strong>{title[language]}</strong>
      </p>
      <p className={styles.facts}>
        <span>{t(INCIDENT_WORD[kind])}</span>
        {place && <span>{place}</span>}
        <span>
          {to ? (
            <Trans>
              {from} to {to}
            </Trans>
          ) : (
            <Trans>since {from}</Trans>
          )}
        </span>
        <span>{open ? t`open` : t`over`}</span>
      </p>
      {incident.snapped && incident.template && (
        <p className={styles.template}>
          {incident.template[language]}{" "}
          <span className="quiet small">
            {incident.location == null
              ? t`No place is told: no public point with enough addresses is near.`
              : t`The place is the nearest public point, the time a block of three hours; shown a day later, from five verified sources on.`}
          </span>
        </p>
      )}
    </li>
  );
}
