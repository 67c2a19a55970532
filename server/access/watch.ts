import { performance } from "node:perf_hooks";
import pg from "pg";
import { HubError } from "../../core/errors.ts";
import type { Log } from "../../runtime/log.ts";
import { statement } from "../../runtime/sql.ts";

/** How often the primary is asked for the version of all access. */
export const POLL_MS = 250;
/** A version that was confirmed longer ago than this says nothing any more. */
const UNCONFIRMED_AFTER_MS = 750;
/** How long a question waits for a confirmation on its way, before it is refused. */
const PATIENCE_MS = 1_000;
const QUERY_LIMIT_MS = 600;
const CONNECT_LIMIT_MS = 1_000;
const AGAIN_MS = 100;

const VERSION = statement(new URL("./access-version.sql", import.meta.url));

/** What this process knows of the version of all access: raised whenever any access is given or taken. */
export type Watch = {
  /** The version, when it was confirmed no longer than 750 ms ago, else null. */
  version(): number | null;
  /**
   * The version; where it is not confirmed, after a moment in which it may be.
   * @throws HubError ACCESS_UNCONFIRMED
   */
  confirmed(): Promise<number>;
  /** Calls `listener` at each version that is not the one before. */
  onChange(listener: (version: number) => void): void;
  close(): Promise<void>;
};

const unconfirmed = () =>
  new HubError("ACCESS_UNCONFIRMED", "Licensed data rest until the hub can confirm who may read them.", {
    retryAfter: 1,
  });

/**
 * Follows `market.access_version` on a connection of its own to the primary: asked every 250 ms, and at once when PostgreSQL
 * notifies. The age of a version counts from when it was asked for, not from its answer. A standby confirms nothing.
 * @param url with the role of this process
 */
export function watchAccess(url: string, name: string, log: Log): Watch {
  let known: { version: number; askedAt: number } | null = null;
  let closed = false;
  let client: pg.Client | null = null;
  let wake: () => void = () => {};
  const listeners: ((version: number) => void)[] = [];
  const waiting = new Set<() => void>();

  const version = (): number | null =>
    known !== null && performance.now() - known.askedAt <= UNCONFIRMED_AFTER_MS ? known.version : null;

  function seen(next: number, askedAt: number): void {
    const changed = known?.version !== next;
    known = { version: next, askedAt };
    if (changed) for (const listener of listeners) listener(next);
    for (const done of waiting) done();
    waiting.clear();
  }

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function follow(): Promise<void> {
    const own = new pg.Client({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      query_timeout: QUERY_LIMIT_MS,
      keepAlive: true,
    });
    client = own;
    // Without a listener an error of an idle connection would end the process; the next question sees it too.
    own.on("error", () => wake());
    let heard = 0;
    own.on("notification", () => {
      heard += 1;
      wake();
    });
    try {
      await own.connect();
      await own.query("LISTEN market_access");
      while (!closed) {
        const [askedAt, before] = [performance.now(), heard];
        const { rows } = await own.query<{ version: string }>(VERSION);
        const [row] = rows;
        if (row === undefined) throw new Error("not the primary");
        seen(Number(row.version), askedAt);
        // What was notified while the question was on its way may be newer than its answer.
        if (heard === before) await rest(Math.max(0, POLL_MS - (performance.now() - askedAt)));
      }
    } finally {
      client = null;
      destroy(own);
    }
  }

  const running = (async () => {
    let isAway = false;
    while (!closed) {
      await follow().catch((err: unknown) => {
        if (!isAway && !closed) log.warn({ event: "access.unconfirmed", err });
        isAway = true;
      });
      if (!closed) await rest(AGAIN_MS);
      isAway = isAway && version() === null;
    }
  })();

  return {
    version,
    async confirmed() {
      const now = version();
      if (now !== null) return now;
      wake();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
      const later = version();
      if (later === null) throw unconfirmed();
      return later;
    },
    onChange(listener) {
      listeners.push(listener);
    },
    async close() {
      closed = true;
      wake();
      if (client !== null) destroy(client);
      await running;
    },
  };
}

/** Ends a connection that may no longer answer: a farewell could wait for ever. */
function destroy(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy: () => void } } };
  connection.stream.destroy();
}
