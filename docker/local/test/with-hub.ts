import { resolve } from "node:path";
import { operatorEnvironment, runProgram } from "../hand-on.ts";
import { type Printer, stepPrinter } from "../progress.ts";
import { Refusal } from "../refusal.ts";
import { EXTERNAL, homeBeside, readSettings, type Settings } from "../settings.ts";
import { type Running, supervise } from "../start.ts";
import { readState, runningState } from "../state.ts";

/**
 * Settings of a hub of its own beside the one of `environment`: another folder, other ports, stores of its own (what
 * it does to them must never reach anybody's data).
 * @param portsAfter how far its first port is from MADANG_PORT
 */
export function settingsBeside(
  root: string,
  name: string,
  portsAfter: number,
): { settings: Settings; environment: NodeJS.ProcessEnv } {
  const home = homeBeside(resolve(root, process.env["MADANG_HOME"] || ".madang"), name);
  const usual = readSettings(
    { ...process.env, ...Object.fromEntries(Object.values(EXTERNAL).map((key) => [key, ""])), MADANG_HOME: home },
    root,
  );
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    MADANG_HOME: home,
    MADANG_PORT: String(usual.ports.front + portsAfter),
    // Whoever waits for the transparency log should not wait for a full minute.
    LOG_BATCH_SECONDS: process.env["LOG_BATCH_SECONDS"] || "1",
  };
  for (const variable of Object.values(EXTERNAL)) delete environment[variable];
  return { settings: readSettings(environment, root), environment };
}

export type OwnHub = {
  /** Resolves, once it is ready, to what programs that use it need. */
  ready: Promise<Record<string, string>>;
  /** Ends it in order. @throws Refusal when that fails */
  end(): Promise<void>;
};

/** Starts a hub with new data. */
export function ownHub(settings: Settings, environment: NodeJS.ProcessEnv, city: boolean, printer: Printer): OwnHub {
  const running: Running = supervise(settings, { fresh: true, city, only: "all" }, environment, printer);
  const ready = running.ready.then(() => {
    const stores = readState(settings.home)?.stores;
    if (!stores) throw new Refusal("The hub ended right after its start.");
    return operatorEnvironment(settings, stores);
  });
  ready.catch(() => {});
  return {
    ready,
    async end() {
      running.stop();
      await running.ended;
    },
  };
}

/**
 * Runs a program with the addresses of a hub that is started for it, with new data, and ended after it.
 * @param options.city with the sample city
 * @returns the program's exit code
 * @throws Refusal while the same runs already
 */
export async function runOnOwnHub(
  main: string,
  args: readonly string[],
  { settings, environment }: ReturnType<typeof settingsBeside>,
  options: { city: boolean },
): Promise<number> {
  if (runningState(settings.home)) throw new Refusal(`This command runs already, in ${settings.home}.`);
  const printer = stepPrinter(process.stderr);
  const hub = ownHub(settings, environment, options.city, printer);
  try {
    const addresses = await hub.ready;
    printer.close();
    return await runProgram(settings, main, args, addresses);
  } finally {
    printer.close();
    await hub.end();
  }
}
