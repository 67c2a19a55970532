import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { KEY_PATTERN } from "../core/licence/key.ts";
import { parseConfig, variables as shared } from "../runtime/config.ts";
import { resolveTimes } from "./variables.ts";

const USAGE = `usage: npm run example -- [name] [--json] [--url ADDRESS]
  without a name: lists the examples
  --json          prints the bare answer, indented, on standard output
  --url ADDRESS   of the hub (default: MADANG_URL, else http://127.0.0.1:4000)
  MADANG_KEY      a key to ask with, as an environment variable: arguments can be seen by others
`;

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".graphql"))
  .map((file) => file.slice(0, -".graphql".length))
  .sort();
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n${USAGE}`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: "boolean" }, url: { type: "string" }, help: { type: "boolean" } },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { values: options, positionals } = readArguments();
const [name, ...more] = positionals;
if (options.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (more.length > 0) refuse("One example at a time.");
if (name === undefined) {
  for (const known of names)
    process.stdout.write(`${known.padEnd(18)} ${read(`${known}.graphql`).split("\n")[0]?.slice(2)}\n`);
  process.exit(0);
}
if (!names.includes(name)) refuse(`There is no example ${name}.`);
if (options.url !== undefined && !URL.canParse(options.url)) refuse("--url is not an address.");

const { MADANG_URL, MADANG_KEY } = parseConfig({
  MADANG_URL: shared.MADANG_URL.default("http://127.0.0.1:4000"),
  MADANG_KEY: z.string().regex(KEY_PATTERN, "a key, mdg_…").optional(),
});
const query = read(`${name}.graphql`);
const variables = resolveTimes(JSON.parse(read(`${name}.variables.json`)), Date.now());
if (!options.json) process.stdout.write(`${query}\n# variables\n${JSON.stringify(variables, null, 2)}\n\n# answer\n`);

type Answer = { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };

const answer = await fetch(new URL("/graphql", options.url ?? MADANG_URL), {
  method: "POST",
  headers: {
    "content-type": "application/json",
    ...(MADANG_KEY !== undefined && { authorization: `Bearer ${MADANG_KEY}` }),
  },
  body: JSON.stringify({ query, variables }),
  signal: AbortSignal.timeout(30_000),
})
  .then((response) => response.json() as Promise<Answer>)
  .catch((error: unknown) => {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    process.stderr.write(
      `The hub does not answer at ${options.url ?? MADANG_URL}: ${reason}. Is it started (npm start)?\n`,
    );
    process.exit(1);
  });
process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
for (const { message, extensions } of answer.errors ?? []) {
  process.stderr.write(`${extensions?.code ?? "error"}: ${message}\n`);
}
process.exit(answer.errors === undefined && answer.data != null ? 0 : 1);
