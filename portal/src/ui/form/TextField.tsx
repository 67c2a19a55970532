import type { HTMLInputTypeAttribute, ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField } from "react-aria-components/TextField";
import styles from "./Field.module.css";
import { Optional } from "./Optional.tsx";

type TextFieldProps = {
  /** The field's name in the form: the error summary finds it by that. */
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Several lines. */
  long?: boolean;
  short?: boolean;
  type?: HTMLInputTypeAttribute;
  maxLength?: number;
  autoComplete?: string;
  placeholder?: string;
  /** Texts that are codes, addresses or names for machines are not corrected. */
  spellCheck?: boolean;
};

/** A text with its label, its help and its error, bound together for those who hear the page. */
export function TextField(props: TextFieldProps) {
  const { name, label, value, onChange, help, error, optional = false, long = false, short = false } = props;
  const { type = "text", maxLength, autoComplete = "off", placeholder = "", spellCheck } = props;
  return (
    <AriaTextField
      className={styles.field ?? ""}
      name={name}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isRequired={!optional}
      validationBehavior="aria"
      autoComplete={autoComplete}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(spellCheck === undefined ? {} : { spellCheck: spellCheck ? "true" : "false" })}
      {...(long ? {} : { type })}
    >
      <Label className={styles.label ?? ""}>
        {label}
        {optional && <Optional />}
      </Label>
      {help && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      {long ? (
        <TextArea className={styles.input ?? ""} rows={5} placeholder={placeholder} />
      ) : (
        <Input className={`${styles.input} ${short ? styles.short : ""}`} placeholder={placeholder} />
      )}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </AriaTextField>
  );
}
