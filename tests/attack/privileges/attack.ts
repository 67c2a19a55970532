import pg from "pg";
import { statement } from "../../../runtime/sql.ts";
import { API_CALLS } from "../../support/market-calls.ts";

const OBJECTS = statement(new URL("./objects.sql", import.meta.url));

/** An object and what may be done to it: by the catalogue, and what was really done. */
export type Touch = {
  readonly kind: string;
  readonly name: string;
  readonly right: string;
  readonly by: "catalogue" | "trial";
  /** of a chunk: its hypertable, whose rows it holds */
  readonly chunkOf: string | null;
};
export type Look = { readonly objects: number; readonly trials: number; readonly touches: readonly Touch[] };

type Row = { kind: string; name: string; rights: string[]; call: string | null; chunkOf: string | null };
type Trial = Omit<Touch, "by"> & { readonly sql: string };

/** What an attacker tries beside the objects: deeds that would lead out of the database or into others' rights. */
const DEEDS: readonly [right: string, sql: string][] = [
  ["make a large object", "SELECT lo_create(0)"],
  ["write a large object", "SELECT lo_from_bytea(0, 'x')"],
  ["read a file", "SELECT pg_read_file('postgresql.conf')"],
  ["list a folder", "SELECT pg_ls_dir('.')"],
  ["run a program", "COPY (SELECT 1) TO PROGRAM 'cat'"],
  ["write a file", "COPY (SELECT 1) TO '/tmp/madang'"],
  ["import a file", "SELECT lo_import('/etc/passwd')"],
  ["change the server", "ALTER SYSTEM SET log_statement = 'all'"],
  ["read passwords", "SELECT rolpassword FROM pg_authid"],
  ["read hashes of keys", "SELECT hash FROM market.api_key LIMIT 1"],
  ["read hashes of invitations' tokens", "SELECT token_hash FROM market.invitation LIMIT 1"],
  ["read statistics of columns", "SELECT FROM pg_statistic LIMIT 1"],
  ["add an extension", "CREATE EXTENSION IF NOT EXISTS pg_trgm"],
  ["make a schema", "CREATE SCHEMA planted"],
  ["make a temporary table", "CREATE TEMPORARY TABLE planted (a integer)"],
  ["run code", "DO $$ BEGIN END $$"],
  ["make a role", "CREATE ROLE planted"],
  ["drop chunks", "SELECT drop_chunks('open.observation', older_than => now())"],
  ["make a hypertable", "SELECT create_hypertable('open.release', by_range('published_at'))"],
  ["end a connection", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user"],
  ["switch the log", "SELECT pg_switch_wal()"],
  ["write the heap", "CHECKPOINT"],
  ["publish changes", "CREATE PUBLICATION planted FOR ALL TABLES"],
];

function trialsOf({ kind, name, call, chunkOf }: Row): Trial[] {
  const trial = (right: string, sql: string): Trial => ({ kind, name, chunkOf, right, sql });
  switch (kind) {
    case "relation":
      return [
        trial("SELECT", `SELECT FROM ${name} LIMIT 1`),
        trial("INSERT", `INSERT INTO ${name} DEFAULT VALUES`),
        trial("DELETE", `DELETE FROM ${name} WHERE false`),
        trial("TRUNCATE", `TRUNCATE ${name}`),
        trial("LOCK", `LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE NOWAIT`),
        trial("DROP", `DROP TABLE ${name}`),
      ];
    case "sequence":
      return [trial("USAGE", `SELECT nextval('${name}')`), trial("SELECT", `SELECT last_value FROM ${name}`)];
    case "function":
      return call === null ? [] : [trial("EXECUTE", call)];
    case "schema":
      return [trial("CREATE", `CREATE TABLE ${name}.planted (a integer)`)];
    case "role":
      return [trial("MEMBER", `SET LOCAL ROLE "${name}"`)];
    default:
      return [];
  }
}

/** Done, or stopped by a value only: the right was there. */
const isDone = (code: string | null): boolean => code === null || /^(2[23]|MD)/.test(code);

/** Runs a statement and undoes it; answers its SQLSTATE, or null when it was done. */
async function attempt(client: pg.Client, sql: string): Promise<string | null> {
  await client.query("SAVEPOINT trial");
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.query("ROLLBACK TO SAVEPOINT trial");
  }
}

/**
 * Lists every object of a database and all that a role may do to any of them: asks the catalogue as administrator, and
 * tries it with the role's own login.
 */
export async function look(admin: pg.Client, login: string, role: string): Promise<Look> {
  const { rows } = await admin.query<Row>({ text: OBJECTS.text, values: [role] });
  const touches: Touch[] = rows.flatMap(({ kind, name, rights, chunkOf }) =>
    rights.map((right) => ({ kind, name, chunkOf, right, by: "catalogue" as const })),
  );
  const trials = [
    ...rows.flatMap(trialsOf),
    ...DEEDS.map(([right, sql]) => ({ kind: "deed", name: right, chunkOf: null, right: "DONE", sql })),
  ];
  const client = new pg.Client({ connectionString: login });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL lock_timeout = '1s'");
    for (const { sql, ...touch } of trials)
      if (isDone(await attempt(client, sql))) touches.push({ ...touch, by: "trial" });
    await client.query("ROLLBACK");
  } finally {
    await client.end();
  }
  return { objects: rows.length, trials: trials.length, touches };
}

/** Whether a login is accepted. */
export async function entersWith(login: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: login, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Tables of the schema `hub` that the API must not read: keys of devices, records of processing, declared files. */
const CLOSED = new Set(["hub.device_key", "hub.processing_record", "hub.backfill"]);
/** What the API shows of the ledger: the budget of a day, and which dataset spent it. */
const LEDGER = new Set(["ledger.population_day", "ledger.debit"]);

/** What it reads of the market, of counted use and of the signed log; keys' hashes and invitations' tokens are not among it. */
const READ = new Set([
  ...[
    "access_version",
    "api_key",
    "audit",
    "audit_personal",
    "entitlement",
    "figures",
    "invitation",
    "leaf_secret",
  ].map((name) => `market.${name}`),
  ...["licence", "licence_event", "member", "message", "person", "transition"].map((name) => `market.${name}`),
  ...["cloud_event", "tally", "threshold_event", "usage_event"].map((name) => `meter.${name}`),
  ...["freshness", "leaf_salt", "log_entry", "log_node"].map((name) => `open.${name}`),
]);
/** By which alone it writes. */
const CALLS = new Set([...API_CALLS.map((name) => `market.${name}`), "meter.record", "meter.standing"]);

/**
 * Whether the API may do this: read what is published, the catalogue, the market and the two of the ledger, and call the
 * market's own functions; nothing else.
 */
export function isAllowed({ kind, name: own, chunkOf, right }: Touch, database: string): boolean {
  const name = chunkOf ?? own;
  if (kind === "database") return name === database && right === "CONNECT";
  if (kind === "schema") return ["hub", "open", "ledger", "market", "meter"].includes(name) && right === "USAGE";
  if (kind === "function") return CALLS.has(name.replace(/\(.*$/, "")) && right === "EXECUTE";
  if (kind !== "relation" || right !== "SELECT") return false;
  if (name.startsWith("hub.")) return !CLOSED.has(name);
  return LEDGER.has(name) || READ.has(name) || name.startsWith("open.published_");
}
