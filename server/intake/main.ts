import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { producerConnection } from "../../runtime/redis.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { createBodies } from "./body.ts";
import { readConfig } from "./config.ts";
import { createInbox } from "./inbox.ts";
import { createIntakeServer } from "./listen.ts";
import { createPublicKeys } from "./public-keys.ts";
import { createRateLimit } from "./rate.ts";
import { createRegistry } from "./registry.ts";
import { createTickets } from "./tickets.ts";

/** A batch is durable within five seconds of its receipt or not at all: the closing of windows waits that long. */
const STATEMENT_MS = 4_000;
const BATCHES_PER_SECOND = 200;
const BURST = 400;

const config = readConfig();
const log = createLog("intake", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "intake");
const shutdown = orderlyShutdown(log, health);

const hub = createPool(config.HUB_DATABASE_URL, { name: "intake", max: 3, statementTimeoutMs: STATEMENT_MS, log });
shutdown.add("hub", () => hub.end());
const edge = createPool(config.EDGE_DATABASE_URL, { name: "intake", max: 4, statementTimeoutMs: STATEMENT_MS, log });
shutdown.add("edge", () => edge.end());
const redis = producerConnection(config.REDIS_URL, log);
shutdown.add("redis", async () => redis.disconnect());
const tickets = createTickets(redis, log);
shutdown.add("tickets", () => tickets.close());

const registry = createRegistry(hub, log);
shutdown.add("registry", async () => registry.stop());
await registry.start();

const server = createIntakeServer(
  {
    bodies: createBodies(),
    registry,
    tickets,
    inbox: createInbox(edge, log),
    publicKeys: createPublicKeys(config.KEYRING_PUBLIC_SOCKET),
    rateLimit: createRateLimit(BATCHES_PER_SECOND, BURST),
    clock: Date.now,
  },
  log,
  health,
);
await new Promise<void>((resolve, reject) => {
  server.once("error", reject);
  server.listen(config.INTAKE_PORT, "127.0.0.1", resolve);
});
shutdown.add("server", async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
  await closed;
});

const watch = setInterval(() => {
  if (!registry.usable()) health.set("degraded", "the hub database has not answered for a minute");
  else if (registry.failing()) health.set("degraded", "the hub database does not answer");
  else health.set("ready");
}, 1_000);
shutdown.add("watch", async () => clearInterval(watch));
health.set(registry.failing() ? "degraded" : "ready");
log.info({ event: "process.ready", port: config.INTAKE_PORT });
