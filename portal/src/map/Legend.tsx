import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { formatNumber } from "../text/number.ts";
import styles from "./Legend.module.css";

const TONES = [styles.flow1, styles.flow2, styles.flow3, styles.flow4, styles.flow5];

/** The five classes with their limits: "0 100 200 300 400+", and what they count. */
export function FlowLegend({ limits, unit }: { limits: readonly number[]; unit: string }) {
  const starts = [0, ...limits];
  return (
    <span className={styles.legend}>
      <span>{unit}</span>
      <span className={styles.classes}>
        {starts.map((start, index) => (
          <span key={start} className={styles.step}>
            <span className={`${styles.swatch} ${TONES[index]}`} aria-hidden="true" />
            <span>
              {formatNumber(start)}
              {index === starts.length - 1 ? "+" : ""}
            </span>
          </span>
        ))}
      </span>
    </span>
  );
}

/** The sign of withheld values. */
export function WithheldLegend() {
  return (
    <span className={styles.item}>
      <span className={`${styles.swatch} ${styles.withheld}`} aria-hidden="true" />
      <Trans>withheld</Trans>
    </span>
  );
}

/** A sign and its meaning. */
export function LegendItem({ sign, children }: { sign: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.item}>
      <svg viewBox="-9 -9 18 18" width="16" height="16" aria-hidden="true" className={styles.sign}>
        {sign}
      </svg>
      {children}
    </span>
  );
}
