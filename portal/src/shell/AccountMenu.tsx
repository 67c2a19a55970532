import { useLingui } from "@lingui/react/macro";
import { useRouter } from "@tanstack/react-router";
import { CircleUserRound } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useRef } from "react";
import { signIn, signOut } from "../identity/session.ts";
import { useSession } from "../identity/useSession.ts";
import styles from "./AccountMenu.module.css";

/** In the header: the way to sign in, or who is signed in with the person's own pages. */
export function AccountMenu() {
  const { t } = useLingui();
  const { state } = useSession();
  if (state === "SIGNED_IN") return <Menu />;
  return (
    <button
      type="button"
      className={styles.signIn}
      aria-busy={state === "RESTORING"}
      disabled={state === "RESTORING"}
      onClick={() => void signIn()}
    >
      {state === "EXPIRED" ? t`Sign in again` : t`Sign in`}
    </button>
  );
}

function Menu() {
  const { t } = useLingui();
  const { name, email, roles } = useSession();
  const { history } = useRouter();
  const details = useRef<HTMLDetailsElement>(null);
  const close = (): void => details.current?.removeAttribute("open");
  const has = (...wanted: string[]): boolean => wanted.some((role) => roles.includes(role));
  const pages = [
    { to: "/requests", text: t`My requests` },
    { to: "/licences", text: t`My licences` },
    { to: "/keys", text: t`Keys` },
    { to: "/organization", text: t`Organisation` },
    ...(has("steward", "admin") ? [{ to: "/steward", text: t`Steward's inbox` }] : []),
    ...(has("auditor", "admin") ? [{ to: "/audit", text: t`Audit` }] : []),
  ];
  const go = (event: MouseEvent<HTMLAnchorElement>, to: string): void => {
    close();
    // A new tab or window is the browser's own business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.push(to);
  };
  return (
    <details
      ref={details}
      className={styles.menu}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        close();
        details.current?.querySelector("summary")?.focus();
      }}
      onBlur={(event: FocusEvent) => {
        if (event.relatedTarget !== null && !details.current?.contains(event.relatedTarget)) close();
      }}
    >
      <summary className={styles.summary} aria-label={t`Account of ${name ?? email ?? ""}`}>
        <CircleUserRound size={16} aria-hidden="true" />
        <span className={styles.name}>{name ?? email}</span>
      </summary>
      <div className={styles.panel}>
        <p className={styles.who}>
          <strong>{name}</strong>
          <br />
          <span className="small quiet">{email}</span>
        </p>
        {pages.map(({ to, text }) => (
          <a key={to} href={to} className={styles.item} onClick={(event) => go(event, to)}>
            {text}
          </a>
        ))}
        <button type="button" className={styles.item} onClick={() => void signOut()}>
          {t`Sign out`}
        </button>
      </div>
    </details>
  );
}
