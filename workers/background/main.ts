import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { PREFIX, QUEUES, type Ticket } from "../../runtime/queues.ts";
import { producerConnection } from "../../runtime/redis.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { checkMetering } from "./check-metering.ts";
import { readConfig } from "./config.ts";
import { keepLog, originOf } from "./keep-log.ts";
import { lead } from "./leader.ts";
import { logSignerAt } from "./log-signer.ts";
import { recordsAt, storeRecords } from "./records.ts";
import { sweepInbox } from "./sweep.ts";

const SWEEP_MS = 1_000;
const RECORDS_MS = 5_000;
const RETENTION_MS = 3_600_000;
const FORGET_MS = 60_000;
const METERING_MS = 6 * 3_600_000;
const MARKET_MS = 60_000;
/** When a duty that failed is tried again, at the latest. */
const AGAIN_MS = 30_000;

const config = readConfig();
const log = createLog("background", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "background");
const shutdown = orderlyShutdown(log, health);
const hub = createPool(config.HUB_DATABASE_URL, { name: "background", max: 3, log });
const edge = createPool(config.EDGE_DATABASE_URL, { name: "background", max: 3, log });
shutdown.add("databases", () => Promise.all([hub.end(), edge.end()]));
const redis = producerConnection(config.REDIS_URL, log);
const queue = new Queue<Ticket, null>(QUEUES.ingest, { connection: redis, prefix: PREFIX });
queue.on("error", (err) => log.debug({ event: "background.queue_error", err }));
shutdown.add("queue", async () => {
  await queue.close().catch(() => {});
  redis.disconnect();
});

const readRecords = recordsAt(config.KEYRING_CONTROL_SOCKET);
const logSigner = logSignerAt(config.KEYRING_CONTROL_SOCKET);
const origin = originOf(config.PUBLIC_URL);

/** What is wrong, for people: the database's fault before the log's. */
const faults = { database: null as string | null, log: null as string | null };
function tell(change: Partial<typeof faults>): void {
  Object.assign(faults, change);
  const fault = faults.database ?? faults.log;
  health.set(fault === null ? "ready" : "degraded", fault);
}

/** Repeats a duty until the lead ends. A fault is logged by its code, and the duty is tried again. */
async function repeat(signal: AbortSignal, ms: number, event: string, duty: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    let pause = ms;
    try {
      await duty();
      health.finished();
    } catch (err) {
      log.warn({ event, err });
      pause = Math.min(ms, AGAIN_MS);
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

const leadership = lead(
  hub,
  log,
  async (signal) => {
    const sent = new Map<string, number>();
    let stored = 0;
    await Promise.all([
      repeat(signal, SWEEP_MS, "background.sweep_failed", () => sweepInbox(edge, queue, sent, Date.now())),
      repeat(signal, RECORDS_MS, "background.records_failed", async () => {
        stored = await storeRecords(hub, readRecords, stored);
      }),
      repeat(signal, RETENTION_MS, "background.retention_failed", () => edge.query("SELECT edge.drop_expired()")),
      repeat(signal, RETENTION_MS, "background.retention_failed", () => edge.query("SELECT edge.drop_reports()")),
      repeat(signal, RETENTION_MS, "background.retention_failed", () =>
        hub.query("SELECT hub.remove_expired_records()"),
      ),
      // Licences end with their last day, requests lapse; the counts of a day that is over go to the log.
      repeat(signal, MARKET_MS, "background.market_failed", async () => {
        await hub.query("SELECT market.run_clock()");
        await hub.query("SELECT market.count_days()");
      }),
      repeat(signal, RETENTION_MS, "background.retention_failed", () => hub.query("SELECT market.remove_expired()")),
      repeat(signal, FORGET_MS, "background.forgetting_failed", () => edge.query("SELECT edge.forget_log()")),
      repeat(signal, METERING_MS, "background.metering_failed", () => checkMetering(hub, log)),
      keepLog(
        hub,
        logSigner,
        { origin, batchSeconds: config.LOG_BATCH_SECONDS, log, onState: (fault) => tell({ log: fault }) },
        signal,
      ),
    ]);
  },
  (ok) => tell({ database: ok ? null : "The hub database does not answer; it is asked again." }),
);
shutdown.add("leadership", () => leadership.stop());
log.info({ event: "process.started" });
