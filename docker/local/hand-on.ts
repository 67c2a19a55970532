import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { HANDED_ON, type HandedOn } from "./arguments.ts";
import { identityAddresses, keyringSockets } from "./processes.ts";
import { EXIT, Refusal } from "./refusal.ts";
import { secretsFile } from "./secrets.ts";
import { publicAddresses, type Settings, type StoreAddresses } from "./settings.ts";
import { runningState } from "./state.ts";

/** What a tool of the hub's operator is given: the administrator's addresses, and where the hub answers. */
export function operatorEnvironment(settings: Settings, stores: StoreAddresses): Record<string, string> {
  const { hub, graphql, edge } = publicAddresses(settings);
  return {
    MADANG_HOME: settings.home,
    MADANG_PORT: String(settings.ports.front),
    MADANG_URL: hub,
    MADANG_GRAPHQL_URL: graphql,
    MADANG_EDGE_URL: edge,
    MADANG_SECRETS: secretsFile(settings.home),
    INTAKE_PORT: String(settings.ports.intake),
    IDENTITY_KIND: settings.identity,
    ...Object.fromEntries(Object.entries(identityAddresses(settings)).filter(([, value]) => value !== null)),
    HUB_DATABASE_URL: stores.hub,
    EDGE_DATABASE_URL: stores.edge,
    REDIS_URL: stores.queue,
    CACHE_URL: stores.cache,
    ...keyringSockets(settings.home),
  };
}

/**
 * Runs a program of the project to its end with this terminal.
 * @returns its exit code
 */
export function runProgram(settings: Settings, main: string, args: readonly string[], extra: Record<string, string>) {
  const path = join(settings.root, main);
  if (!existsSync(path)) throw new Refusal(`${main} does not exist.`);
  const child = spawn(process.execPath, [path, ...args], { stdio: "inherit", env: { ...process.env, ...extra } });
  // Ctrl-C reaches the program by the terminal; it ends in its own way.
  const ignore = (): void => {};
  process.on("SIGINT", ignore);
  const hand = (): void => void child.kill("SIGTERM");
  process.on("SIGTERM", hand);
  return new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", ignore).off("SIGTERM", hand);
      resolve(signal === "SIGINT" || signal === "SIGTERM" ? EXIT.interrupted : (code ?? EXIT.failed));
    });
  });
}

/**
 * Runs an operator's tool with the environment of the running hub.
 * @throws Refusal when no hub runs and the tool needs one for these words (`--help` never does)
 */
export async function handOn(settings: Settings, name: HandedOn, args: readonly string[]): Promise<number> {
  const { main, alone } = HANDED_ON[name];
  const state = runningState(settings.home);
  if (state?.stores && state.phase === "ready")
    return runProgram(settings, main, args, operatorEnvironment(settings, state.stores));
  if (["--help", "-h", ...alone].some((word) => word === "*" || args.includes(word)))
    return runProgram(settings, main, args, { MADANG_URL: publicAddresses(settings).hub });
  throw new Refusal("start the hub first: npm start");
}
