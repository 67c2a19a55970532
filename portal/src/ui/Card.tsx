import { type ReactNode, useId } from "react";
import styles from "./Card.module.css";

/** One thing with its name and what belongs to it. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What is not needed at first sight; closed until asked for. */
export function More({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className={styles.more}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

/** A text for programs, closed until asked for; what scrolls can be reached by keyboard. */
export function Code({ summary, text }: { summary: string; text: string }) {
  return (
    <More summary={summary}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </More>
  );
}
