import { setInterval as every } from "node:timers";
import type { JWK } from "jose";
import type { Provider } from "oidc-provider";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { createPool } from "../../runtime/postgres.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { statement } from "../../runtime/sql.ts";
import { createAccounts } from "./accounts.ts";
import { createAdapter } from "./adapter.ts";
import { loadConfig } from "./config.ts";
import { putDemoAccounts } from "./demo.ts";
import { createProvider } from "./openid.ts";
import { createSeal } from "./seal.ts";
import { serveIdentity } from "./serve.ts";
import { readSigningKeys, tendSigningKeys } from "./signing-keys.ts";
import { createThrottle } from "./throttle.ts";

/** The embedded OpenID provider: sign-in without Keycloak. It listens on loopback; the front door leads here. */
const KEYS_EVERY_MS = 5_000;
const TIDY_EVERY_MS = 60_000;

const config = loadConfig();
const log = createLog("identity", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "identity");
const shutdown = orderlyShutdown(log, health);
const pool = createPool(config.HUB_DATABASE_URL, { name: "madang-identity", max: 8, statementTimeoutMs: 10_000, log });
shutdown.add("hub", () => pool.end());

const seal = createSeal(config.IDENTITY_SECRET);
const accounts = createAccounts(pool, config.IDENTITY_DEMO_ACCOUNTS !== undefined);
if (config.IDENTITY_DEMO_ACCOUNTS !== undefined) await putDemoAccounts(accounts, config.IDENTITY_DEMO_ACCOUNTS);

const provide = (keys: readonly JWK[]): Provider => {
  const provider = createProvider({
    issuer: config.IDENTITY_ISSUER,
    keys,
    cookieKey: seal.cookieKey,
    clientSecret: config.IDENTITY_CLIENT_SECRET,
    adapter: createAdapter(pool, seal),
    accounts,
  });
  provider.on("server_error", (_context, err) => log.error({ event: "identity.failed", err }));
  return provider;
};
const order = (keys: readonly JWK[]): string => keys.map(({ kid }) => kid).join();

await tendSigningKeys(pool, seal);
let keys = await readSigningKeys(pool, seal);
let provider = provide(keys);

/** A new key, or one whose time to sign has come, makes another provider over the same store: nobody is signed out. */
async function followKeys(): Promise<void> {
  await tendSigningKeys(pool, seal);
  const found = await readSigningKeys(pool, seal);
  if (order(found) === order(keys)) return;
  keys = found;
  provider = provide(found);
  log.info({ event: "identity.keys_changed", keys: found.length });
}
const TIDY = statement(new URL("./sql/drop-expired.sql", import.meta.url));
const repeat = (milliseconds: number, work: () => Promise<unknown>): void => {
  every(
    () => void work().catch((err: unknown) => log.warn({ event: "identity.chore_failed", err })),
    milliseconds,
  ).unref();
};
repeat(KEYS_EVERY_MS, followKeys);
repeat(TIDY_EVERY_MS, () => pool.query(TIDY));

const server = serveIdentity({
  issuer: config.IDENTITY_ISSUER,
  origin: new URL(config.IDENTITY_ISSUER).origin,
  provider: () => provider,
  accounts,
  throttle: createThrottle(pool, seal),
  seal,
  log,
  finished: () => health.finished(),
});
await new Promise<void>((resolve, reject) =>
  server.once("error", reject).listen(config.IDENTITY_PORT, "127.0.0.1", resolve),
);
shutdown.add("server", () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  return closed;
});
log.info({ event: "identity.listening", port: config.IDENTITY_PORT });
health.set("ready");
