import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Text } from "react-aria-components/Text";
import styles from "./Field.module.css";

export type Option<Value extends string> = { readonly value: Value; readonly text: string; readonly help?: ReactNode };

type OneOfProps<Value extends string> = {
  name: string;
  label: string;
  value: Value | "";
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  help?: ReactNode;
  error?: string | undefined;
};

/** One of a few, each with a sentence of help: radio buttons, moved by arrow keys. */
export function OneOf<Value extends string>({ name, label, value, options, onChange, help, error }: OneOfProps<Value>) {
  return (
    <RadioGroup
      className={styles.field ?? ""}
      name={name}
      value={value === "" ? null : value}
      isInvalid={error !== undefined}
      isRequired
      validationBehavior="aria"
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      {help && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      <span className={styles.options}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles.option ?? ""}>
            <span className={`${styles.mark} ${styles.round}`} aria-hidden="true">
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                <circle cx="6" cy="6" r="3.5" fill="currentColor" />
              </svg>
            </span>
            <span>{option.text}</span>
            {option.help && <span className={styles.optionHelp}>{option.help}</span>}
          </Radio>
        ))}
      </span>
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </RadioGroup>
  );
}
