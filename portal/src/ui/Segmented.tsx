import type { ReactNode } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import styles from "./Segmented.module.css";

type Option<Value extends string> = { value: Value; content: ReactNode; label?: string };

type SegmentedProps<Value extends string> = {
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
};

/** One choice of a few, all in sight: arrow keys move, space or enter chooses. */
export function Segmented<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles.group ?? ""}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          className={styles.option ?? ""}
          {...(option.label ? { "aria-label": option.label } : {})}
        >
          {option.content}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

type ManyProps<Value extends string> = {
  label: string;
  options: readonly Option<Value>[];
  values: ReadonlySet<Value>;
  onChange: (values: ReadonlySet<Value>) => void;
};

/** Any of a few, each switched on and off: the layers of a map. */
export function SegmentedMany<Value extends string>({ label, options, values, onChange }: ManyProps<Value>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={`${styles.group} ${styles.many}`}
      selectionMode="multiple"
      selectedKeys={values}
      onSelectionChange={(keys) =>
        onChange(new Set(options.map(({ value }) => value).filter((value) => keys.has(value))))
      }
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} className={styles.option ?? ""}>
          {option.content}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
