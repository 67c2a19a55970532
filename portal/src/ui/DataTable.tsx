// biome-ignore-all lint/a11y/noRedundantRoles: shown as blocks on a phone, a table loses its own roles in some browsers
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Cursor, PageInfo } from "../data/page.ts";
import { Button } from "./Button.tsx";
import styles from "./DataTable.module.css";

export type Column<Row> = {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their column. */
  readonly number?: boolean;
};

type DataTableProps<Row> = {
  caption: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The first column names the row. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
};

/**
 * Rows of one kind. On a phone each row becomes a small card whose cells say what they are; the roles are written out,
 * because another display takes a table's own meaning away in some browsers.
 */
export function DataTable<Row>({ caption, rows, keyOf, columns }: DataTableProps<Row>) {
  const [head, ...rest] = columns;
  return (
    <table className={styles.table} role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, number }) => (
            <th key={name} scope="col" role="columnheader" data-number={number || undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            <th scope="row" role="rowheader">
              {head.cell(row)}
            </th>
            {rest.map(({ name, cell, number }) => (
              <td key={name} role="cell" data-label={name} data-number={number || undefined}>
                <span>{cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Walks through the pages of a list; nothing when there is one page only. */
export function Pages({ info, onTurn }: { info: PageInfo; onTurn: (cursor: Cursor) => void }) {
  const { t } = useLingui();
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = info;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className={styles.pages} aria-label={t`Pages`}>
      {hasPreviousPage && startCursor ? (
        <Button size="small" onPress={() => onTurn({ before: startCursor })}>{t`Previous`}</Button>
      ) : (
        <span />
      )}
      {hasNextPage && endCursor && <Button size="small" onPress={() => onTurn({ after: endCursor })}>{t`Next`}</Button>}
    </nav>
  );
}
