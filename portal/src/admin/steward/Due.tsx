import { Plural } from "@lingui/react/macro";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate } from "../../text/time.ts";
import { useNow } from "../../ui/useNow.ts";
import styles from "./Steward.module.css";

const DAY = 86_400_000;

/** When a decision is due, and how long that is from now; what is overdue says so. */
export function Due({ at, timeZone }: { at: string; timeZone: string }) {
  const { language } = useLanguage();
  const now = useNow();
  const due = Date.parse(at);
  const days = Math.ceil((due - now) / DAY);
  return (
    <>
      {formatDate(due - 1, language, timeZone)}{" "}
      {due < now ? (
        <strong className={styles.overdue}>
          <Plural
            value={Math.floor((now - due) / DAY)}
            _0="overdue since today"
            one="overdue by # day"
            other="overdue by # days"
          />
        </strong>
      ) : (
        <span className="quiet small">
          <Plural value={days} one="in # day" other="in # days" />
        </span>
      )}
    </>
  );
}
