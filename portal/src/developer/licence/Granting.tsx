import { useLingui } from "@lingui/react/macro";
import { Notice } from "../../ui/Notice.tsx";
import page from "../Page.module.css";
import type { Licence } from "./LicencePage.tsx";
import { TermsFacts } from "./TermsFacts.tsx";

/** Approved terms stand out until they are accepted: what is other than what was asked for is named. */
export function Granting({ licence }: { licence: Licence }) {
  const { t } = useLingui();
  const { state, granted, asked, conditions, dataset } = licence;
  if (state !== "APPROVED" || !granted) return null;
  const changed = [
    JSON.stringify(granted.area) !== JSON.stringify(asked.area) && t`area`,
    (granted.from !== asked.from || granted.to !== asked.to) && t`period`,
    granted.step !== asked.step && t`resolution`,
    granted.quota !== asked.quota && t`quota`,
  ].filter((name) => name !== false);
  return (
    <Notice kind="good" title={t`Granted, and waiting for you`}>
      <TermsFacts terms={granted} places={dataset.places.nodes} />
      <p>{changed.length > 0 ? t`Other than you asked for: ${changed.join(", ")}.` : t`Exactly as you asked for.`}</p>
      {conditions && (
        <div>
          <strong>{t`Conditions`}</strong>
          <p className={page.user}>{conditions}</p>
        </div>
      )}
    </Notice>
  );
}
