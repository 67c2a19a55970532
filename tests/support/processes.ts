import { control } from "../../docker/local/control.ts";
import { collectStatus } from "../../docker/local/health.ts";
import { ended, isAlive, type ProcessId } from "../../docker/local/pids.ts";
import { runningState, type State } from "../../docker/local/state.ts";
import { until } from "./wait.ts";

/** The processes and stores of the running hub, to be taken away and given back. */
export type Processes = {
  state(): State;
  /** The running process of that name (a store: `store-edge`, `store-queue`). */
  id(name: string): ProcessId;
  /** Ends it in order; it stays ended until `start`. */
  stop(name: string): Promise<void>;
  start(name: string): Promise<void>;
  /** Kills it with −9, as a crash would; the supervisor starts it again. */
  kill(name: string): Promise<void>;
  /** Waits until every process says that it is ready. */
  ready(limitMs?: number): Promise<void>;
};

export function processesOf(home: string): Processes {
  const state = (): State => {
    const found = runningState(home);
    if (found === null) throw new Error(`no hub runs in ${home}`);
    return found;
  };
  const id = (name: string): ProcessId => {
    const found = state().processes.find((entry) => entry.name === name)?.id;
    if (!found) throw new Error(`${name} does not run`);
    return found;
  };
  const isUp = (name: string): boolean => {
    const found = state().processes.find((entry) => entry.name === name)?.id;
    return found !== null && found !== undefined && isAlive(found);
  };
  return {
    state,
    id,
    stop: (name) => control(home, name, "stop"),
    start: (name) => control(home, name, "start"),
    async kill(name) {
      const victim = id(name);
      process.kill(victim.pid, "SIGKILL");
      if (!(await ended(victim, 5_000))) throw new Error(`${name} outlived SIGKILL`);
      const noticed = (): boolean => state().processes.find((entry) => entry.name === name)?.id?.pid !== victim.pid;
      await until(`the supervisor misses ${name}`, async () => noticed(), { limitMs: 5_000, everyMs: 10 });
    },
    async ready(limitMs = 60_000) {
      await until(
        "the hub is ready",
        async () => {
          const status = await collectStatus(home, state(), isUp);
          if (status.ready) return true;
          const lines = [...status.processes, ...status.stores].filter((line) => !["ready", "up"].includes(line.state));
          throw new Error(lines.map((line) => `${line.name} ${line.state}`).join(", "));
        },
        { limitMs },
      );
    },
  };
}
