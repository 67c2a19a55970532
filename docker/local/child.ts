import { type ChildProcess, spawn } from "node:child_process";
import { openLog } from "./logs.ts";
import { ended, identify, type ProcessId, signal } from "./pids.ts";

/** How one long-running program is started and ended. */
export type ChildSpec = {
  name: string;
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  stopSignal: NodeJS.Signals;
  /** Time to end in order before it is killed. */
  stopLimitMs: number;
  /** The process that takes the stop signal, when it is not the started one. */
  target?: (pid: number) => number | undefined;
};

export type ChildEvent =
  | { event: "started"; id: ProcessId }
  | { event: "exited"; code: number | null; signal: NodeJS.Signals | null; failures: number };

export type Child = {
  readonly name: string;
  start(): void;
  /** Ends it in order and keeps it ended. */
  stop(): Promise<void>;
  id(): ProcessId | null;
  restarts(): number;
  /** Exits in a row without having stayed up for a minute. */
  failures(): number;
};

const STABLE_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;

/** Pause before the next start after `failures` exits in a row: half a second, doubled each time, at most 30 s. */
export const backoffMs = (failures: number): number => Math.min(500 * 2 ** Math.max(failures - 1, 0), LONGEST_PAUSE_MS);

/**
 * A core dump would hold keys and identifiers (rules P9, P11). One byte is less than any core, so that no file is
 * written, and it is the one limit that also keeps the kernel from piping a core to a program: that ignores 0
 * (core(5); fs/coredump.c: `cprm.limit == 1`). docker/compose.yaml sets the same.
 */
export const CORE_BYTES = 1;

/**
 * A command that the kernel ends with `end` when this process dies, so that a killed supervisor leaves nothing behind,
 * and of which no core is dumped. Both hold for what the command starts in turn.
 * Without setpriv (macOS) the command is run as it is; the state file then leads to what is left.
 */
export function tied(command: string, args: readonly string[], end: "TERM" | "KILL"): [string, string[]] {
  if (process.platform !== "linux") return [command, [...args]];
  return ["prlimit", [`--core=${CORE_BYTES}:${CORE_BYTES}`, "setpriv", "--pdeathsig", end, command, ...args]];
}

/** Keeps one program running: its output goes to its log, and when it ends by itself it is started again. */
export function keepRunning(home: string, spec: ChildSpec, onEvent: (event: ChildEvent) => void): Child {
  const log = openLog(home, spec.name);
  let child: ChildProcess | null = null;
  let id: ProcessId | null = null;
  let wanted = false;
  let starts = 0;
  let failures = 0;
  let startedAt = 0;
  let pause: NodeJS.Timeout | undefined;

  const start = (): void => {
    wanted = true;
    clearTimeout(pause);
    if (child !== null) return;
    const started = spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    startedAt = Date.now();
    starts += 1;
    started.stdout.on("data", log.write);
    started.stderr.on("data", log.write);
    const gone = (code: number | null, by: NodeJS.Signals | null): void => {
      if (child !== started) return;
      child = null;
      id = null;
      failures = Date.now() - startedAt > STABLE_MS ? 1 : failures + 1;
      if (wanted) pause = setTimeout(start, backoffMs(failures));
      onEvent({ event: "exited", code, signal: by, failures });
    };
    started.on("error", (error) => {
      log.write(`${error.message}\n`);
      gone(127, null);
    });
    started.on("exit", gone);
    if (started.pid === undefined) return;
    id = identify(started.pid);
    onEvent({ event: "started", id });
  };

  return {
    name: spec.name,
    start,
    async stop() {
      wanted = false;
      clearTimeout(pause);
      failures = 0;
      const current = id;
      if (current === null) return;
      signal(spec.target?.(current.pid) ?? current.pid, spec.stopSignal);
      if (await ended(current, spec.stopLimitMs)) return;
      signal(current.pid, "SIGKILL");
      await ended(current, 5_000);
    },
    id: () => id,
    restarts: () => Math.max(starts - 1, 0),
    failures: () => failures,
  };
}
