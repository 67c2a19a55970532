import pg from "pg";
import type { Log } from "./log.ts";

export type Pool = pg.Pool;
export type Client = pg.PoolClient;
/** What a query function needs: a pool, or one client inside a transaction. */
export type Queryable = Pick<pg.Pool, "query"> | Pick<pg.PoolClient, "query">;

const BIGINT = 20;
const DATE = 1082;
const DATE_ARRAY = 1182;

const parsers: Record<number, (text: string) => unknown> = {
  // Counts and cell numbers of this hub stay below 2^53; H3 indexes travel as text.
  [BIGINT]: Number,
  // A calendar day is text, never an instant.
  [DATE]: (text) => text,
  [DATE_ARRAY]: (text) => (text === "{}" ? [] : text.slice(1, -1).split(",")),
};

/**
 * A pool whose sessions are in UTC, with `bigint` as number (all of ours are below 2^53) and `date` as text.
 * @param url with the role of this process
 * @param options.max connections at most
 * @param options.statementTimeoutMs 0 for none
 * @param options.answerTimeoutMs after which a server that says nothing at all is given up (default: never)
 * @param options.settings of each session, by name; values without spaces
 */
export function createPool(
  url: string,
  options: {
    name: string;
    max?: number;
    statementTimeoutMs?: number;
    answerTimeoutMs?: number;
    settings?: Readonly<Record<string, string>>;
    log?: Log;
  },
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 4,
    application_name: options.name,
    options: Object.entries({ ...options.settings, TimeZone: "UTC" })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    connectionTimeoutMillis: 5_000,
    ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
    ...(options.answerTimeoutMs !== undefined && { query_timeout: options.answerTimeoutMs }),
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that breaks is replaced at the next query; without this listener it would end the process.
  pool.on("error", (err) => options.log?.warn({ event: "postgres.idle_connection_lost", err }));
  return pool;
}

/**
 * Runs `work` in one transaction; rolls back and rethrows on any error.
 * @param isolation default READ COMMITTED
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: Client) => Promise<T>,
  isolation: "READ COMMITTED" | "REPEATABLE READ" | "SERIALIZABLE" = "READ COMMITTED",
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** True for faults that end with time: connection lost, server starting or stopping, deadlock, serialization. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === "string" &&
    (/^(08|57P0|53|40)/.test(code) || ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT"].includes(code))
  );
}
