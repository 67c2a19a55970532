import { Redis } from "ioredis";
import pg from "pg";
import { Refusal } from "../refusal.ts";

/** Runs one statement with a connection of its own. */
export async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

/**
 * Waits until a store answers a question.
 * @param url postgres:// or redis://
 * @param options.givenUp says why there is nothing to wait for any more
 * @throws Refusal after `limitMs` with the store's last words, or when it is given up
 */
export async function waitForStore(
  name: string,
  url: string,
  options: { limitMs: number; signal: AbortSignal; givenUp?: () => string | null },
): Promise<void> {
  const ask = /^rediss?:/.test(url) ? () => ping(url) : () => query(url, "SELECT 1");
  for (const until = Date.now() + options.limitMs; ; ) {
    options.signal.throwIfAborted();
    try {
      await ask();
      return;
    } catch (error) {
      const why = options.givenUp?.();
      if (why) throw new Refusal(`${name} does not start: ${why}`);
      if (Date.now() > until)
        throw new Refusal(`${name} does not answer within ${options.limitMs / 1000} s: ${(error as Error).message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The same server's address with another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** The same database's address for another role. */
export function withRole(url: string, role: string, password: string): string {
  const other = new URL(url);
  other.username = role;
  other.password = encodeURIComponent(password);
  return other.href;
}
