import type { ReactNode } from "react";
import styles from "./TableTwin.module.css";

/** A drawing's twin in words and numbers: closed until asked for, scrollable on a narrow screen. */
export function TableTwin({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={styles.twin}>
      <summary>{summary}</summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
