import { askHealth, type Health } from "../../runtime/health.ts";
import type { State } from "./state.ts";

/** State of one process as `npm run status` shows it. */
export type ProcessStatus = {
  name: string;
  state: Health["state"] | "down";
  lastFinishedAt: string | null;
  /** Whole seconds since then. */
  ageSeconds: number | null;
  detail: string | null;
};

/** What `npm run status -- --json` prints. */
export type Status = {
  ready: boolean;
  addresses: State["addresses"];
  processes: ProcessStatus[];
  stores: { name: string; state: "up" | "down" }[];
};

/** One line of the status from what the process says of itself (null: it does not answer). */
export function describe(name: string, health: Health | null, now: number): ProcessStatus {
  if (health === null) return { name, state: "down", lastFinishedAt: null, ageSeconds: null, detail: null };
  const { state, lastFinishedAt, detail } = health;
  const ageSeconds =
    lastFinishedAt === null ? null : Math.max(0, Math.floor((now - Date.parse(lastFinishedAt)) / 1000));
  return { name, state, lastFinishedAt, ageSeconds, detail };
}

/** Asks every process; ready when the start has ended and each of them says so. */
export async function collectStatus(home: string, state: State, storeIsUp: (name: string) => boolean): Promise<Status> {
  const names = state.processes.filter(({ kind }) => kind === "process").map(({ name }) => name);
  const healths = await Promise.all(names.map((name) => askHealth(home, name, 2_000)));
  const processes = names.map((name, index) => describe(name, healths[index] ?? null, Date.now()));
  const stores = state.processes
    .filter(({ kind }) => kind === "store")
    .map(({ name }) => ({
      name: name.replace(/^store-/, ""),
      state: storeIsUp(name) ? ("up" as const) : ("down" as const),
    }));
  const ready =
    state.phase === "ready" &&
    processes.every((line) => line.state === "ready") &&
    stores.every((line) => line.state === "up");
  return { ready, addresses: state.addresses, processes, stores };
}
