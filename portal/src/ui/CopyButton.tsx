import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import styles from "./CopyButton.module.css";

/** Copies a text and says so. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useLingui();
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  return (
    <span className={styles.copy}>
      <button type="button" className={styles.button} onClick={copy} onBlur={() => setState("ready")}>
        {t`Copy`}
      </button>
      <span role="status" className={styles.status}>
        {state === "copied" && t`Copied`}
        {state === "refused" && t`The browser refused; mark the text and copy it.`}
      </span>
    </span>
  );
}
