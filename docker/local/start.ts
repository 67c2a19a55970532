import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StartOptions } from "./arguments.ts";
import { readDemoAccounts } from "./demo-accounts.ts";
import { logFile } from "./logs.ts";
import { type Printer, stepPrinter } from "./progress.ts";
import { EXIT, Refusal } from "./refusal.ts";
import { secretsFile } from "./secrets.ts";
import { isLoopbackOnly, publicAddresses, type Settings } from "./settings.ts";
import { readState, runningState } from "./state.ts";
import type { SupervisorMessage, SupervisorOptions, SupervisorOrder } from "./supervisor.ts";

/** A supervisor at work, seen from the command that started it. */
export type Running = {
  /** Resolves when everything answers. @throws Refusal when it does not come up */
  ready: Promise<void>;
  /** Resolves when it has ended, to what it said last. */
  ended: Promise<{ message: string | null; exitCode: number }>;
  /** Asks it to end everything in order. */
  stop(): void;
  /** Lets it go on without this process. */
  leave(): void;
};

/**
 * Starts a supervisor for the state folder of `settings`, as the leader of a session of its own: a terminal's Ctrl-C
 * reaches this process alone, which passes it on.
 * @param environment handed on; MADANG_HOME and MADANG_PORT are set from the settings
 * @param printer is given the steps; whoever made it closes it
 */
export function supervise(
  settings: Settings,
  options: SupervisorOptions,
  environment: NodeJS.ProcessEnv,
  printer: Printer,
): Running {
  const path = logFile(settings.home, "supervisor");
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(path, `${path}.1`);
  const log = openSync(path, "a", 0o600);
  const child = spawn(process.execPath, [join(import.meta.dirname, "supervisor.ts"), JSON.stringify(options)], {
    cwd: settings.root,
    env: {
      ...environment,
      MADANG_HOME: settings.home,
      MADANG_PORT: String(settings.ports.front),
      MADANG_IDENTITY: settings.identity,
    },
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  let last: { message: string | null; exitCode: number } | null = null;
  let isReady = (): void => {};
  const readyMessage = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  child.on("message", (message: SupervisorMessage) => {
    if (message.type === "step") printer.print(message);
    else if (message.type === "notice") process.stderr.write(`  ${message.text}\n`);
    else if (message.type === "ready") isReady();
    else if (message.type === "stopped") last = { message: null, exitCode: EXIT.done };
    else last = { message: message.message, exitCode: message.exitCode };
  });
  const ended = new Promise<{ message: string | null; exitCode: number }>((resolve) => {
    const gone = (why: string): void => {
      resolve(last ?? { message: `The supervisor ${why}. Its log: ${path}`, exitCode: EXIT.failed });
    };
    child.on("error", (error) => gone(`cannot be started: ${error.message}`));
    child.on("exit", (code, signal) => gone(`ended unexpectedly (${signal ?? code})`));
  });
  const ready = Promise.race([
    readyMessage,
    ended.then(({ message, exitCode }) => {
      throw new Refusal(message ?? "The start was interrupted.", message === null ? EXIT.interrupted : exitCode);
    }),
  ]);
  ready.catch(() => {});
  return {
    ready,
    ended,
    stop: () => void child.kill("SIGTERM"),
    leave() {
      child.send({ type: "leave" } satisfies SupervisorOrder, () => {
        child.disconnect();
        child.unref();
      });
    },
  };
}

/** `npm start`: resolves to the exit code. */
export async function start(given: Settings, options: StartOptions): Promise<number> {
  const settings = options.identity === null ? given : { ...given, identity: options.identity, openid: null };
  const begun = performance.now();
  const known = runningState(settings.home);
  if (known !== null)
    throw new Refusal(
      `A hub runs already: ${known.addresses.portal} (state in ${settings.home}). End it with npm stop, ` +
        "or start a second one beside it with another MADANG_HOME and MADANG_PORT.",
    );
  process.stderr.write("Madang starts\n");
  const printer = stepPrinter(process.stderr);
  const { fresh, city, only } = options;
  const running = supervise(settings, { fresh, city, only }, process.env, printer);
  let interrupted = false;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      if (!interrupted) process.stderr.write("\n  ending …\n");
      interrupted = true;
      running.stop();
    });
  try {
    await running.ready;
  } catch (error) {
    printer.close();
    if (interrupted) return EXIT.interrupted;
    throw error;
  }
  printer.close();
  process.stdout.write(welcome(settings, options, (performance.now() - begun) / 1000));
  if (options.detach) {
    running.leave();
    return EXIT.done;
  }
  process.stderr.write("Ctrl-C ends it.\n");
  const { message, exitCode } = await running.ended;
  if (message !== null) throw new Refusal(message, exitCode);
  process.stderr.write("  ended, nothing is left running\n");
  return interrupted ? EXIT.interrupted : EXIT.done;
}

/** The demo accounts with their passwords, or nothing where they are not let in. */
function demoAccountsText(settings: Settings): string {
  if (settings.identity === "openid" || !isLoopbackOnly(settings)) return "";
  const lines = readDemoAccounts(settings.home).map(({ email, password }) => `    ${email.padEnd(28)}${password}\n`);
  return `\n  Demo accounts (this machine only):\n${lines.join("")}`;
}

function welcome(settings: Settings, options: StartOptions, seconds: number): string {
  const { portal, graphql, edge } = publicAddresses(settings);
  const took = `\nReady in ${seconds.toFixed(1)} s.\n`;
  if (options.only === "stack") {
    const stores = Object.entries(readState(settings.home)?.stores ?? {});
    const lines = stores.map(([name, url]) => `  ${name.padEnd(9)}${new URL(url).host}${new URL(url).pathname}\n`);
    return `${took}\n${lines.join("")}  passwords are in ${secretsFile(settings.home)}\n`;
  }
  return `${took}
  Portal   ${portal}
  GraphQL  ${graphql}
  Devices  ${edge}
${demoAccountsText(settings)}
Three things to try:
  1. Open ${portal} and see how the sample city is now.
  2. Ask it from a terminal:  npm run example -- zone-now
  3. Register a device:       npm run device -- add
`;
}
