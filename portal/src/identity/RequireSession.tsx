import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Waiting } from "../shell/Faults.tsx";
import styles from "./SignedIn.module.css";
import { signIn, signUp } from "./session.ts";
import { useSession } from "./useSession.ts";

/**
 * A page for people who are signed in; the others are told what for and led back here afterwards. When the session ends
 * while the page is open, the page stays as it is, with a word above it.
 * @param why what signing in is needed for, a short sentence
 */
export function RequireSession({ why, children }: { why: string; children: ReactNode }) {
  const { t } = useLingui();
  const { state } = useSession();
  if (state === "RESTORING") return <Waiting />;
  if (state !== "ANONYMOUS")
    return (
      <>
        {state === "EXPIRED" && (
          <div role="alert" className={styles.expired}>
            <p>
              <Trans>Your session has ended. What you have filled in stays; sign in again to go on.</Trans>
            </p>
            <button type="button" className={styles.button} onClick={() => void signIn()}>
              {t`Sign in again`}
            </button>
          </div>
        )}
        {children}
      </>
    );
  return (
    <div className={styles.page}>
      <title>{t`Sign in · Madang`}</title>
      <h1>{t`Sign in`}</h1>
      <p>{why}</p>
      <p className={styles.actions}>
        <button type="button" className={styles.button} onClick={() => void signIn()}>
          {t`Sign in`}
        </button>
        <button type="button" className={styles.plain} onClick={() => void signUp()}>
          {t`Create an account`}
        </button>
      </p>
    </div>
  );
}
