import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A row that was taken, on its way to its day. */
export type SpooledRow = { readonly line: number; readonly key: string; readonly json: string };

/** Rows of one day: those to send, and the lines that repeat one of them. */
export type SpooledDay = { readonly readings: readonly string[]; readonly repeated: readonly number[] };

const FLUSH_BYTES = 64 * 1024;
const FLUSH_ALL_BYTES = 16 * 1024 * 1024;

/**
 * Sorts rows into days on disk, so that a file of any size and order is read once in flat memory. The folder is readable
 * by its owner alone and removed at the end.
 */
export type Spool = {
  add(day: string, row: SpooledRow): void;
  /** days that have rows, ascending */
  days(): string[];
  /** Rows of a day in the file's order. Every row is answered once: as a reading or as a repetition. */
  read(day: string): SpooledDay;
  remove(): void;
};

export function openSpool(): Spool {
  const folder = mkdtempSync(join(tmpdir(), "madang-import-"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const known = new Set<string>();
  const waiting = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  let held = 0;
  const flush = (day: string): void => {
    const rows = waiting.get(day);
    if (rows === undefined || rows.length === 0) return;
    appendFileSync(join(folder, day), rows.join(""), { mode: 0o600 });
    held -= sizes.get(day) ?? 0;
    waiting.delete(day);
    sizes.delete(day);
  };
  return {
    add(day, { line, key, json }) {
      const text = `${line}\t${key}\t${json}\n`;
      known.add(day);
      const rows = waiting.get(day);
      if (rows === undefined) waiting.set(day, [text]);
      else rows.push(text);
      const size = (sizes.get(day) ?? 0) + text.length;
      sizes.set(day, size);
      held += text.length;
      if (size > FLUSH_BYTES) flush(day);
      if (held > FLUSH_ALL_BYTES) for (const one of [...waiting.keys()]) flush(one);
    },
    days: () => [...known].sort(),
    read(day) {
      if (!known.has(day)) return { readings: [], repeated: [] };
      flush(day);
      const seen = new Set<string>();
      const readings: string[] = [];
      const repeated: number[] = [];
      for (const text of readFileSync(join(folder, day), "utf8").split("\n")) {
        if (text === "") continue;
        const [line = "", key = "", json = ""] = text.split("\t");
        if (seen.has(key)) repeated.push(Number(line));
        else {
          seen.add(key);
          readings.push(json);
        }
      }
      return { readings, repeated };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
