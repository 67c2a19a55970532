import { useId } from "react";
import styles from "./Choice.module.css";

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onChange: (value: Value) => void;
  /** The label beside the list instead of above it. */
  beside?: boolean;
  /** The label for those who hear it only: in a table the column says it. */
  hidden?: boolean;
};

/** One of many by name. The platform's own list: the best one on a phone. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, options, onChange, beside = false, hidden = false } = props;
  const id = useId();
  return (
    <span className={styles.choice} data-beside={beside}>
      <label htmlFor={id} className={hidden ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </span>
  );
}
