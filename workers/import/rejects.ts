import { appendFileSync, writeFileSync } from "node:fs";
import type { ErrorCode } from "../../core/errors.ts";

/** Rows that were not taken: counted by reason, and listed by file and line with the column, never with its value. */
export type Rejects = {
  add(file: string, line: number, reason: ErrorCode, column: string): void;
  /** a reason that is known only as a number, from the hub's own judgement */
  count(reason: string, rows: number): void;
  readonly byReason: Readonly<Record<string, number>>;
  total(): number;
  /** Writes what is held back. */
  flush(): void;
};

const HELD = 1_000;

/** Begins a report (CSV) anew. */
export const startReport = (path: string): void => writeFileSync(path, "file,line,reason,column\n");

/** @param path of a report that was begun; null for none */
export function openRejects(path: string | null): Rejects {
  const byReason: Record<string, number> = {};
  let lines: string[] = [];
  const flush = (): void => {
    if (path !== null && lines.length > 0) appendFileSync(path, lines.join(""));
    lines = [];
  };
  const count = (reason: string, rows: number): void => {
    if (rows > 0) byReason[reason] = (byReason[reason] ?? 0) + rows;
  };
  return {
    add(file, line, reason, column) {
      count(reason, 1);
      lines.push(`${/[",\n]/.test(file) ? JSON.stringify(file) : file},${line},${reason},${column}\n`);
      if (lines.length >= HELD) flush();
    },
    count,
    byReason,
    total: () => Object.values(byReason).reduce((sum, rows) => sum + rows, 0),
    flush,
  };
}
