import type { ReactNode } from "react";
import styles from "./Facts.module.css";

/** Names and what they are, in columns; a fact that is not known is left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, fact: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, fact]) =>
          fact != null &&
          fact !== false && (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
