import { type Client, createPool } from "../../../runtime/postgres.ts";
import type { Stage } from "../../support/stage/stage.ts";

/** Many connections to one database of a stage, that begin at the same instant. */
export type Crowd = {
  readonly size: number;
  /**
   * Runs work once on each connection, in a transaction of its own; all wait for one lock and get it together.
   * @returns in order: null where it committed, else the SQLSTATE of its refusal
   */
  race(work: (client: Client, index: number) => Promise<unknown>): Promise<(string | null)[]>;
  close(): Promise<void>;
};

const START = 7399;
/** So many connect at a time: a server forks one process each. */
const AT_ONCE = 16;

/** @param address of the database as the role that the crowd plays */
export async function gather(stage: Stage, database: "hub" | "edge", role: string, size: number): Promise<Crowd> {
  const pool = createPool(stage.addresses(role)[database], { name: "crowd", max: size });
  const clients: Client[] = [];
  const close = async () => {
    for (const client of clients) client.release();
    await pool.end();
  };
  try {
    while (clients.length < size) {
      const more = Math.min(AT_ONCE, size - clients.length);
      clients.push(...(await Promise.all(Array.from({ length: more }, () => pool.connect()))));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    size,
    close,
    async race(work) {
      const gun = await stage[database].connect();
      try {
        await gun.query("SELECT pg_advisory_lock($1)", [START]);
        const runners = clients.map(async (client, index) => {
          await client.query("BEGIN");
          await client.query("SELECT pg_advisory_xact_lock_shared($1)", [START]);
          try {
            await work(client, index);
            await client.query("COMMIT");
            return null;
          } catch (error) {
            await client.query("ROLLBACK");
            const { code } = error as { code?: string };
            if (code === undefined) throw error;
            return code;
          }
        });
        await waiting(stage, database, size);
        await gun.query("SELECT pg_advisory_unlock($1)", [START]);
        return await Promise.all(runners);
      } finally {
        gun.release();
      }
    },
  };
}

/** Waits until everybody stands at the line. */
async function waiting(stage: Stage, database: "hub" | "edge", size: number): Promise<void> {
  for (;;) {
    const { rows } = await stage[database].query<{ n: number }>(
      `SELECT count(*) AS n FROM pg_locks
        WHERE locktype = 'advisory' AND objid = $1 AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [START],
    );
    if ((rows[0]?.n ?? 0) >= size) return;
  }
}
