import { Worker } from "bullmq";
import { HubError } from "../../core/errors.ts";
import { isUuid } from "../../core/ids.ts";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { PREFIX, QUEUES, type Ticket } from "../../runtime/queues.ts";
import { producerConnection, workerConnection } from "../../runtime/redis.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import { createCollector } from "./collect.ts";
import { readConfig } from "./config.ts";
import { createKeys } from "./keys.ts";
import { createParking } from "./parking.ts";
import { createTickets } from "./tickets.ts";
import { noteEnded, work } from "./work.ts";

const STATEMENT_MS = 20_000;
const CATALOGUE_MS = 5_000;
const SWEEP_MS = 2_000;
/** Jobs held at once: two groups at work and the next two coming together. */
const CONCURRENCY = 80;

const config = readConfig();
const log = createLog("ingest", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "ingest");
const shutdown = orderlyShutdown(log, health);

const hub = createPool(config.HUB_DATABASE_URL, { name: "ingest", max: 2, statementTimeoutMs: STATEMENT_MS, log });
shutdown.add("hub", () => hub.end());
const edge = createPool(config.EDGE_DATABASE_URL, { name: "ingest", max: 5, statementTimeoutMs: STATEMENT_MS, log });
shutdown.add("edge", () => edge.end());
const producer = producerConnection(config.REDIS_URL, log);
shutdown.add("producer", async () => producer.disconnect());
const tickets = createTickets(producer, log);
shutdown.add("tickets", () => tickets.close());
const keys = createKeys(config.KEYRING_INGEST_SOCKET, log);
shutdown.add("keys", async () => keys.close());

let current: Catalogue | null = null;
let reading: Promise<Catalogue> | null = null;
async function catalogue(notBefore = 0): Promise<Catalogue> {
  while (current === null || current.readAt < notBefore) {
    reading ??= readCatalogue(hub, Date.now()).finally(() => {
      reading = null;
    });
    current = await reading;
  }
  return current;
}

const parking = createParking(edge, tickets, log, (batch) => {
  collector.submit(batch).catch((err: unknown) => log.warn({ event: "ingest.retry_failed", err }));
});
const tools = { edge, keys, catalogue, tickets, log, clock: Date.now };
const collector = createCollector(async (ids) => {
  for (const { batch, days } of await work(ids, tools)) parking.park(batch.batch, batch.population, days);
  health.finished();
});
shutdown.add("parking", async () => parking.close());

const refresh = setInterval(() => {
  catalogue(Date.now()).catch((err: unknown) => log.warn({ event: "ingest.catalogue_unread", err }));
}, CATALOGUE_MS);
const sweep = setInterval(() => {
  noteEnded(tools).catch((err: unknown) => log.debug({ event: "ingest.ends_unread", err }));
}, SWEEP_MS);
shutdown.add("timers", async () => {
  clearInterval(refresh);
  clearInterval(sweep);
});

const worker = new Worker<Ticket>(
  QUEUES.ingest,
  async ({ data: { id } }) => {
    if (!isUuid(id)) return null;
    try {
      await collector.submit(id);
    } catch (err) {
      log.warn({ event: "ingest.group_failed", err });
      // The reason of a failed job stays in Redis: a code and nothing else (rule P11).
      throw new Error(err instanceof HubError ? err.code : "STORE_UNAVAILABLE");
    }
    return null;
  },
  {
    connection: workerConnection(config.REDIS_URL, log),
    prefix: PREFIX,
    concurrency: CONCURRENCY,
    // What a killed worker held comes back after this time; a working one renews it.
    lockDuration: 10_000,
    stalledInterval: 5_000,
    skipVersionCheck: true,
  },
);
worker.on("error", (err) => log.debug({ event: "ingest.worker_error", err }));
shutdown.add("worker", () => worker.close());

health.set("ready");
log.info({ event: "process.ready" });
