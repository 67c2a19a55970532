import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, type ProcessId } from "./pids.ts";
import type { StoreAddresses } from "./settings.ts";

export type Phase = "starting" | "ready" | "stopping";

/** What the supervisor writes down of itself, so that the other commands find it: `$MADANG_HOME/state.json`. */
export type State = {
  supervisor: ProcessId;
  phase: Phase;
  stack: "external" | "docker" | "local" | null;
  addresses: { hub: string; portal: string; graphql: string; edge: string };
  /** Addresses of the stores with the administrator's credentials: the file is readable by its owner alone. */
  stores: StoreAddresses | null;
  /** Processes in the order of their start. */
  processes: { name: string; kind: "store" | "process"; id: ProcessId | null; restarts: number }[];
};

export const stateFile = (home: string): string => join(home, "state.json");

/** The state, or null when there is none (or it is damaged: then it is as good as none). */
export function readState(home: string): State | null {
  try {
    const value: unknown = JSON.parse(readFileSync(stateFile(home), "utf8"));
    return isState(value) ? value : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

function isState(value: unknown): value is State {
  const state = value as Partial<State> | null;
  return typeof state?.supervisor?.pid === "number" && Array.isArray(state.processes) && state.addresses !== undefined;
}

export function writeState(home: string, state: State): void {
  mkdirSync(home, { recursive: true });
  const path = stateFile(home);
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export const removeState = (home: string): void => rmSync(stateFile(home), { force: true });

/** The state of a hub that runs now; null when none does, also when its supervisor was killed. */
export function runningState(home: string): State | null {
  const state = readState(home);
  return state !== null && isAlive(state.supervisor) ? state : null;
}
