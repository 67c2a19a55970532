import { useLingui } from "@lingui/react/macro";
import { formatFixed, formatHalfWidth } from "../text/number.ts";
import styles from "./Interval.module.css";
import { withheldWord } from "./words.ts";

type IntervalProps = {
  /** null exactly when `withheld` says why. */
  value: number | null;
  halfWidth: number;
  withheld: string | null;
  digits?: number;
  unit?: string;
};

/** "1 240 ±30", or the hatch with its reason: a value never stands alone and never disappears. */
export function Interval({ value, halfWidth, withheld, digits = 0, unit }: IntervalProps) {
  const { t } = useLingui();
  if (value === null) {
    const reason = t(withheldWord(withheld ?? ""));
    return (
      <span className={styles.withheld}>
        <span className={styles.hatch} aria-hidden="true" />
        {t`withheld: ${reason}`}
      </span>
    );
  }
  return (
    <span className={styles.interval}>
      <span className={styles.value}>{formatFixed(value, digits)}</span>
      <span className={styles.width}>{formatHalfWidth(halfWidth, digits)}</span>
      {unit && <span className={styles.unit}>{unit}</span>}
    </span>
  );
}
