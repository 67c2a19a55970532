// Checks that the migrations lead to the committed structure, constraints, triggers, functions and grants included, and
// that schema.prisma says the same of the catalogue. `--write` writes the structure instead.
// Environment: HUB_DATABASE_URL, EDGE_DATABASE_URL with a role that may make databases; two are made and dropped.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { parseConfig, variables } from "../runtime/config.ts";
import { statement } from "../runtime/sql.ts";
import { type Database, deploy, difference } from "./migrate/engine.ts";
import { ensureRoles, ROLES } from "./roles.ts";

const SCHEMAS: Record<Database, string[]> = {
  hub: ["hub", "identity", "ledger", "market", "meter", "open"],
  edge: ["edge"],
};
const structure = statement(new URL("./structure/structure.sql", import.meta.url));

async function inScratch<T>(adminUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `drift_${crypto.randomUUID().replaceAll("-", "")}`;
  const scratch = new URL(adminUrl);
  scratch.pathname = `/${name}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await ensureRoles(admin, {}, ROLES);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    return await work(scratch.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

async function structureOf(database: Database, url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(structure.text, [SCHEMAS[database]]);
    return `${rows.map((row) => row.line).join("\n")}\n`;
  } finally {
    await client.end();
  }
}

function firstDifference(committed: string, found: string): string {
  const known = new Set(committed.split("\n"));
  const now = new Set(found.split("\n"));
  const missing = [...known].filter((line) => !now.has(line)).map((line) => `  - ${line}`);
  const extra = [...now].filter((line) => !known.has(line)).map((line) => `  + ${line}`);
  return [...missing, ...extra].slice(0, 20).join("\n");
}

const config = parseConfig({
  HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
  EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL,
});
const write = process.argv.includes("--write");
const faults: string[] = [];
for (const [database, adminUrl] of [
  ["hub", config.HUB_DATABASE_URL],
  ["edge", config.EDGE_DATABASE_URL],
] as const) {
  await inScratch(adminUrl, async (url) => {
    await deploy(database, url);
    const file = fileURLToPath(new URL(`./structure/${database}.txt`, import.meta.url));
    const found = await structureOf(database, url);
    if (write) await writeFile(file, found);
    else {
      const committed = await readFile(file, "utf8");
      if (committed !== found)
        faults.push(`the ${database} migrations lead elsewhere:\n${firstDifference(committed, found)}`);
    }
    if (database === "hub") {
      const sql = await difference("database", url);
      if (sql !== "") faults.push(`schema.prisma and the migrations differ:\n${sql}`);
    }
  });
}
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
