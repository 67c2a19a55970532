import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { openDatabases } from "../tests/support/databases.ts";
import { readEnvironment } from "../tests/support/environment.ts";
import { agent } from "../tests/support/http.ts";
import { describeMachine } from "../tests/support/machine.ts";
import { table } from "./figures.ts";
import { meter } from "./meter/meter.ts";
import { revocation } from "./revocation/revocation.ts";
import { slice } from "./slice/slice.ts";
import type { Suite } from "./suite.ts";

const SUITES: Readonly<Record<string, Suite>> = { meter, revocation, slice };

const HELP = `npm run bench -- SUITE [--json FILE]

Measures on a hub of its own, which is started for it and removed afterwards.
Suites: ${Object.keys(SUITES).join(", ")}

  --json FILE   write the figures as JSON, too

Exit code: 0 every target is met, 1 one is missed or the run failed, 2 wrong use.
`;

const wrongUse = (text: string): number => {
  process.stderr.write(`${text}\n\n${HELP}`);
  return 2;
};

async function main(argv: string[]): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return wrongUse((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [name, ...rest] = positionals;
  const suite = name === undefined || !Object.hasOwn(SUITES, name) ? undefined : SUITES[name];
  if (name === undefined) return wrongUse("Which suite?");
  if (suite === undefined || rest.length > 0) return wrongUse(`There is no suite ${positionals.join(" ")}.`);
  const environment = readEnvironment();
  if ("missing" in environment) {
    return wrongUse(`A bench needs a hub: ${environment.missing.join(", ")} not set. Run it with npm run bench.`);
  }
  const databases = openDatabases(environment);
  try {
    const say = (text: string): void => void process.stderr.write(`  ${text}\n`);
    const at = new Date().toISOString();
    const machine = await describeMachine(environment.edgeDatabase);
    const figures = await suite({ ...environment, databases, say });
    const report = { suite: name, at, machine, figures };
    process.stdout.write(
      `${name} on ${machine.cores} × ${machine.model}, ${machine.memoryGiB} GiB, node ${machine.node}, ` +
        `PostgreSQL ${machine.postgres}, noise ${Math.round(machine.noise * 100)} %\n\n${table(figures)}`,
    );
    if (values.json !== undefined) {
      mkdirSync(dirname(values.json), { recursive: true });
      writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
    }
    return figures.some(({ pass }) => pass === false) ? 1 : 0;
  } finally {
    await databases.close();
    agent.destroy();
  }
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    options: { json: { type: "string" }, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
