import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useId } from "react";
import styles from "./Field.module.css";
import { TextField } from "./TextField.tsx";

type DateRangeProps = {
  label: string;
  /** Local calendar days, YYYY-MM-DD, both inclusive; "" while not chosen. */
  from: string;
  to: string;
  onChange: (range: { from: string; to: string }) => void;
  help?: ReactNode;
  errors: { from?: string | undefined; to?: string | undefined };
};

/** First and last day of a period. The platform's own date fields: typed on a desk, turned on a phone. */
export function DateRange({ label, from, to, onChange, help, errors }: DateRangeProps) {
  const { t } = useLingui();
  const id = useId();
  return (
    <fieldset className={styles.field} aria-describedby={help ? id : undefined}>
      <legend>{label}</legend>
      {help && (
        <span id={id} className={styles.help}>
          {help}
        </span>
      )}
      <span className={styles.pair}>
        <TextField
          name="from"
          label={t`First day`}
          type="date"
          short
          value={from}
          onChange={(next) => onChange({ from: next, to })}
          error={errors.from}
        />
        <TextField
          name="to"
          label={t`Last day`}
          type="date"
          short
          value={to}
          onChange={(next) => onChange({ from, to: next })}
          error={errors.to}
        />
      </span>
    </fieldset>
  );
}
