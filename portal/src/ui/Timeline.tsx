import type { ReactNode } from "react";
import styles from "./Timeline.module.css";

export type TimelineEvent = {
  readonly key: string;
  readonly name: string;
  readonly when: string;
  /** Who, why, and the proof. */
  readonly body?: ReactNode;
};

/** What happened, oldest first; the last is how it is now. */
export function Timeline({ label, events }: { label: string; events: readonly TimelineEvent[] }) {
  return (
    <ol className={styles.timeline} aria-label={label}>
      {events.map(({ key, name, when, body }) => (
        <li key={key} className={styles.event}>
          <p className={styles.head}>
            <span className={styles.name}>{name}</span>
            <span className={styles.when}>{when}</span>
          </p>
          {body}
        </li>
      ))}
    </ol>
  );
}
