import type { ReactNode } from "react";
import styles from "./TableTwin.module.css";

/** A drawing's twin in words and numbers: closed until asked for, scrollable on a narrow screen. */
export function TableTwin({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={styles.twin}>
      <summary>{summary}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div className={styles.body} tabIndex={0}>
        {children}
      </div>
    </details>
  );
}
