import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";

const LEADER_LOCK = 7306;
const ASK_MS = 2_000;

/** Leads, or waits to; `stop` ends the work and gives the lead to another copy. */
export type Leadership = { stop(): Promise<void> };

/**
 * Runs work in one copy of the process at a time: the one that holds an advisory lock. It ends when the lock's
 * connection does, and another copy, or this one later, takes over.
 * @param work runs until its signal is aborted
 * @param onState told after each look whether the database answered
 */
export function lead(
  pool: Pool,
  log: Log,
  work: (signal: AbortSignal) => Promise<void>,
  onState: (ok: boolean) => void,
): Leadership {
  const end = new AbortController();
  const pause = () => sleep(ASK_MS, undefined, { signal: end.signal }).catch(() => {});

  const term = async (): Promise<void> => {
    const client = await pool.connect();
    const lost = new AbortController();
    const onLost = () => lost.abort();
    client.on("error", onLost);
    try {
      const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1, 0) AS mine", [
        LEADER_LOCK,
      ]);
      onState(true);
      if (rows[0]?.mine !== true) return;
      log.info({ event: "background.leads" });
      const working = work(AbortSignal.any([end.signal, lost.signal]));
      while (!end.signal.aborted && !lost.signal.aborted) {
        await pause();
        await client.query("SELECT 1").catch(onLost);
      }
      await working;
    } finally {
      client.off("error", onLost);
      // The connection is closed, and the lock with it.
      client.release(true);
    }
  };

  const leading = (async () => {
    while (!end.signal.aborted) {
      await term().catch((err: unknown) => {
        log.warn({ event: "background.no_lead", err });
        onState(false);
      });
      await pause();
    }
  })();
  return {
    async stop() {
      end.abort();
      await leading;
    },
  };
}
