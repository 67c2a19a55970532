import { useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../text/i18n.tsx";
import { formatHalfWidth, formatNumber } from "../../text/number.ts";
import { formatMoment, formatWindow } from "../../text/time.ts";
import { ANNOTATION_WORD, CORRECTION_WORD, OUTAGE_WORD } from "../../ui/words.ts";
import styles from "./DatasetPage.module.css";
import type { Dataset } from "./DatasetPage.tsx";

type Outage = Dataset["outages"]["nodes"][number];

/** Times in which the dataset saw badly, as declared, and what became of them. */
export function Outages({ dataset }: { dataset: Dataset }) {
  const { t } = useLingui();
  const outages = dataset.outages.nodes;
  if (outages.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="outages">
      <h2 id="outages">{t`Declared outages`}</h2>
      <ul className={styles.limits}>
        {outages.map((outage) => (
          <OutageItem key={outage.id} outage={outage} timeZone={dataset.city.timeZone} />
        ))}
      </ul>
    </section>
  );
}

function OutageItem({ outage, timeZone }: { outage: Outage; timeZone: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { window, reason, text, declaredAt, declaredBy, correction } = outage;
  const at = (instant: string): number => Date.parse(instant);
  const { version, epsilon, interval95 } = correction;
  const declared = formatMoment(at(declaredAt), language, timeZone);
  const by = declaredBy.name[language];
  const state = t(CORRECTION_WORD[correction.state]);
  const why = correction.reason && t(ANNOTATION_WORD[correction.reason]);
  const cost = epsilon === null ? null : formatNumber(epsilon, 2);
  return (
    <li>
      <strong>{formatWindow(at(window.from), at(window.to), language, timeZone, true)}</strong>
      {` · ${t(OUTAGE_WORD[reason])}`}
      <br />
      {text[language]}
      <br />
      <span className="quiet small">
        {why ? `${state}: ${why}` : state}
        {version !== null && ` · ${t`version ${version}`}`}
        {cost !== null && interval95 !== null && ` · ${t`ε ${cost} of the reserve, ${formatHalfWidth(interval95)}`}`}
        {` · ${t`declared ${declared} by ${by}`}`}
      </span>
    </li>
  );
}
