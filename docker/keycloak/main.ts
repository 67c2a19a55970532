import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { tied } from "../local/child.ts";
import { DEMO_EMAILS } from "../local/demo-accounts.ts";
import { type DemoUser, disableUser, openAdmin, putDemoUser } from "./admin.ts";
import { loadConfig } from "./config.ts";
import { prepareJava } from "./java.ts";

/**
 * Runs Keycloak as the hub's sign-in provider: on loopback, with a database of its own in the hub's folder, and ready once
 * its realm has the client's secret and the demo accounts that this hub's address allows.
 */
const config = loadConfig();
const log = createLog("keycloak", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "keycloak");
const shutdown = orderlyShutdown(log, health, 11_000);

const { args, env, cwd } = prepareJava(config);
const [command, tiedArgs] = tied("java", args, "KILL");
const java = spawn(command, tiedArgs, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
const ended = new Promise<void>((resolve) => java.once("exit", () => resolve()));
let stopping = false;
java.on("error", (err) => log.error({ event: "keycloak.not_started", err }));
void ended.then(() => {
  if (!stopping) process.exit(1);
});
shutdown.add("keycloak", async () => {
  stopping = true;
  java.kill("SIGTERM");
  await Promise.race([ended, sleep(9_000)]);
  java.kill("SIGKILL");
});

health.set("starting", "Keycloak starts");
const isUp = async (): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${config.IDENTITY_HEALTH_PORT}/health/ready`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok === true;
};
while (!(await isUp())) await sleep(300);

health.set("starting", "Keycloak is told its accounts");
const admin = await openAdmin(`http://127.0.0.1:${config.IDENTITY_PORT}`, config.IDENTITY_ADMIN_SECRET);
const demo: DemoUser[] =
  config.IDENTITY_DEMO_ACCOUNTS === undefined ? [] : JSON.parse(readFileSync(config.IDENTITY_DEMO_ACCOUNTS, "utf8"));
for (const user of demo) await putDemoUser(admin, user);
if (config.IDENTITY_DEMO_ACCOUNTS === undefined) for (const email of DEMO_EMAILS) await disableUser(admin, email);
log.info({ event: "keycloak.ready", port: config.IDENTITY_PORT, demo: demo.length });
health.set("ready");
