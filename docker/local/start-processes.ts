import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askHealth } from "../../runtime/health.ts";
import { type Child, type ChildEvent, keepRunning, tied } from "./child.ts";
import { tail } from "./logs.ts";
import { environmentOf, type ProcessLine, waves } from "./processes.ts";
import type { Progress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings, StoreAddresses } from "./settings.ts";

/** A process that ends this often in a row while it starts is not going to start. */
const START_FAILURES = 3;
const START_LIMIT_MS = 90_000;
/** The sample city posts its history before it is ready. */
const CITY_LIMIT_MS = 240_000;
const STOP_LIMIT_MS = 12_000;

export type Hub = {
  children: ReadonlyMap<string, Child>;
  /** Starts them in the order of their needs and waits until each is ready. */
  start(): Promise<void>;
  /** Ends them in the opposite order. */
  stop(): Promise<void>;
};

/** Prepares the processes of `lines`; none runs yet. */
export function prepareHub(
  lines: readonly ProcessLine[],
  options: {
    settings: Settings;
    stores: StoreAddresses;
    secrets: Secrets;
    progress: Progress;
    signal: AbortSignal;
    onChild: (name: string, event: ChildEvent) => void;
  },
): Hub {
  const { settings, signal, progress } = options;
  const children = new Map(lines.map((line) => [line.name, prepare(line)]));

  function prepare(line: ProcessLine): Child {
    const [command, args] = tied(process.execPath, [join(settings.root, line.main)], "TERM");
    const spec = {
      name: line.name,
      command,
      args,
      env: environmentOf(line, settings, options.stores, options.secrets),
      cwd: settings.root,
      stopSignal: "SIGTERM" as const,
      stopLimitMs: STOP_LIMIT_MS,
    };
    return keepRunning(settings.home, spec, (event) => options.onChild(line.name, event));
  }

  async function bringUp(line: ProcessLine, limitMs: number, detail: (text: string) => void): Promise<void> {
    const child = children.get(line.name);
    signal.throwIfAborted();
    child?.start();
    for (const until = Date.now() + limitMs; ; await sleep(100)) {
      signal.throwIfAborted();
      const health = await askHealth(settings.home, line.name);
      if (health?.state === "ready") return;
      if (health?.detail) detail(health.detail);
      const failed = (child?.failures() ?? 0) >= START_FAILURES;
      if (!failed && Date.now() < until) continue;
      const why = failed ? "ends as soon as it is started" : `is not ready after ${limitMs / 1000} s`;
      const words = tail(settings.home, line.name);
      throw new Refusal(`The process ${line.name} ${why}${health?.detail ? ` (${health.detail})` : ""}.\n${words}`);
    }
  }

  async function startAll(wanted: readonly ProcessLine[], limitMs: number, detail: (text: string) => void) {
    const waiting = new Set(wanted.map((line) => line.name));
    const ready = new Map<string, Promise<void>>();
    for (const line of waves(lines)
      .flat()
      .filter((each) => wanted.includes(each))) {
      const up = Promise.all(line.needs.map((name) => ready.get(name)))
        .then(() =>
          bringUp(line, line.startLimitMs ?? limitMs, (text) =>
            detail(wanted.length === 1 ? text : `${line.name}: ${text}`),
          ),
        )
        .then(() => {
          waiting.delete(line.name);
          if (waiting.size > 0) detail(`waiting for ${[...waiting].join(", ")}`);
        });
      ready.set(line.name, up);
    }
    for (const outcome of await Promise.allSettled(ready.values()))
      if (outcome.status === "rejected") throw outcome.reason;
  }

  return {
    children,
    async start() {
      const [city, hub] = [lines.filter(isCity), lines.filter((line) => !isCity(line))];
      await progress.step("processes", async (detail) => {
        await startAll(hub, START_LIMIT_MS, detail);
        return hub.map((line) => line.name).join(", ");
      });
      if (city.length === 0) return;
      await progress.step("sample city", async (detail) => {
        await startAll(city, CITY_LIMIT_MS, detail);
        return (await askHealth(settings.home, "simulator"))?.detail ?? undefined;
      });
    },
    async stop() {
      for (const wave of waves(lines).reverse()) await Promise.all(wave.map((line) => children.get(line.name)?.stop()));
    },
  };
}

const isCity = (line: ProcessLine): boolean => line.when === "city";
