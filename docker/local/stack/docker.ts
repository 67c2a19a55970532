import { createHash } from "node:crypto";
import { join } from "node:path";
import { run } from "../command.ts";
import { Refusal } from "../refusal.ts";
import type { Secrets } from "../secrets.ts";
import type { Settings } from "../settings.ts";
import { waitForStore } from "./probe.ts";
import type { Stack, StackOptions } from "./types.ts";

const STORES = ["hub-database", "edge-database", "queue", "cache"];

/** True when a Docker engine and its compose plugin answer. */
export async function composeAnswers(): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  const engine = await run("docker", ["info", "--format", "{{.ServerVersion}}"], { signal });
  return engine.code === 0 && (await run("docker", ["compose", "version"], { signal })).code === 0;
}

/** One compose project per state folder, so that a test's stores stand beside a running hub's. */
const compose = (settings: Pick<Settings, "root" | "home">, ...args: string[]): string[] => [
  "compose",
  "--file",
  join(settings.root, "docker/compose.yaml"),
  "--project-name",
  `madang-${createHash("sha256").update(settings.home).digest("hex").slice(0, 8)}`,
  ...args,
];

function environment(settings: Settings, secrets: Secrets): NodeJS.ProcessEnv {
  return {
    ...process.env,
    MADANG_ADMIN_PASSWORD: secrets.admin,
    MADANG_REDIS_PASSWORD: secrets.redis,
    MADANG_HUB_DATABASE_PORT: String(settings.ports.hub),
    MADANG_EDGE_DATABASE_PORT: String(settings.ports.edge),
    MADANG_QUEUE_PORT: String(settings.ports.queue),
    MADANG_CACHE_PORT: String(settings.ports.cache),
  };
}

/** The four stores of docker/compose.yaml. */
export async function openDocker({ settings, secrets, progress, signal }: StackOptions): Promise<Stack> {
  const env = environment(settings, secrets);
  const stop = (): Promise<void> => closeDocker(settings, secrets, false);
  const { ports } = settings;
  const postgres = (port: number, database: string) =>
    `postgres://madang:${secrets.admin}@127.0.0.1:${port}/${database}`;
  const redis = (port: number) => `redis://:${secrets.redis}@127.0.0.1:${port}`;
  const addresses = {
    hub: postgres(ports.hub, "hub"),
    edge: postgres(ports.edge, "edge"),
    queue: redis(ports.queue),
    cache: redis(ports.cache),
  };
  try {
    await progress.step("stores by Docker", async () => {
      const up = await run("docker", compose(settings, "up", "--detach", "--wait", ...STORES), { env, signal });
      signal.throwIfAborted();
      if (up.code !== 0) throw new Refusal(`docker compose up failed:\n${up.output.trim()}`);
      for (const [name, url] of Object.entries(addresses)) await waitForStore(name, url, { limitMs: 60_000, signal });
      return "TimescaleDB × 2, Redis × 2";
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { kind: "docker", addresses, children: [], stop };
}

/** Removes the containers; with `data` their volumes too. */
export async function closeDocker(settings: Settings, secrets: Secrets, data: boolean): Promise<void> {
  const args = compose(settings, "down", "--timeout", "30", ...(data ? ["--volumes"] : []));
  const down = await run("docker", args, { env: environment(settings, secrets) });
  if (down.code !== 0) throw new Refusal(`docker compose down failed:\n${down.output.trim()}`);
}
