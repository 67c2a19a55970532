import type { Server } from "node:http";
import { join } from "node:path";
import { ensureKeycloak } from "../keycloak/distribution.ts";
import type { StartOptions } from "./arguments.ts";
import { build, PORTAL, PRISMA_CLIENT } from "./build.ts";
import { type ChildEvent, tied } from "./child.ts";
import { run } from "./command.ts";
import { serveControl } from "./control.ts";
import { ensureDemoAccounts } from "./demo-accounts.ts";
import { cleanStale, prepareHome, removeData, unmountLeft } from "./home.ts";
import { releaseLock, takeLock } from "./lock.ts";
import { openLog } from "./logs.ts";
import { identify } from "./pids.ts";
import { assertFree } from "./ports.ts";
import { processLines } from "./processes.ts";
import { type Progress, progressTo, type StepEvent } from "./progress.ts";
import { EXIT, explain, Refusal } from "./refusal.ts";
import { ensureSecrets } from "./secrets.ts";
import { isLoopbackOnly, publicAddresses, readSettings } from "./settings.ts";
import { openStack, stackKind } from "./stack/stack.ts";
import type { Stack } from "./stack/types.ts";
import { type Hub, prepareHub } from "./start-processes.ts";
import { removeState, type State, writeState } from "./state.ts";

/** What the supervisor tells the command that started it. */
export type SupervisorMessage =
  | StepEvent
  | { type: "notice"; text: string }
  | { type: "ready" }
  | { type: "stopped" }
  | { type: "failed"; message: string; exitCode: number };

/** What it is told: `leave` = go on without the command that started it. */
export type SupervisorOrder = { type: "leave" };

export type SupervisorOptions = Pick<StartOptions, "fresh" | "city" | "only">;

const settings = readSettings(process.env, join(import.meta.dirname, "../.."));
const options = JSON.parse(process.argv[2] ?? "{}") as SupervisorOptions;
const { home, root, ports } = settings;
const lock = join(home, "supervisor.lock");
const abort = new AbortController();

const state: State = {
  supervisor: identify(process.pid),
  phase: "starting",
  stack: null,
  addresses: publicAddresses(settings),
  stores: null,
  processes: [],
};
let stack: Stack | null = null;
let hub: Hub | null = null;
let control: Server | null = null;
let holding = false;

/** Resolves when the command has the message, or is gone. */
function tell(message: SupervisorMessage): Promise<void> {
  log({ ...message });
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });
}

function log(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}

/** On a full disk the state on file grows old; the stores and processes are ended all the same. */
function save(): void {
  try {
    writeState(home, state);
  } catch (error) {
    log({ event: "state.not_written", message: String(error) });
  }
}

/** Writes down which process runs under which number, so that it is found again whatever happens to this one. */
function onChild(name: string, event: ChildEvent): void {
  log({ process: name, ...event });
  let entry = state.processes.find((known) => known.name === name);
  if (entry === undefined) {
    entry = { name, kind: name.startsWith("store-") ? "store" : "process", id: null, restarts: -1 };
    state.processes.push(entry);
  }
  if (event.event === "started") entry.restarts += 1;
  entry.id = event.event === "started" ? event.id : null;
  save();
}

/** Runs prisma/setup.ts: roles, migrations, seed. Its `step` lines become the progress. */
async function setUp(progress: Progress, addresses: NonNullable<State["stores"]>): Promise<void> {
  await progress.step("schema and seed", async (detail) => {
    const flags = options.city ? [] : ["--no-city"];
    const [command, args] = tied(process.execPath, [join(root, "prisma/setup.ts"), ...flags], "KILL");
    const env = {
      PATH: process.env["PATH"] ?? "",
      TZ: "UTC",
      MADANG_HOME: home,
      HUB_DATABASE_URL: addresses.hub,
      EDGE_DATABASE_URL: addresses.edge,
    };
    const output = openLog(home, "setup");
    const onLine = (line: string): void => {
      const step = /^step\s+(.*)/.exec(line)?.[1];
      if (step) detail(step);
    };
    const done = await run(command, args, { cwd: root, env, log: output, signal: abort.signal, onLine });
    output.close();
    abort.signal.throwIfAborted();
    if (done.code !== 0) throw new Refusal(`Setting up the databases failed:\n${done.output.trim()}`);
    return undefined;
  });
}

