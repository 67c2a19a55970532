import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Level } from "../../generated/graphql.ts";
import { formatNumber } from "../../text/number.ts";
import { Stage } from "../../ui/Stage.tsx";
import { LEVELS } from "../../ui/words.ts";
import type { Crowd } from "./city.ts";
import styles from "./Stages.module.css";

/** The four stages with the number of places in each and where each begins. */
export function Stages({ crowd }: { crowd: Crowd }) {
  const { t } = useLingui();
  const { thresholds } = crowd;
  const from = (limit: number): string => t`from ${formatNumber(limit, 1)} persons/m²`;
  const begins: Readonly<Record<Level, string>> | null = thresholds && {
    NORMAL: t`below ${formatNumber(thresholds.caution, 1)} persons/m²`,
    CAUTION: from(thresholds.caution),
    ALERT: from(thresholds.alert),
    SERIOUS: from(thresholds.serious),
  };
  return (
    <div>
      <ul className={styles.stages} aria-label={t`Places by stage`}>
        {LEVELS.map((level) => {
          const count = crowd.counts.find((entry) => entry.level === level)?.count ?? 0;
          return (
            <li key={level} className={styles.stage} data-testid="stage" data-empty={count === 0}>
              <Stage level={level} />
              <span className={styles.count}>
                <Plural value={count} one="# place" other="# places" />
              </span>
              <span className={styles.limit}>{begins?.[level]}</span>
            </li>
          );
        })}
      </ul>
      <p className={styles.note}>
        {crowd.withheld > 0 && (
          <>
            <Plural value={crowd.withheld} one="# place is withheld." other="# places are withheld." />{" "}
          </>
        )}
        {thresholds && <Trans>Stages come from released values only; thresholds version {thresholds.version}.</Trans>}
      </p>
    </div>
  );
}
