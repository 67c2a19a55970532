import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "bullmq";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { PREFIX, QUEUES, type Ticket } from "../../runtime/queues.ts";
import { workerConnection } from "../../runtime/redis.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { readConfig } from "./config.ts";
import { publishFacts } from "./publish.ts";
import { publishFreshness } from "./publish-freshness.ts";
import { publishReports } from "./publish-reports.ts";

const TICK_MS = 1_000;
const MINUTE = 60_000;
/** Blocks end every three hours and days are sealed when they are: often enough to look. */
const REPORTS_MS = 5_000;
const QUEUE_CLOSE_MS = 2_000;

const config = readConfig();
const log = createLog("facts", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "facts");
const shutdown = orderlyShutdown(log, health);
const hub = createPool(config.HUB_DATABASE_URL, { name: "facts", max: 3, log });
const edge = createPool(config.EDGE_DATABASE_URL, { name: "facts", max: 3, log });
shutdown.add("databases", () => Promise.all([hub.end(), edge.end()]));

/** Publishes until nothing waits. A fault is logged by its code alone; the next tick tries again. */
async function work(): Promise<boolean> {
  try {
    for (let taken = 1; taken > 0; ) taken = await publishFacts(hub, edge);
    return true;
  } catch (err) {
    log.warn({ event: "facts.publish_failed", err });
    return false;
  }
}

const end = new AbortController();
let freshUntil = 0;
let judgedUntil = 0;
const ticking = (async () => {
  while (!end.signal.aborted) {
    let ok = await work();
    const now = Date.now();
    if (now >= freshUntil) {
      try {
        await publishFreshness(hub, edge, now);
        freshUntil = (Math.floor(now / MINUTE) + 1) * MINUTE;
      } catch (err) {
        ok = false;
        log.warn({ event: "facts.freshness_failed", err });
      }
    }
    if (now >= judgedUntil) {
      try {
        await publishReports(hub, edge);
        judgedUntil = now + REPORTS_MS;
      } catch (err) {
        ok = false;
        log.warn({ event: "facts.reports_failed", err });
      }
    }
    if (ok) health.finished();
    health.set(ok ? "ready" : "degraded", ok ? null : "The last publication failed; it is tried again.");
    await sleep(TICK_MS, undefined, { signal: end.signal }).catch(() => {});
  }
})();
shutdown.add("schedule", async () => {
  end.abort();
  await ticking;
});

const redis = workerConnection(config.REDIS_URL, log);
const worker = new Worker<Ticket, null>(
  QUEUES.facts,
  async () => {
    await work();
    return null;
  },
  { connection: redis, prefix: PREFIX },
);
worker.on("error", (err) => log.debug({ event: "facts.queue_error", err }));
shutdown.add("queue", async () => {
  // While Redis is away, closing waits for it without end.
  await Promise.race([worker.close(redis.status !== "ready"), sleep(QUEUE_CLOSE_MS)]);
  redis.disconnect();
});
log.info({ event: "process.started" });