async function start(): Promise<void> {
  const holder = takeLock(lock);
  if (holder !== null)
    throw new Refusal(`A hub runs in ${home} already (process ${holder.pid}). End it with npm stop.`);
  holding = true;
  const left = await cleanStale(settings);
  if (left.length > 0) void tell({ type: "notice", text: `removed what an earlier run left: ${left.join(", ")}` });
  const kind = await stackKind(settings);
  if (options.fresh) {
    const removed = await removeData(settings, kind);
    void tell({ type: "notice", text: removed.length > 0 ? `removed: ${removed.join(", ")}` : "nothing to remove" });
  }
  prepareHome(home);
  state.stack = kind;
  writeState(home, state);
  const all = options.only === "all";
  await assertFree([...(all ? [ports.front] : [])], settings.host);
  const stores = kind === "external" ? [] : [ports.hub, ports.edge, ports.queue, ports.cache];
  await assertFree(
    [
      ...(all ? [ports.intake, ports.identity] : []),
      ...(all && settings.identity === "keycloak" ? [ports.identityHealth] : []),
      ...stores,
    ],
    "127.0.0.1",
  );

  const secrets = ensureSecrets(home);
  if (isLoopbackOnly(settings)) ensureDemoAccounts(home);
  const progress = progressTo((event) => void tell(event));
  const { signal } = abort;
  const steps: Promise<unknown>[] = [
    openStack(kind, { settings, secrets, progress, signal, onChild }).then(async (opened) => {
      stack = opened;
      state.stores = opened.addresses;
      await client;
      await setUp(progress, opened.addresses);
    }),
  ];
  const client = progress.step("database client", () => build(root, PRISMA_CLIENT, signal));
  if (all) steps.push(progress.step("portal", () => build(root, PORTAL, signal)));
  if (all && settings.identity === "keycloak") steps.push(ensureKeycloak(settings, progress, signal));
  // The first fault ends the other steps; its own words are the ones to show.
  for (const step of [...steps, client]) step.catch((error: unknown) => abort.abort(error));
  for (const outcome of await Promise.allSettled([...steps, client]))
    if (outcome.status === "rejected") throw abort.signal.reason ?? outcome.reason;

  if (all && state.stores !== null) {
    const lines = processLines(settings, options.city);
    hub = prepareHub(lines, { settings, stores: state.stores, secrets, progress, signal, onChild });
  }
  control = await serveControl(home, findChild);
  await hub?.start();
  signal.throwIfAborted();
  state.phase = "ready";
  writeState(home, state);
  void tell({ type: "ready" });
}

const findChild = (name: string) => hub?.children.get(name) ?? stack?.children.find((child) => child.name === name);

/**
 * Ends everything in order and removes every trace of the run; data and logs stay.
 * @throws the first fault, after everything has been tried
 */
async function tearDown(): Promise<void> {
  state.phase = "stopping";
  if (state.stack !== null) save();
  const steps = [
    async () => control?.close(),
    async () => hub?.stop(),
    async () => stack?.stop(),
    async () => {
      const mounts = await unmountLeft(settings);
      if (mounts.length > 0) log({ event: "unmounted", mounts });
    },
    async () => removeState(home),
    async () => releaseLock(lock),
  ];
  const faults: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw faults[0];
}

class Ended extends Error {}

async function main(): Promise<never> {
  let wake = (): void => {};
  const asked = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const end = (): void => {
    abort.abort(new Ended());
    wake();
  };
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, end);
  process.on("disconnect", () => !leave && end());
  let leave = false;
  process.on("message", (order: SupervisorOrder) => {
    if (order.type === "leave") leave = true;
  });

  let fault: unknown = null;
  try {
    await start();
    await asked;
  } catch (error) {
    fault = error instanceof Ended ? null : error;
  }
  if (holding) await tearDown().catch((error: unknown) => (fault ??= error));
  const exitCode = fault instanceof Refusal ? fault.exitCode : fault === null ? EXIT.done : EXIT.failed;
  await tell(fault === null ? { type: "stopped" } : { type: "failed", message: explain(fault), exitCode });
  return process.exit(exitCode);
}

await main();
