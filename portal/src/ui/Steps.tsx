import { useLingui } from "@lingui/react/macro";
import styles from "./Steps.module.css";

type StepsProps = {
  names: readonly string[];
  current: number;
};

/** Where one stands in a way of several steps. */
export function Steps({ names, current }: StepsProps) {
  const { t } = useLingui();
  return (
    <ol className={styles.steps} aria-label={t`Steps`}>
      {names.map((name, index) => (
        <li
          key={name}
          className={styles.step}
          data-done={index < current || undefined}
          aria-current={index === current ? "step" : undefined}
        >
          <span className={styles.name}>{name}</span>
        </li>
      ))}
    </ol>
  );
}
