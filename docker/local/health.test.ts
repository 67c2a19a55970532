import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveHealth } from "../../runtime/health.ts";
import { collectStatus, describe as describeProcess } from "./health.ts";
import type { State } from "./state.ts";

const now = Date.parse("2026-11-21T00:01:30.900Z");

test("a process that does not answer is down", () => {
  expect(describeProcess("facts", null, now)).toEqual({
    name: "facts",
    state: "down",
    lastFinishedAt: null,
    ageSeconds: null,
    detail: null,
  });
});

test("the age of the last finished work is in whole seconds and never negative", () => {
  const health = (lastFinishedAt: string) => ({ name: "facts", state: "ready" as const, lastFinishedAt, detail: "ok" });
  expect(describeProcess("facts", health("2026-11-21T00:01:00.000Z"), now).ageSeconds).toBe(30);
  expect(describeProcess("facts", health("2026-11-21T00:02:00.000Z"), now).ageSeconds).toBe(0);
});

test("the hub is ready when its start has ended, every process says so and every store is up", async () => {
  const home = mkdtempSync(join(tmpdir(), "mh-"));
  const health = await serveHealth(home, "front");
  const state: State = {
    supervisor: { pid: 1, started: null },
    phase: "ready",
    stack: "local",
    addresses: { hub: "h", portal: "p", graphql: "g", edge: "e" },
    stores: null,
    processes: [
      { name: "store-hub", kind: "store", id: null, restarts: 0 },
      { name: "front", kind: "process", id: null, restarts: 0 },
    ],
  };
  const ready = async (phase: State["phase"], up: boolean) =>
    (await collectStatus(home, { ...state, phase }, () => up)).ready;
  try {
    expect(await ready("ready", true)).toBe(false);
    health.set("ready");
    expect(await ready("ready", true)).toBe(true);
    expect(await ready("ready", false)).toBe(false);
    expect(await ready("starting", true)).toBe(false);
    const status = await collectStatus(home, state, () => true);
    expect(Object.keys(status)).toEqual(["ready", "addresses", "processes", "stores"]);
    expect(status.stores).toEqual([{ name: "hub", state: "up" }]);
  } finally {
    await health.close();
    rmSync(home, { recursive: true });
  }
});
