import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

const LIMIT_BYTES = 10 * 1024 * 1024;

export const logFile = (home: string, name: string): string => join(home, "logs", `${name}.log`);

export type LogFile = { write(chunk: Buffer | string): void; close(): void };

/** A log that keeps one older file (`NAME.log.1`) and starts anew at `limit` bytes. */
export function openLog(home: string, name: string, limit = LIMIT_BYTES): LogFile {
  const path = logFile(home, name);
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, "a", 0o600);
  let size = fstatSync(file).size;
  return {
    write(chunk) {
      if (size > limit) {
        closeSync(file);
        renameSync(path, `${path}.1`);
        file = openSync(path, "a", 0o600);
        size = 0;
      }
      try {
        size += typeof chunk === "string" ? writeSync(file, chunk) : writeSync(file, chunk);
      } catch (error) {
        // A full disk stops the log, not the process that writes it.
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    },
    close: () => closeSync(file),
  };
}

/** The last lines of a log, for a message about a process that does not start. */
export function tail(home: string, name: string, lines = 12): string {
  const path = logFile(home, name);
  return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "";
}
