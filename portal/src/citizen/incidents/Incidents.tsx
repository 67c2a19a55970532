import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { incidentList } from "../../data/queries.ts";
import { LastKnown, Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { IncidentItem } from "./IncidentItem.tsx";
import styles from "./Incidents.module.css";

const PAGE = 50;

/** What is reported on the streets: rows about things, never about people. */
export function Incidents() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [which, setWhich] = useState<"open" | "all">("open");
  const { data, error, refetch } = useQuery(incidentList({ first: PAGE, ...(which === "open" ? { open: true } : {}) }));
  const incidents = data?.incidents.nodes ?? [];
  return (
    <div className={styles.page}>
      <title>{t`Incidents · Madang`}</title>
      <header className={styles.head}>
        <h1>{t`Incidents`}</h1>
        <p className="quiet">
          <Trans>
            Rows about things: road works, a fallen object, a closure. What concerns people is published as noised
            counts only.
          </Trans>
        </p>
        <Segmented
          label={t`Which incidents`}
          value={which}
          onChange={setWhich}
          options={[
            { value: "open", content: t`Open` },
            { value: "all", content: t`All` },
          ]}
        />
      </header>
      {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
      {error && data && <LastKnown>{t`No connection to the hub. This is the last known list.`}</LastKnown>}
      {!data && !error && <Waiting />}
      {data && incidents.length === 0 && <p>{t`Nothing is open at the moment.`}</p>}
      <ul>
        {incidents.map((incident) => (
          <IncidentItem
            key={incident.id}
            incident={incident}
            timeZone={incident.zone.city.timeZone}
            place={incident.zone.name[language]}
          />
        ))}
      </ul>
    </div>
  );
}
