import { setTimeout as sleep } from "node:timers/promises";
import { HubError } from "../../core/errors.ts";
import { bothLanguages, QUOTA_TEXTS } from "../../core/licence/quota-texts.ts";
import type { Log } from "../../runtime/log.ts";
import { isTransient, type Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Metered, Usage } from "./meter.ts";

/** What one request used: one event for each dataset and operation, all of one id. */
export type Entry = {
  id: string;
  metered: Metered;
  /** the limit of the month, what was carried over included */
  limit: number;
  /** first day of the month it counts in */
  month: string;
  key: string | null;
  usages: readonly Usage[];
};

/** What the month comes to now; `refused` when the request would have been over the limit, and nothing of it is recorded. */
export type Recorded = { used: number; refused: boolean };

export type Recorder = { record(entry: Entry): Promise<Recorded>; close(): Promise<void> };

const RECORD = statement(new URL("./record.sql", import.meta.url));
/** How many requests one transaction takes. */
const AT_ONCE = 256;
/** How long an answer waits for its events while PostgreSQL is away. */
const PATIENCE_MS = 4_000;

type Row = { licence: string; month: string; used: number; refused: string[] };
type Waiting = Entry & { resolve: (recorded: Recorded) => void; reject: (error: unknown) => void };

/**
 * Records use in PostgreSQL, several requests in one transaction: those that come while one commits go with the next. An
 * entry that was sent and not confirmed is sent again: its id makes the second one harmless.
 */
export function createRecorder(pool: Pool, log: Log): Recorder {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    while (waiting.length > 0) await commit(waiting.splice(0, AT_ONCE));
  };
  const commit = async (batch: Waiting[]): Promise<void> => {
    try {
      const rows = await send(pool, batch);
      const byMonth = new Map(rows.map((row) => [`${row.licence} ${row.month}`, row]));
      for (const one of batch) {
        const row = byMonth.get(`${one.metered.licence} ${one.month}`);
        if (row === undefined) one.reject(new Error("what was recorded comes back"));
        else one.resolve({ used: row.used, refused: row.refused.includes(one.id) });
      }
    } catch (cause) {
      log.warn({ event: "meter.not_recorded", err: cause });
      const error = new HubError("ACCESS_UNCONFIRMED", bothLanguages(QUOTA_TEXTS.UNCONFIRMED()), {
        retryAfter: 5,
        cause,
      });
      for (const one of batch) one.reject(error);
    }
  };
  return {
    record: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...entry, resolve, reject });
        working ??= work().finally(() => {
          working = undefined;
        });
      }),
    close: async () => working,
  };
}

async function send(pool: Pool, batch: readonly Entry[]): Promise<Row[]> {
  const events = JSON.stringify(
    batch.flatMap(({ id, metered: { licence, organization }, limit, month, key, usages }) =>
      usages.map((usage) => ({ id, licence, organization, key, month, quota: limit, ...usage })),
    ),
  );
  const end = Date.now() + PATIENCE_MS;
  for (let pause = 50; ; pause *= 2) {
    try {
      return (await pool.query<Row>({ ...RECORD, values: [events] })).rows;
    } catch (error) {
      if (!mayPass(error) || Date.now() + pause > end) throw error;
      await sleep(pause);
    }
  }
}

/** Faults that end with time; a connection that broke or was not to be had has no code at all. */
const mayPass = (error: unknown): boolean =>
  isTransient(error) ||
  (error instanceof Error && !("code" in error) && /connect|terminated|timeout/i.test(error.message));
