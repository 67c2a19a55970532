import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import styles from "./Field.module.css";
import type { Option } from "./OneOf.tsx";

type ManyOfProps<Value extends string> = {
  name: string;
  label: string;
  values: readonly Value[];
  options: readonly Option<Value>[];
  onChange: (values: Value[]) => void;
  help?: ReactNode;
  error?: string | undefined;
  /** What stands between the label and the options: a search field. */
  children?: ReactNode;
};

/** Any of a few or many. */
export function ManyOf<Value extends string>(props: ManyOfProps<Value>) {
  const { name, label, values, options, onChange, help, error, children } = props;
  return (
    <CheckboxGroup
      className={styles.field ?? ""}
      name={name}
      value={[...values]}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      onChange={(next) => {
        const offered = options.map(({ value }) => value);
        onChange([
          ...values.filter((value) => !offered.includes(value)),
          ...offered.filter((value) => next.includes(value)),
        ]);
      }}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      {help && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      {children}
      <span className={styles.options}>
        {options.map((option) => (
          <Check key={option.value} value={option.value} help={option.help}>
            {option.text}
          </Check>
        ))}
      </span>
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </CheckboxGroup>
  );
}

type CheckProps = {
  value?: string;
  name?: string;
  selected?: boolean;
  onChange?: (selected: boolean) => void;
  error?: string | undefined;
  help?: ReactNode;
  children: ReactNode;
};

/** One box with its words: alone ("I accept the terms") or in a group. */
export function Check({ value, name, selected, onChange, error, help, children }: CheckProps) {
  return (
    <Checkbox
      className={styles.option ?? ""}
      {...(value === undefined ? {} : { value })}
      {...(name === undefined ? {} : { name })}
      {...(selected === undefined ? {} : { isSelected: selected })}
      {...(onChange === undefined ? {} : { onChange })}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <span className={styles.mark} aria-hidden="true">
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </span>
      <span>{children}</span>
      {help && <span className={styles.optionHelp}>{help}</span>}
      {error && <span className={`${styles.error} ${styles.optionHelp}`}>{error}</span>}
    </Checkbox>
  );
}
