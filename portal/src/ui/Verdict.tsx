import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import styles from "./Verdict.module.css";

/** Whether something was proved: a shape, a word, and what it means; the colour only helps. */
export function Verdict({ holds, children }: { holds: boolean; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <div className={`${styles.verdict} ${holds ? styles.holds : styles.fails}`} role={holds ? "status" : "alert"}>
      <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        <circle cx="10" cy="10" r="8.5" />
        <path d={holds ? "M6 10.3l2.8 2.8L14 7.5" : "M7 7l6 6M13 7l-6 6"} />
      </svg>
      <div>
        <strong>{holds ? t`It holds.` : t`It does not hold.`}</strong>
        <div className={styles.body}>{children}</div>
      </div>
    </div>
  );
}
