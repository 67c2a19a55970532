import type { ReactNode } from "react";
import styles from "./Notice.module.css";

type NoticeProps = {
  kind?: "plain" | "good" | "trouble";
  title?: string;
  /** Said aloud when it appears: `alert` at once, `status` when there is time. */
  role?: "alert" | "status";
  children?: ReactNode;
};

/** A fact that belongs above the rest of a page: what happened, and what follows from it. */
export function Notice({ kind = "plain", title, role, children }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${kind === "plain" ? "" : styles[kind]}`} role={role}>
      {title && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}

/** Nothing here yet: why, and the way on. */
export function Empty({ children }: { children: ReactNode }) {
  return <div className={styles.empty}>{children}</div>;
}
