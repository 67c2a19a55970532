import { useLingui } from "@lingui/react/macro";
import styles from "./Field.module.css";

/** Fields are needed unless they say otherwise. */
export function Optional() {
  const { t } = useLingui();
  return <span className={styles.optional}>{t`optional`}</span>;
}
