import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { ANONYMOUS } from "../../core/licence/principal.ts";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { producerConnection } from "../../runtime/redis.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { subgraphs } from "../../schema/subgraphs.ts";
import { networks } from "../access/address.ts";
import { keyCheck } from "../access/keys.ts";
import { tokenPrincipals } from "../access/persons.ts";
import { principals } from "../access/principal.ts";
import { sessions } from "../access/sessions.ts";
import { watchAccess } from "../access/watch.ts";
import { serveAudit } from "../exports/audit.ts";
import { serveExports } from "../exports/serve.ts";
import { createGateway } from "../gateway/gateway.ts";
import { verifierOf } from "../identity/provider.ts";
import { serveLog } from "../log/serve.ts";
import { bills } from "../meter/bills.ts";
import { createMeter } from "../meter/create.ts";
import { subgraphPort } from "../subgraphs/config.ts";
import { hostSubgraph } from "../subgraphs/host.ts";
import { openReadPool } from "../subgraphs/hub.ts";
import { loadConfig } from "./config.ts";
import { proxyToIntake } from "./edge.ts";
import { serveGraphql } from "./graphql.ts";
import { proxyToIdentity, signInOrigins } from "./identity.ts";
import { servePortal } from "./portal.ts";
import { servePrivacyCards } from "./privacy-cards.ts";
import { route } from "./router.ts";

/** How long a request waits for a reservation while Redis hangs. */
const METER_LIMIT_MS = 1_000;

/** The front door: portal, graph, exports and the way to the intake, on one port. */
const config = loadConfig();
const log = createLog("front", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "front");
const shutdown = orderlyShutdown(log, health);
const sdl = (name: string) => readFileSync(new URL(`../../schema/sdl/${name}.graphqls`, import.meta.url), "utf8");

const hub = openReadPool(config.HUB_DATABASE_URL, "madang-front", log);
shutdown.add("hub", () => hub.end());
const watch = watchAccess(config.HUB_DATABASE_URL, "madang-front-access", log);
shutdown.add("access", watch.close);
const trusted = networks(config.MADANG_TRUSTED_PROXIES);
const principalOf = principals({
  verifyToken: verifierOf(config),
  ofToken: tokenPrincipals(hub, watch),
  ofKey: keyCheck(hub, watch, Date.now, log),
  trusted,
});
const openSession = sessions({ hub, watch, now: Date.now });
const redis = producerConnection(config.REDIS_URL, log, METER_LIMIT_MS);
const counting = createPool(config.HUB_DATABASE_URL, {
  name: "madang-front-meter",
  max: 2,
  statementTimeoutMs: 4_000,
  // An answer waits for its events: a server that hangs must not hold it for ever.
  answerTimeoutMs: 5_000,
  log,
});
const meter = createMeter({ redis, pool: counting, log });
shutdown.add("meter", async () => {
  await meter.close();
  redis.disconnect();
  await counting.end();
});
const billOf = bills(meter, hub, watch.version);

const remote = new Map(
  [...new Set([...config.MADANG_SUBGRAPHS, ...config.MADANG_SUBGRAPH_URLS.keys()])].map((name) => [
    name,
    config.MADANG_SUBGRAPH_URLS.get(name) ?? `http://127.0.0.1:${subgraphPort(config.MADANG_PORT, name)}/graphql`,
  ]),
);
const local = new Map(
  await Promise.all(
    subgraphs
      .filter(({ name }) => !remote.has(name))
      .map(async (part) => [part.name, await hostSubgraph(part, log)] as const),
  ),
);
shutdown.add("subgraphs", () => Promise.all([...local.values()].map((server) => server.stop())));
const gateway = createGateway({ supergraph: sdl("supergraph"), local, remote, internalKey: config.INTERNAL_KEY, log });
shutdown.add("gateway", gateway.dispose);
const edge = proxyToIntake(config.INTAKE_PORT);
shutdown.add("edge", async () => edge.close());
const identity = proxyToIdentity({
  issuer: config.IDENTITY_ISSUER,
  kind: config.IDENTITY_KIND,
  upstream: config.IDENTITY_UPSTREAM,
  trusted,
});
shutdown.add("identity", async () => identity.close());

let stopping = false;
const server = createServer(
  { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 },
  route({
    portal: servePortal(new URL("../../portal/dist", import.meta.url).pathname, signInOrigins(config)),
    graphql: serveGraphql(gateway, principalOf, openSession, billOf),
    exports: serveExports(principalOf, openSession, billOf),
    audit: serveAudit(principalOf, openSession),
    privacy: servePrivacyCards(() => openSession(ANONYMOUS)),
    transparency: serveLog(hub),
    edge,
    identity,
    sdl: sdl("api"),
    hub,
    isStopping: () => stopping,
    log,
  }),
);
server.timeout = 120_000; // a reader that stalls in a long export
server.maxConnections = 4_096;
server.on("request", (_request, response) => response.once("finish", () => health.finished()));
await new Promise<void>((resolve, reject) =>
  server.once("error", reject).listen(config.MADANG_PORT, config.MADANG_HOST, resolve),
);
shutdown.add("server", () => {
  stopping = true;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
  return closed;
});
log.info({ event: "front.listening", port: config.MADANG_PORT, remote: [...remote.keys()] });
health.set("ready");
