import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "bullmq";
import { z } from "zod";
import { isDay } from "../../core/time.ts";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { PREFIX, QUEUES, type Ticket } from "../../runtime/queues.ts";
import { workerConnection } from "../../runtime/redis.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { openCatalogue } from "./catalogue.ts";
import { readConfig } from "./config.ts";
import type { Context } from "./context.ts";
import { armCrash } from "./crash.ts";
import { keyringAt } from "./keyring.ts";
import { startSchedule } from "./schedule.ts";
import { serialise } from "./serialise.ts";
import { workDay } from "./work-day.ts";

/** Populations worked side by side; each holds one connection for its lock and one for its work. */
const POPULATIONS = 4;
const QUEUE_CLOSE_MS = 2_000;

const ticket = z
  .string()
  .regex(/^\d{1,9}\.\d{4}-\d{2}-\d{2}$/)
  .transform((id) => ({ population: Number(id.split(".")[0]), day: id.slice(-10) }))
  .refine(({ day }) => isDay(day));

const config = readConfig();
const log = createLog("release", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "release");
const shutdown = orderlyShutdown(log, health);

const hub = createPool(config.HUB_DATABASE_URL, { name: "release", max: POPULATIONS + 2, log });
const edge = createPool(config.EDGE_DATABASE_URL, { name: "release", max: 2 * POPULATIONS + 2, log });
shutdown.add("databases", () => Promise.all([hub.end(), edge.end()]));

const context: Context = {
  hub,
  edge,
  catalogue: openCatalogue(hub),
  destroyKey: keyringAt(config.KEYRING_CONTROL_SOCKET),
  crash: armCrash(config.MADANG_CRASH_AT),
  log,
};
const request = serialise(POPULATIONS, (population, day) => workDay(context, population, day));

const schedule = startSchedule(context, request, (ok) => {
  if (ok) health.finished();
  health.set(ok ? "ready" : "degraded", ok ? null : "The last look at the open days failed; it is tried again.");
});
shutdown.add("schedule", () => schedule.stop());

const redis = workerConnection(config.REDIS_URL, log);
const worker = new Worker<Ticket, null>(
  QUEUES.release,
  async (job) => {
    const asked = ticket.safeParse(job.data.id);
    if (!asked.success) return null;
    try {
      await request(asked.data.population, asked.data.day);
    } catch (err) {
      // The schedule looks again in a second; nothing of the fault goes to Redis (rule P11).
      log.warn({ event: "release.ticket_failed", err });
    }
    return null;
  },
  { connection: redis, prefix: PREFIX, concurrency: 16 },
);
worker.on("error", (err) => log.debug({ event: "release.queue_error", err }));
shutdown.add("queue", async () => {
  // While Redis is away, closing waits for it without end.
  await Promise.race([worker.close(redis.status !== "ready"), sleep(QUEUE_CLOSE_MS)]);
  redis.disconnect();
});
log.info({ event: "process.started" });
