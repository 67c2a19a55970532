import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import styles from "./SignedIn.module.css";
import { completeSignIn, signIn } from "./session.ts";

/** Where the provider leads back to: goes on to the page where signing in began, or says that it did not work. */
export function SignedIn() {
  const { t } = useLingui();
  const { history } = useRouter();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    completeSignIn().then(
      (path) => (path === null ? setFailed(true) : history.replace(path)),
      () => setFailed(true),
    );
  }, [history]);
  return (
    <div className={styles.page}>
      <title>{t`Signing in · Madang`}</title>
      {failed ? (
        <div role="alert">
          <h1>{t`Signing in was not completed`}</h1>
          <p>
            <Trans>
              It was begun in another window, took too long, or was cancelled. Nothing has been changed; you can sign in
              again.
            </Trans>
          </p>
        </div>
      ) : (
        <h1 aria-live="polite">{t`Signing in`}</h1>
      )}
      {failed && (
        <p className={styles.actions}>
          <button type="button" className={styles.button} onClick={() => void signIn("/")}>
            {t`Sign in`}
          </button>
          <Link to="/">{t`Home page`}</Link>
        </p>
      )}
    </div>
  );
}
