import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { LicenceLineFragment } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatDate, formatLocalDay } from "../../text/time.ts";
import { StateBadge } from "../../ui/Badge.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";

type Row = LicenceLineFragment;

type LicenceTableProps = {
  caption: string;
  rows: readonly Row[];
  /** Which moment matters: when a decision is due, or how long the licence holds. */
  moment: "due" | "until";
};

/** Requests or licences, one a row. */
export function LicenceTable({ caption, rows, moment }: LicenceTableProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const date = (at: string, { dataset }: Row): string => formatDate(Date.parse(at), language, dataset.city.timeZone);
  const due = (row: Row): string | null => {
    const at = row.decidedAt ?? row.dueAt;
    return at === null ? null : date(at, row);
  };
  const until = ({ granted }: Row): string | null => (granted == null ? null : formatLocalDay(granted.to, language));
  const columns: readonly [Column<Row>, ...Column<Row>[]] = [
    {
      name: t`Number`,
      cell: ({ id, number }) => (
        <Link to="/licences/$id" params={{ id }}>
          {t`No. ${number}`}
        </Link>
      ),
    },
    { name: t`Data`, cell: ({ dataset }) => dataset.title[language] },
    { name: t`Organisation`, cell: ({ organization }) => organization.name[language] },
    { name: t`State`, cell: ({ state }) => <StateBadge state={state} /> },
    { name: t`Asked on`, cell: (row) => date(row.createdAt, row) },
    moment === "due" ? { name: t`Decision`, cell: due } : { name: t`Holds until`, cell: until },
  ];
  return <DataTable caption={caption} rows={rows} keyOf={({ id }) => id} columns={columns} />;
}
