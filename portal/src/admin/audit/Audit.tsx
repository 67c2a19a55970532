import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Desk } from "../../developer/Desk.tsx";
import page from "../../developer/Page.module.css";
import type { RealmRole } from "../../generated/graphql.ts";
import { Segmented } from "../../ui/Segmented.tsx";
import { Chain } from "./Chain.tsx";
import { Decisions } from "./Decisions.tsx";
import { Trail } from "./Trail.tsx";

const READERS: readonly RealmRole[] = ["AUDITOR", "ADMIN"];

/** What an auditor reads: every privileged act, every decision with its proof, and whether the record holds. */
export function Audit() {
  const { t } = useLingui();
  const [view, setView] = useState<"trail" | "decisions">("trail");
  return (
    <Desk title={t`Audit`} why={t`The record of all acts is read by auditors.`} roles={READERS}>
      {() => (
        <div className={page.page}>
          <header className={page.head}>
            <h1>{t`Audit`}</h1>
            <p className="quiet">
              {t`Who did what, when, why, before and after. The personal part can be erased; the chain holds without it.`}
            </p>
          </header>
          <Chain />
          <Segmented
            label={t`What to read`}
            value={view}
            onChange={setView}
            options={[
              { value: "trail", content: t`All acts` },
              { value: "decisions", content: t`Licences and their proofs` },
            ]}
          />
          {view === "trail" ? <Trail /> : <Decisions />}
        </div>
      )}
    </Desk>
  );
}
