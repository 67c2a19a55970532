import { type ReactNode, useId } from "react";
import styles from "./Field.module.css";

type SelectFieldProps<Value extends string> = {
  name: string;
  label: string;
  /** "" is no choice yet. */
  value: Value | "";
  options: readonly { value: Value; text: string }[];
  onChange: (value: Value) => void;
  /** What stands there before something is chosen. */
  placeholder?: string;
  help?: ReactNode;
  error?: string | undefined;
};

/** One of many in a form. The platform's own list: the best one on a phone. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { name, label, value, options, onChange, placeholder, help, error } = props;
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {help && (
        <span id={`${id}-help`} className={styles.help}>
          {help}
        </span>
      )}
      <select
        id={id}
        name={name}
        className={styles.input}
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described || undefined}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {placeholder !== undefined && value === "" && (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {error && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  );
}
