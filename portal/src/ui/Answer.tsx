import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Refusal } from "../data/act.ts";
import { Fault } from "../data/execute.ts";
import { useLanguage } from "../text/i18n.tsx";
import { Notice } from "./Notice.tsx";

type AnswerProps = {
  /** The act as TanStack Query tells it. */
  act: { readonly error: Error | null; readonly isPending: boolean; readonly isSuccess: boolean };
  /** What is said when it was done; nothing says it by itself. */
  done?: ReactNode;
  /** More ways on after a no: load again when someone was faster. */
  children?: ReactNode;
};

/** How an act went: under way, done, refused by the hub with its reason, or without an answer. */
export function Answer({ act, done, children }: AnswerProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { error, isPending, isSuccess } = act;
  if (isPending) return <p role="status" className="quiet small">{t`Asking the hub`}</p>;
  if (isSuccess && done)
    return (
      <Notice kind="good" role="status">
        {typeof done === "string" ? <p>{done}</p> : done}
      </Notice>
    );
  if (!error) return null;
  if (error instanceof Refusal) {
    const faster = error.code === "CONFLICT";
    return (
      <Notice kind="trouble" role="alert" title={faster ? t`Someone was faster` : t`The hub refused`}>
        <p>{error.text[language]}</p>
        {children}
      </Notice>
    );
  }
  const code = error instanceof Fault ? error.code : "INTERNAL";
  return (
    <Notice
      kind="trouble"
      role="alert"
      title={code === "OFFLINE" ? t`No connection to the hub` : t`The hub could not do it`}
    >
      <p>
        {code === "OFFLINE"
          ? t`It is not known whether it was done. Look at the page again before you repeat it; nothing you wrote is lost.`
          : code === "UNAUTHENTICATED"
            ? t`Your session has ended. Sign in again; what you wrote on this device is still there.`
            : error.message}
      </p>
      {children}
    </Notice>
  );
}
