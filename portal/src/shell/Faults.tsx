import { Trans, useLingui } from "@lingui/react/macro";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Fault } from "../data/execute.ts";
import styles from "./Faults.module.css";

/** A page whose address leads nowhere. */
export function NotFound() {
  const { t } = useLingui();
  return (
    <div className={styles.fault}>
      <title>{t`Not found · Madang`}</title>
      <h1>{t`There is no page at this address`}</h1>
      <p>
        <Trans>
          It may have moved, or the address has a typing error. Everything the hub publishes is in the{" "}
          <Link to="/datasets">list of data</Link>; how the city is now is on the <Link to="/">home page</Link>.
        </Trans>
      </p>
    </div>
  );
}

/** A page that broke: says what to do, never a stack trace. */
export function Broken({ reset }: ErrorComponentProps) {
  const { t } = useLingui();
  return (
    <div className={styles.fault} role="alert">
      <h1>{t`This page could not be shown`}</h1>
      <p>
        <Trans>
          An error in the page itself, not in the data. Load it again; if that does not help, go to the home page.
        </Trans>
      </p>
      <p className={styles.actions}>
        <button type="button" className={styles.button} onClick={reset}>
          {t`Load again`}
        </button>
        <Link to="/">{t`Home page`}</Link>
      </p>
    </div>
  );
}

/** What went wrong while asking the hub, and the way on. */
export function Trouble({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useLingui();
  const offline = error instanceof Fault && error.code === "OFFLINE";
  return (
    <div className={styles.trouble} role="alert">
      <p>
        <strong>{offline ? t`No connection to the hub.` : t`The hub could not answer.`}</strong>{" "}
        {offline ? t`Check your connection; the page tries again by itself.` : error.message}
      </p>
      <button type="button" className={styles.button} onClick={onRetry}>
        {t`Try again`}
      </button>
    </div>
  );
}

/** Says that what is shown is the last known state. */
export function LastKnown({ children }: { children: ReactNode }) {
  return (
    <p className={styles.lastKnown} role="status">
      {children}
    </p>
  );
}

/** Room for what is still coming; quiet, without motion. */
export function Waiting() {
  const { t } = useLingui();
  return (
    <p className={styles.waiting} role="status">
      {t`Asking the hub`}
    </p>
  );
}
