import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { identify, isAlive, type ProcessId } from "./pids.ts";

/**
 * Takes a lock that is a file naming its holder; one whose holder is gone is taken over.
 * @returns the holder when another process lives, else null
 */
export function takeLock(path: string): ProcessId | null {
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(identify(process.pid)), { flag: "wx", mode: 0o600 });
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder)) return holder;
    // Only one of several that find it stale succeeds in moving it away.
    try {
      renameSync(path, `${path}.${process.pid}`);
      rmSync(`${path}.${process.pid}`, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}

export const releaseLock = (path: string): void => rmSync(path, { force: true });

function readHolder(path: string): ProcessId | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessId;
  } catch {
    return null;
  }
}
