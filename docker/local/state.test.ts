import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releaseLock, takeLock } from "./lock.ts";
import { identify, isAlive } from "./pids.ts";
import { readState, removeState, runningState, type State, stateFile, writeState } from "./state.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "madang-state-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const state = (supervisor: State["supervisor"]): State => ({
  supervisor,
  phase: "ready",
  stack: "local",
  addresses: { hub: "h", portal: "p", graphql: "g", edge: "e" },
  stores: null,
  processes: [{ name: "front", kind: "process", id: null, restarts: 0 }],
});

test("a state is read as it was written, and by its owner alone", () => {
  writeState(home, state(identify(process.pid)));
  expect(readState(home)).toEqual(state(identify(process.pid)));
  expect(statSync(stateFile(home)).mode & 0o777).toBe(0o600);
  removeState(home);
  expect(readState(home)).toBeNull();
});

test("a damaged state is as good as none", () => {
  for (const text of ["", "{", "[]", "null", '{"phase":"ready"}']) {
    writeFileSync(stateFile(home), text);
    expect(readState(home)).toBeNull();
  }
});

test("a hub counts as running only while its supervisor lives", () => {
  writeState(home, state(identify(process.pid)));
  expect(runningState(home)).not.toBeNull();
  writeState(home, state({ pid: process.pid, started: "another-boot.1" }));
  expect(runningState(home)).toBeNull();
});

test("a number that another process has taken over is not mistaken for the old one", () => {
  const now = identify(process.pid);
  expect(isAlive(now)).toBe(true);
  if (now.started !== null) expect(isAlive({ ...now, started: `${now.started}0` })).toBe(false);
});

test("a lock is held by one, names its holder, and is taken over from the dead", () => {
  const path = join(home, "lock");
  expect(takeLock(path)).toBeNull();
  expect(takeLock(path)).toEqual(identify(process.pid));
  releaseLock(path);
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: "another-boot.1" }));
  expect(takeLock(path)).toBeNull();
});
