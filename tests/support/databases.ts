import { createPool, type Pool } from "../../runtime/postgres.ts";
import type { HubEnvironment } from "./environment.ts";

export type Databases = { hub: Pool; edge: Pool; close(): Promise<void> };

/** Both databases with the administrator's rights: what a test may look at, and no process may. */
export function openDatabases({ hubDatabase, edgeDatabase }: Pick<HubEnvironment, "hubDatabase" | "edgeDatabase">) {
  const hub = createPool(hubDatabase, { name: "test", max: 4 });
  const edge = createPool(edgeDatabase, { name: "test", max: 4 });
  return { hub, edge, close: async () => void (await Promise.all([hub.end(), edge.end()])) } satisfies Databases;
}

/** The first column of the only row. */
export async function value<T>(pool: Pool, sql: string, parameters: unknown[] = []): Promise<T> {
  const { rows } = await pool.query({ text: sql, values: parameters, rowMode: "array" });
  const [row] = rows as unknown[][];
  if (row === undefined) throw new Error(`no row: ${sql}`);
  return row[0] as T;
}

/** The address of a database as seen by another role. */
export function asRole(url: string, role: string, password: string): string {
  const address = new URL(url);
  address.username = role;
  address.password = password;
  return address.href;
}
