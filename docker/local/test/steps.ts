import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tied } from "../child.ts";
import { run } from "../command.ts";
import { type Result, runJest, type Suite, testFiles } from "./jest.ts";
import { type KeycloakFront, needsKeycloak } from "./keycloak.ts";
import type { Tool } from "./tools.ts";

export type Context = {
  root: string;
  home: string;
  filter: readonly string[];
  signal: AbortSignal;
  /** Environment without a hub, or (for steps that need one) with the addresses of the running one. */
  env: NodeJS.ProcessEnv;
  chromium: () => Promise<Tool>;
  python: () => Promise<Tool>;
  /** Started for the first step whose files need it, ended with the last step. */
  keycloak: () => Promise<KeycloakFront>;
};

export type Step = {
  name: string;
  needsHub: boolean;
  /** False when the filter leaves nothing of it. */
  applies(context: Pick<Context, "root" | "filter">): boolean;
  run(context: Context): Promise<Result>;
};

/** One program that passes or fails as a whole: it counts as one test. */
function program(name: string, needsHub: boolean, args: readonly string[]): Step {
  return {
    name,
    needsHub,
    applies: ({ filter }) => filter.length === 0 || filter.some((word) => name.includes(word)),
    async run({ root, env, signal }) {
      const [command, tiedArgs] = tied(process.execPath, args, "KILL");
      const { code, output } = await run(command, tiedArgs, { cwd: root, env, signal });
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
    },
  };
}

function jest(suite: Suite, name: string, needsHub: boolean): Step {
  return {
    name,
    needsHub,
    applies: ({ root, filter }) => testFiles(root, suite, filter).length > 0,
    async run({ root, home, filter, signal, env, chromium, python, keycloak }) {
      const files = testFiles(root, suite, filter);
      const tools: NodeJS.ProcessEnv = {};
      if (suite === "browser") {
        const browser = await chromium();
        if ("missing" in browser)
          return { passed: 0, failed: 0, skipped: files.length, output: `skipped, no browser: ${browser.missing}` };
        tools["CHROMIUM_PATH"] = browser.path;
      }
      if (suite === "e2e") {
        const interpreter = await python();
        if ("path" in interpreter) tools["PYTHON_PATH"] = interpreter.path;
      }
      if (needsHub && needsKeycloak(files)) Object.assign(tools, (await keycloak()).environment);
      const reports = join(home, "reports");
      return runJest(root, suite, files, { env: { ...env, ...tools }, serial: needsHub, signal, reports });
    },
  };
}

/** The part of the scorecard's JSON that is counted. */
type Card = { figures: readonly { pass: boolean }[] };

/** The attacks with their fast samples: each figure counts as one test. */
const scorecard: Step = {
  name: "scorecard, fast samples",
  needsHub: true,
  applies: ({ filter }) => filter.length === 0 || filter.some((word) => "scorecard, tests/attack".includes(word)),
  async run({ root, home, env, signal }) {
    const report = join(home, "reports", "scorecard.json");
    rmSync(report, { force: true });
    const [command, args] = tied(process.execPath, ["tests/attack/scorecard.ts", "--fast", "--json", report], "KILL");
    const { code, output } = await run(command, args, { cwd: root, env, signal });
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, output };
    const { figures } = JSON.parse(readFileSync(report, "utf8")) as Card;
    const passed = figures.filter(({ pass }) => pass).length;
    const silent = code !== 0 && passed === figures.length ? 1 : 0;
    return { passed, failed: figures.length - passed + silent, skipped: 0, output };
  },
};

/** Everything `npm test` does, in order; what needs no hub is done while one starts. */
export const STEPS: readonly Step[] = [
  program("format and lint", false, ["node_modules/@biomejs/biome/bin/biome", "check", ".", "--error-on-warnings"]),
  program("types", false, ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"]),
  program("types of the portal", false, ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "portal/tsconfig.json"]),
  program("schema drift (graph)", false, ["schema/emit.ts", "--check"]),
  program("licences", false, ["docker/local/licences.ts"]),
  program("lock file", false, ["docker/local/lock-file.ts", "--check"]),
  jest("unit", "unit and property tests", false),
  program("schema drift (databases)", true, ["prisma/drift.ts"]),
  jest("e2e", "end to end", true),
  scorecard,
  jest("browser", "browser", true),
];
