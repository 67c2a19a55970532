import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { licenceList } from "../../data/market.ts";
import type { Cursor } from "../../data/page.ts";
import type { LicenceState } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { buttonClass } from "../../ui/Button.tsx";
import { Pages } from "../../ui/DataTable.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Desk } from "../Desk.tsx";
import page from "../Page.module.css";
import { LicenceTable } from "./LicenceTable.tsx";

const ASKED: readonly LicenceState[] = ["REQUESTED", "INFO_NEEDED", "APPROVED", "REFUSED", "LAPSED", "WITHDRAWN"];
const GRANTED: readonly LicenceState[] = ["ACTIVE", "SUSPENDED", "EXPIRED", "REVOKED"];

/** What my organisations have asked for and what became of it. */
export function Requests() {
  const { t } = useLingui();
  return (
    <Desk title={t`Requests`} why={t`Requests belong to an organisation; its members see them.`}>
      {() => (
        <List
          title={t`Requests`}
          lead={t`What your organisations have asked for, newest first.`}
          states={ASKED}
          moment="due"
        >
          <Trans>No open request. Asking takes a few minutes: what for, which area and period, how fine.</Trans>
        </List>
      )}
    </Desk>
  );
}

/** What my organisations may use, or could. */
export function Licences() {
  const { t } = useLingui();
  return (
    <Desk title={t`Licences`} why={t`Licences belong to an organisation; its members see them.`}>
      {() => (
        <List
          title={t`Licences`}
          lead={t`What your organisations may use, and what has ended.`}
          states={GRANTED}
          moment="until"
        >
          <Trans>
            No licence yet. It begins as a request; when it is granted and you have accepted the terms it stands here.
          </Trans>
        </List>
      )}
    </Desk>
  );
}

type ListProps = {
  title: string;
  lead: string;
  states: readonly LicenceState[];
  moment: "due" | "until";
  /** Said when there is none. */
  children: ReactNode;
};

function List({ title, lead, states, moment, children }: ListProps) {
  const { t } = useLingui();
  const [cursor, setCursor] = useState<Cursor>({});
  const { data, error, refetch } = useQuery(licenceList("MINE", states, cursor));
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1>{title}</h1>
      </header>
      {!data && (error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />)}
      {data && data.licences.nodes.length === 0 && (
        <Empty>
          <p>{children}</p>
          <Link to="/market" className={buttonClass("primary")}>{t`Look at the offers`}</Link>
        </Empty>
      )}
      {data && data.licences.nodes.length > 0 && (
        <>
          <LicenceTable caption={lead} rows={data.licences.nodes} moment={moment} />
          <Pages info={data.licences.pageInfo} onTurn={setCursor} />
        </>
      )}
    </div>
  );
}
