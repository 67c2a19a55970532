import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { createPool, type Pool } from "../../../runtime/postgres.ts";

/** A pair of fresh databases with the migrations applied, beside whatever runs on the same servers. */
export type Stage = {
  /** With the administrator's rights: to prepare and to look. */
  hub: Pool;
  edge: Pool;
  /** The addresses as a process's role sees them: same login, that role's rights alone. */
  addresses(role: string): { hub: string; edge: string };
  /** Backs the hub's database up as it is, cutting off whoever uses it; the answer puts it back, as a restore does. */
  backUpHub(): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

export type Servers = { hub: string; edge: string };

/** The servers that the test runner names, or why there are none. */
export function findServers(environment: NodeJS.ProcessEnv = process.env): Servers | { reason: string } {
  const { HUB_DATABASE_URL: hub, EDGE_DATABASE_URL: edge } = environment;
  if (hub && edge) return { hub, edge };
  return {
    reason: "needs PostgreSQL with TimescaleDB: HUB_DATABASE_URL and EDGE_DATABASE_URL (administrator) not set",
  };
}

export async function openStage(servers: Servers): Promise<Stage> {
  const name = `release_${randomUUID().slice(0, 8)}`;
  const [hubUrl, edgeUrl] = await Promise.all([
    createDatabase(servers.hub, `hub_${name}`, "hub"),
    createDatabase(servers.edge, `edge_${name}`, "edge"),
  ]);
  const hub = createPool(hubUrl, { name: "stage", max: 4 });
  const edge = createPool(edgeUrl, { name: "stage", max: 4 });
  const backup = `hub_${name}_backup`;
  const recreate = (from: string, to: string) =>
    withClient(servers.hub, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS "${to}" WITH (FORCE)`);
      await client.query(`ALTER DATABASE "${from}" ALLOW_CONNECTIONS false`);
      await client.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1", [from]);
      await client.query(`CREATE DATABASE "${to}" TEMPLATE "${from}"`);
      await client.query(`ALTER DATABASE "${from}" ALLOW_CONNECTIONS true`);
    });
  return {
    hub,
    edge,
    async backUpHub() {
      await recreate(`hub_${name}`, backup);
      return () => recreate(backup, `hub_${name}`);
    },
    addresses: (role) => ({ hub: asRole(hubUrl, role), edge: asRole(edgeUrl, role) }),
    async close() {
      await Promise.all([hub.end(), edge.end()]);
      await Promise.all([
        dropDatabase(servers.hub, `hub_${name}`),
        dropDatabase(servers.hub, backup),
        dropDatabase(servers.edge, `edge_${name}`),
      ]);
    },
  };
}

async function createDatabase(server: string, name: string, database: "hub" | "edge"): Promise<string> {
  await withClient(server, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE template0`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const folder = new URL(`../../../prisma/${database}/migrations/`, import.meta.url);
  const migrations = readdirSync(folder)
    .filter((entry) => /^\d/.test(entry))
    .sort();
  for (const migration of migrations) {
    const sql = readFileSync(new URL(`${migration}/migration.sql`, folder), "utf8");
    await withClient(url.href, (client) => client.query(sql));
  }
  return url.href;
}

async function dropDatabase(server: string, name: string): Promise<void> {
  await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function asRole(address: string, role: string): string {
  const url = new URL(address);
  url.searchParams.set("options", `-c TimeZone=UTC -c role=${role}`);
  return url.href;
}
