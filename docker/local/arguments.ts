import { parseArgs } from "node:util";
import { EXIT, Refusal } from "./refusal.ts";

/**
 * Commands that run a program of another folder with the environment of the running hub.
 * `alone`: a word that needs no hub; `"*"`: the program itself says when it finds none.
 */
export const HANDED_ON = {
  device: { main: "server/devices/cli.ts", alone: [] },
  identity: { main: "server/identity/cli.ts", alone: [] },
  outage: { main: "server/outages/cli.ts", alone: [] },
  import: { main: "workers/import/cli.ts", alone: ["--dry-run"] },
  example: { main: "examples/run.ts", alone: ["*"] },
  bench: { main: "bench/run.ts", alone: [] },
  scorecard: { main: "tests/attack/scorecard.ts", alone: [] },
} as const;
export type HandedOn = keyof typeof HANDED_ON;

export type StartOptions = {
  /** Return once everything answers; the hub goes on in the background. */
  detach: boolean;
  /** Remove all data of this hub first. */
  fresh: boolean;
  /** Start the sample city's simulator. */
  city: boolean;
  /** `stack`: databases and Redis alone. */
  only: "stack" | "all";
  /** `embedded`: sign-in by the provider inside the hub; `keycloak`: by Keycloak; null: as MADANG_IDENTITY says. */
  identity: "embedded" | "keycloak" | null;
};

export type Command =
  | { name: "help"; of: string | null }
  | { name: "start"; options: StartOptions }
  | { name: "stop" }
  | { name: "status"; json: boolean }
  | { name: "test"; filter: string[] }
  | { name: "generate" }
  | { name: HandedOn; rest: string[] };

const wrong = (message: string): never => {
  throw new Refusal(`${message}\nSee: npm start -- --help`, EXIT.wrongUse);
};

function parse<O extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(args: string[], options: O) {
  try {
    return parseArgs({ args, options: { ...options, help: { type: "boolean", short: "h" } }, allowPositionals: true });
  } catch (error) {
    return wrong((error as Error).message);
  }
}

/**
 * Reads the command line.
 * @param argv without node and script
 * @throws Refusal (wrong use) for an unknown command, flag or value
 */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...args] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return { name: "help", of: null };
  if (name in HANDED_ON) return { name: name as HandedOn, rest: args };
  switch (name) {
    case "start":
      return parseStart(args);
    case "stop":
      return plain(name, args);
    case "generate":
      return plain(name, args);
    case "status": {
      const { values, positionals } = parse(args, { json: { type: "boolean" } });
      if (values["help"]) return { name: "help", of: name };
      if (positionals.length > 0) wrong(`status takes no ${positionals[0]}`);
      return { name, json: values["json"] === true };
    }
    case "test": {
      const { values, positionals } = parse(args, {});
      return values["help"] ? { name: "help", of: name } : { name, filter: positionals };
    }
    default:
      return wrong(`There is no command ${name}.`);
  }
}

function plain(name: "stop" | "generate", args: string[]): Command {
  const { values, positionals } = parse(args, {});
  if (values["help"]) return { name: "help", of: name };
  if (positionals.length > 0) wrong(`${name} takes no ${positionals[0]}`);
  return { name };
}

function parseStart(args: string[]): Command {
  const { values, positionals } = parse(args, {
    detach: { type: "boolean", short: "d" },
    fresh: { type: "boolean" },
    "no-city": { type: "boolean" },
    only: { type: "string" },
    identity: { type: "string" },
  });
  if (values["help"]) return { name: "help", of: "start" };
  if (positionals.length > 0) wrong(`start takes no ${positionals[0]}`);
  const only = values["only"] ?? "all";
  if (only !== "stack" && only !== "all") return wrong(`--only is stack or all, not ${only}`);
  const identity = values["identity"] ?? null;
  if (identity !== null && identity !== "embedded" && identity !== "keycloak")
    return wrong(`--identity is embedded or keycloak, not ${identity}`);
  return {
    name: "start",
    options: {
      detach: values["detach"] === true,
      fresh: values["fresh"] === true,
      city: values["no-city"] !== true,
      only,
      identity,
    },
  };
}
