import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";

export type ButtonKind = "primary" | "plain" | "danger";

/** The look of a button, for links that lead on like one. */
export function buttonClass(kind: ButtonKind = "plain", size: "normal" | "small" = "normal"): string {
  return [styles.button, kind !== "plain" && styles[kind], size === "small" && styles.small].filter(Boolean).join(" ");
}

type ButtonProps = {
  kind?: ButtonKind;
  size?: "normal" | "small";
  /** While the hub is asked: keeps the focus, takes no second press. */
  pending?: boolean;
  onPress?: () => void;
  type?: "button" | "submit";
  children: ReactNode;
} & Pick<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label" | "aria-expanded" | "aria-describedby">;

/** Says what happens. A pending button stays where it is and is only marked, so that the focus is never lost. */
export function Button({
  kind = "plain",
  size = "normal",
  pending = false,
  onPress,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonClass(kind, size)}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onPress?.();
      }}
      {...rest}
    />
  );
}
