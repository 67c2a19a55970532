import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asRole } from "../../tests/support/databases.ts";
import { until } from "../../tests/support/wait.ts";
import type { Bench } from "../suite.ts";
import { type Line, line } from "./line.ts";

export type Replicas = { urls: string[]; database: Line; redis: Line; stop(): Promise<void> };

const ROOT = join(import.meta.dirname, "../..");
const FIRST_PORT = 40;

/** Starts front doors on ports of their own, which reach the hub's database and Redis by lines that can be broken. */
export async function startReplicas(bench: Bench, count: number): Promise<Replicas> {
  const { home, url, hubDatabase, redis } = bench;
  const secrets = JSON.parse(readFileSync(join(home, "secrets.json"), "utf8")) as { roles: { madang_api: string } };
  const own = Number(new URL(url).port);
  const lineTo = (address: string) => line(new URL(address).hostname, Number(new URL(address).port));
  const lines = { database: await lineTo(hubDatabase), redis: await lineTo(redis) };
  const by = (address: string, { port }: Line): string => {
    const changed = new URL(address);
    changed.hostname = "127.0.0.1";
    changed.port = String(port);
    return changed.href;
  };
  const children: ChildProcess[] = [];
  const urls: string[] = [];
  for (let nth = 0; nth < count; nth++) {
    const port = own + FIRST_PORT + nth;
    const folder = join(home, `front-${nth}`);
    mkdirSync(folder, { recursive: true });
    children.push(
      spawn(process.execPath, ["server/front/main.ts"], {
        cwd: ROOT,
        stdio: ["ignore", "ignore", "inherit"],
        env: {
          PATH: "/usr/bin:/bin",
          NODE_ENV: "production",
          TZ: "UTC",
          MADANG_HOME: folder,
          MADANG_PORT: String(port),
          MADANG_LOG: "silent",
          INTAKE_PORT: String(own + 1),
          IDENTITY_ISSUER: `${url}/realms/madang`,
          IDENTITY_KEYS_URL: `${url}/realms/madang/jwks`,
          HUB_DATABASE_URL: by(asRole(hubDatabase, "madang_api", secrets.roles.madang_api), lines.database),
          REDIS_URL: by(redis, lines.redis),
        },
      }),
    );
    urls.push(`http://127.0.0.1:${port}`);
  }
  const stop = async (): Promise<void> => {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all([lines.database.close(), lines.redis.close()]);
  };
  try {
    for (const each of urls)
      await until(`${each} answers`, async () => (await fetch(`${each}/readyz`)).ok, { limitMs: 60_000 });
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls, ...lines, stop };
}
