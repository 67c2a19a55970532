import { useLingui } from "@lingui/react/macro";
import { useLanguage } from "../text/i18n.tsx";
import { formatAge, formatClock, formatMoment } from "../text/time.ts";
import styles from "./Freshness.module.css";
import { useNow } from "./useNow.ts";

const DAY = 86_400_000;

/** "released 12:40, 4 minutes ago": the moment on the city's clock and its age. */
export function Freshness({ at, timeZone }: { at: number; timeZone: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const now = useNow();
  const moment = now - at < DAY / 2 ? formatClock(at, language, timeZone) : formatMoment(at, language, timeZone);
  const age = formatAge(at, now, language);
  return <span className={styles.freshness}>{t`released ${moment}, ${age}`}</span>;
}

/** The label that everything made by the simulator carries. */
export function Synthetic() {
  const { t } = useLingui();
  return <span className={styles.synthetic}>{t`Synthetic data`}</span>;
}
