import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import copyStreams from "pg-copy-streams";
import { childrenByParent } from "../../docker/local/pids.ts";
import type { Pool } from "../../runtime/postgres.ts";
import type { Processes } from "./processes.ts";
import type { Finder } from "./search.ts";

/** Every key of a Redis with its serialised value. */
export async function* redisContent(redis: Redis): AsyncGenerator<Buffer> {
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "COUNT", 1000);
    cursor = next;
    for (const key of keys) {
      yield Buffer.from(`${key}\n`);
      yield (await redis.dumpBuffer(key)) ?? Buffer.alloc(0);
    }
  } while (cursor !== "0");
}

/** What each table and materialised view of a database holds of the needles, rows as text; others are left out. */
export async function searchTables(pool: Pool, find: Finder): Promise<Map<string, Set<number>>> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const result = new Map<string, Set<number>>();
  const client = await pool.connect();
  try {
    for (const { name } of rows) {
      const dump = client.query(copyStreams.to(`COPY (SELECT t::text FROM ${name} t) TO STDOUT`));
      try {
        const found = await find(dump as AsyncIterable<Buffer>);
        if (found.size > 0) result.set(name, found);
      } catch (error) {
        // A chunk that was dropped meanwhile holds nothing.
        if ((error as { code?: string }).code !== "42P01") throw error;
      }
    }
  } finally {
    client.release();
  }
  return result;
}

/** The numbers of every process of the hub: those that the supervisor started, and what they started in turn. */
export function processNumbers(processes: Processes): { name: string; pid: number }[] {
  const children = childrenByParent();
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return processes
    .state()
    .processes.flatMap(({ name, id }) => (id === null ? [] : below(id.pid).map((pid) => ({ name, pid }))));
}

/** A file of /proc/PID, or empty when the process has ended meanwhile. */
export function procFile(pid: number, name: "environ" | "limits" | "cmdline"): Buffer {
  try {
    return readFileSync(`/proc/${pid}/${name}`);
  } catch {
    return Buffer.alloc(0);
  }
}
