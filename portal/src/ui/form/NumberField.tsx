import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { NumberField as AriaNumberField } from "react-aria-components/NumberField";
import { Text } from "react-aria-components/Text";
import styles from "./Field.module.css";

type NumberFieldProps = {
  name: string;
  label: string;
  /** null while nothing, or nothing that is a number, is written. */
  value: number | null;
  onChange: (value: number | null) => void;
  unit: string;
  least: number;
  most?: number;
  step?: number;
  help?: ReactNode;
  error?: string | undefined;
};

/** A whole number with its unit; arrow keys step. */
export function NumberField({
  name,
  label,
  value,
  onChange,
  unit,
  least,
  most,
  step = 1,
  help,
  error,
}: NumberFieldProps) {
  return (
    <AriaNumberField
      className={styles.field ?? ""}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isFinite(next) ? next : null)}
      minValue={least}
      {...(most === undefined ? {} : { maxValue: most })}
      step={step}
      isInvalid={error !== undefined}
      isRequired
      isWheelDisabled
      validationBehavior="aria"
      formatOptions={{ maximumFractionDigits: 0 }}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      {help && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      <span className={styles.withUnit}>
        <Input name={name} className={`${styles.input} ${styles.short}`} />
        <span className={styles.unit}>{unit}</span>
      </span>
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </AriaNumberField>
  );
}
