import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { subgraphs } from "../../schema/subgraphs.ts";
import { sessions } from "../access/sessions.ts";
import { watchAccess } from "../access/watch.ts";
import { loadConfig, subgraphPort } from "./config.ts";
import { hostSubgraph } from "./host.ts";
import { serveSubgraph } from "./http.ts";
import { openReadPool } from "./hub.ts";

/** Serves the subgraphs named in MADANG_SUBGRAPHS over HTTP, each on its own port, for a gateway elsewhere. */
const config = loadConfig();
const log = createLog("subgraphs", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "subgraphs");
const shutdown = orderlyShutdown(log, health);
const hub = openReadPool(config.HUB_DATABASE_URL, "madang-subgraphs", log);
shutdown.add("hub", () => hub.end());

const watch = watchAccess(config.HUB_DATABASE_URL, "madang-subgraphs-access", log);
shutdown.add("access", watch.close);
const openSession = sessions({ hub, watch, now: Date.now });
for (const subgraph of subgraphs.filter(({ name }) => config.MADANG_SUBGRAPHS.includes(name))) {
  const server = await hostSubgraph(subgraph, log);
  const http = serveSubgraph(server, {
    name: subgraph.name,
    internalKey: config.INTERNAL_KEY,
    now: Date.now,
    context: openSession,
  });
  http.on("request", (_request, response) => response.once("finish", () => health.finished()));
  const port = subgraphPort(config.MADANG_PORT, subgraph.name);
  await new Promise<void>((resolve, reject) => http.once("error", reject).listen(port, config.MADANG_HOST, resolve));
  shutdown.add(subgraph.name, async () => {
    http.closeIdleConnections();
    await new Promise((resolve) => http.close(resolve));
    await server.stop();
  });
  log.info({ event: "subgraph.listening", subgraph: subgraph.name, port });
}
health.set("ready");
