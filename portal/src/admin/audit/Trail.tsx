import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { auditPage } from "../../data/market.ts";
import type { Cursor } from "../../data/page.ts";
import page from "../../developer/Page.module.css";
import { ACT_GROUPS, type AuditSearch } from "../../developer/search.ts";
import type { AuditTrailQuery } from "../../generated/graphql.ts";
import { Trouble, Waiting } from "../../shell/Faults.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { formatNumber } from "../../text/number.ts";
import { formatClock, formatDate } from "../../text/time.ts";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { type Column, DataTable, Pages } from "../../ui/DataTable.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Change } from "./Change.tsx";
import { ACTS_OF, actWord, GROUP_WORD, subjectWord } from "./words.ts";

type Entry = AuditTrailQuery["auditTrail"]["nodes"][number];

const route = getRouteApi("/audit");

/** The trail, newest first; of one thing alone when its button was pressed. */
export function Trail() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { subject, acts } = route.useSearch();
  const navigate = route.useNavigate();
  const [cursor, setCursor] = useState<Cursor>({});
  const { data, error, refetch } = useQuery(auditPage(subject ?? null, acts ? ACTS_OF[acts] : null, cursor));
  const ask = (search: AuditSearch): void => {
    setCursor({});
    void navigate({ search, resetScroll: false });
  };
  const only = (id: string | undefined): void =>
    ask({ ...(acts ? { acts } : {}), ...(id === undefined ? {} : { subject: id }) });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const when = (at: string): string =>
    `${formatDate(Date.parse(at), language, zone)} ${formatClock(Date.parse(at), language, zone)}`;
  const columns: readonly [Column<Entry>, ...Column<Entry>[]] = [
    { name: t`Entry`, cell: ({ number }) => formatNumber(number) },
    { name: t`When`, cell: ({ at }) => when(at) },
    { name: t`Who`, cell: ({ actor }) => (actor ? (actor.name ?? t`a person who was erased`) : t`the hub`) },
    { name: t`What`, cell: ({ act }) => actWord(act, t) },
    {
      name: t`Subject`,
      cell: ({ subjectKind, subjectId }) => (
        <span className={page.row}>
          <span>
            {subjectWord(subjectKind, t)} <code>{subjectId.slice(0, 8)}</code>
          </span>
          {subject === undefined && (
            <Button size="small" onPress={() => only(subjectId)}>
              {t`Only this`}
              <span className="visually-hidden">{`${subjectWord(subjectKind, t)} ${subjectId.slice(0, 8)}`}</span>
            </Button>
          )}
        </span>
      ),
    },
    { name: t`Why`, cell: ({ reason }) => reason },
    { name: t`Before and after`, cell: (entry) => <Change entry={entry} /> },
  ];
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Waiting />;
  return (
    <section className={page.section} aria-label={t`All acts`}>
      <Choice
        label={t`Kind of act`}
        value={acts ?? "ALL"}
        onChange={(next) =>
          ask({ ...(next === "ALL" ? {} : { acts: next }), ...(subject === undefined ? {} : { subject }) })
        }
        options={[
          { value: "ALL", text: t`All acts` },
          ...ACT_GROUPS.map((group) => ({ value: group, text: t(GROUP_WORD[group]) })),
        ]}
      />
      {subject !== undefined && (
        <p className={page.row}>
          <span>
            <Trans>
              Only acts about <code>{subject}</code>
            </Trans>
          </span>
          <Button size="small" onPress={() => only(undefined)}>{t`Show all acts`}</Button>
        </p>
      )}
      {data.auditTrail.nodes.length === 0 ? (
        <Empty>
          <p>{t`Nothing here at the moment.`}</p>
        </Empty>
      ) : (
        <DataTable
          caption={t`All acts, newest first. Times of ${zone.replace("_", " ")}`}
          rows={data.auditTrail.nodes}
          keyOf={({ number }) => String(number)}
          columns={columns}
        />
      )}
      <Pages info={data.auditTrail.pageInfo} onTurn={setCursor} />
    </section>
  );
}
