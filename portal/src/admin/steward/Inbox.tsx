import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { licenceList } from "../../data/market.ts";
import type { Cursor } from "../../data/page.ts";
import { Desk } from "../../developer/Desk.tsx";
import page from "../../developer/Page.module.css";
import type { LicenceLineFragment, LicenceScope, LicenceState, RealmRole } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate } from "../../text/time.ts";
import { StateBadge } from "../../ui/Badge.tsx";
import { type Column, DataTable, Pages } from "../../ui/DataTable.tsx";
import { STAGE_WORD } from "../../ui/marketWords.ts";
import { Empty } from "../../ui/Notice.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { useNow } from "../../ui/useNow.ts";
import { Due } from "./Due.tsx";

export const STEWARDS: readonly RealmRole[] = ["STEWARD", "ADMIN"];

type View = "waiting" | "force" | "over";
const VIEWS: Readonly<Record<View, { scope: LicenceScope; states: readonly LicenceState[] | null }>> = {
  waiting: { scope: "INBOX", states: null },
  force: { scope: "ALL", states: ["APPROVED", "ACTIVE", "SUSPENDED"] },
  over: { scope: "ALL", states: ["REFUSED", "REVOKED", "EXPIRED", "LAPSED", "WITHDRAWN"] },
};

/** What a steward has to decide, by the day on which it is due; and what was decided. */
export function Inbox() {
  const { t } = useLingui();
  return (
    <Desk title={t`Steward's inbox`} why={t`Requests are decided by stewards.`} roles={STEWARDS}>
      {() => <List />}
    </Desk>
  );
}

function List() {
  const { t } = useLingui();
  const [view, setView] = useState<View>("waiting");
  const [cursor, setCursor] = useState<Cursor>({});
  const { scope, states } = VIEWS[view];
  const { data, error, refetch } = useQuery(licenceList(scope, states, cursor));
  const now = useNow();
  const rows = data?.licences.nodes ?? [];
  const overdue = view === "waiting" ? rows.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < now).length : 0;
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1>{t`Steward's inbox`}</h1>
        <Segmented
          label={t`Which requests`}
          value={view}
          onChange={(next) => {
            setView(next);
            setCursor({});
          }}
          options={[
            { value: "waiting", content: t`To decide` },
            { value: "force", content: t`In force` },
            { value: "over", content: t`Ended` },
          ]}
        />
        {overdue > 0 && (
          <p role="status">
            <strong>
              <Plural value={overdue} one="# request is overdue." other="# requests are overdue." />
            </strong>
          </p>
        )}
      </header>
      {!data && (error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />)}
      {data && rows.length === 0 && (
        <Empty>
          <p>
            <Trans>Nothing here at the moment.</Trans>
          </p>
        </Empty>
      )}
      {data && rows.length > 0 && (
        <>
          <Requests rows={view === "waiting" ? byDue(rows) : rows} waiting={view === "waiting"} />
          <Pages info={data.licences.pageInfo} onTurn={setCursor} />
        </>
      )}
    </div>
  );
}

function byDue(rows: readonly LicenceLineFragment[]): LicenceLineFragment[] {
  const at = ({ dueAt }: LicenceLineFragment): number =>
    dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt);
  return [...rows].sort((a, b) => at(a) - at(b));
}

function Requests({ rows, waiting }: { rows: readonly LicenceLineFragment[]; waiting: boolean }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  type Row = LicenceLineFragment;
  const columns: readonly [Column<Row>, ...Column<Row>[]] = [
    {
      name: t`Number`,
      cell: ({ id, number }) => <Link to="/steward/$id" params={{ id }}>{t`No. ${number}`}</Link>,
    },
    {
      name: t`Applicant`,
      cell: ({ organization: { name, stage, attestedAt } }) => (
        <>
          {name[language]}{" "}
          <span className="quiet small">
            {[stage ? t(STAGE_WORD[stage]) : t`Public body`, attestedAt ? t`attested` : t`not attested`].join(", ")}
          </span>
        </>
      ),
    },
    { name: t`Data`, cell: ({ dataset }) => dataset.title[language] },
    { name: t`State`, cell: ({ state }) => <StateBadge state={state} asSteward /> },
    waiting
      ? { name: t`Due`, cell: ({ dueAt, dataset }) => dueAt && <Due at={dueAt} timeZone={dataset.city.timeZone} /> }
      : {
          name: t`Decided on`,
          cell: ({ decidedAt, dataset }) =>
            decidedAt && formatDate(Date.parse(decidedAt), language, dataset.city.timeZone),
        },
  ];
  return <DataTable caption={t`Requests and licences`} rows={rows} keyOf={({ id }) => id} columns={columns} />;
}
