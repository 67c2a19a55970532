import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { AWAY } from "./provider.ts";
import { takeReturn } from "./return-to.ts";
import styles from "./SignedIn.module.css";
import { completeSignIn, signIn } from "./session.ts";

type Outcome = "under way" | "not completed" | "unavailable";

/** Where the provider leads back to: goes on to the page where signing in began, or says why not. */
export function SignedIn() {
  const { t } = useLingui();
  const { history } = useRouter();
  const [outcome, setOutcome] = useState<Outcome>(location.search === AWAY ? "unavailable" : "under way");
  useEffect(() => {
    if (location.search === AWAY) return;
    completeSignIn().then(
      (path) => (path === null ? setOutcome("not completed") : history.replace(path)),
      () => setOutcome("unavailable"),
    );
  }, [history]);
  return (
    <div className={styles.page}>
      <title>{t`Signing in · Madang`}</title>
      {outcome === "under way" ? <h1 aria-live="polite">{t`Signing in`}</h1> : <Failed outcome={outcome} />}
    </div>
  );
}

function Failed({ outcome }: { outcome: Outcome }) {
  const { t } = useLingui();
  return (
    <div role="alert" className={styles.failed}>
      {outcome === "unavailable" ? (
        <>
          <h1>{t`Signing in does not work just now`}</h1>
          <p>
            <Trans>
              The sign-in service does not answer, or this browser has no secure connection to it. Open data can be used
              without signing in; try again in a moment.
            </Trans>
          </p>
        </>
      ) : (
        <>
          <h1>{t`Signing in was not completed`}</h1>
          <p>
            <Trans>
              It was begun in another window, took too long, or was cancelled. Nothing has been changed; you can sign in
              again.
            </Trans>
          </p>
        </>
      )}
      <p className={styles.actions}>
        <button type="button" className={styles.button} onClick={() => void signIn(takeReturn())}>
          {t`Sign in`}
        </button>
        <Link to="/">{t`Home page`}</Link>
      </p>
    </div>
  );
}
