import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { type LocalHandler, serveLocal } from "../../runtime/unix-http.ts";
import { readConfig } from "./config.ts";
import { controlDoor, ingestDoor, publicDoor } from "./doors.ts";
import { openKeyFile } from "./file.ts";
import { createKeyring } from "./keyring.ts";
import { openLogSigner } from "./log-signer.ts";

const LEASE_MS = 30_000;
const SETTLE_MS = 1_000;

const config = readConfig();
const log = createLog("keyring", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "keyring");
const shutdown = orderlyShutdown(log, health);

const store = openKeyFile(config.KEYRING_DIR);
const keyring = createKeyring(store, LEASE_MS);

const watched =
  (handler: LocalHandler): LocalHandler =>
  async (method, path, body) => {
    try {
      const answer = await handler(method, path, body);
      health.finished();
      return answer;
    } catch (err) {
      log.error({ event: "keyring.failed", err });
      throw err;
    }
  };

const doors = [
  [config.KEYRING_PUBLIC_SOCKET, publicDoor(keyring)],
  [config.KEYRING_INGEST_SOCKET, ingestDoor(keyring)],
  [config.KEYRING_CONTROL_SOCKET, controlDoor(keyring, openLogSigner(config.KEYRING_DIR))],
] as const;
for (const [path, handler] of doors) {
  const server = await serveLocal(path, watched(handler));
  shutdown.add("socket", async () => {
    server.close();
    server.closeAllConnections();
  });
}

const settling = setInterval(() => {
  keyring.settle().catch((err: unknown) => {
    // Only the note is missing until the next start; the key is gone.
    log.error({ event: "keyring.settle_failed", err });
    health.set("degraded", "processing records cannot be written");
  });
}, SETTLE_MS);
shutdown.add("settling", async () => clearInterval(settling));

health.set("ready");
log.info({ event: "process.ready", keys: store.days.length });
