import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { askHealth } from "../../../runtime/health.ts";
import type { CrashPoint } from "../../../workers/release/crash.ts";
import { until } from "../wait.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A state folder with a keyring of its own, and release workers that can be killed. */
export type House = {
  home: string;
  controlSocket: string;
  publicSocket: string;
  /** Starts the release worker; armed, it ends itself by SIGKILL at that point. */
  release(addresses: { hub: string; edge: string }, crashAt?: CrashPoint): ChildProcess;
  /** Starts a front door that reads a hub database of its own; answers its address once it is ready. */
  front(hubAddress: string): Promise<string>;
  close(): Promise<void>;
};

/** How a process ended: its signal or its exit code. */
export async function ending(child: ChildProcess): Promise<string | number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode;
}

/**
 * @param options.log level of the workers' logs (default `warn`)
 * @param options.onOutput told all that they write
 */
export async function openHouse(options: { log?: string; onOutput?: (text: string) => void } = {}): Promise<House> {
  const home = mkdtempSync(join(tmpdir(), "madang-release-"));
  const children: ChildProcess[] = [];
  const socket = (name: string) => join(home, `${name}.sock`);
  const start = (main: string, variables: Record<string, string>) => {
    const env = { PATH: process.env.PATH, MADANG_HOME: home, MADANG_LOG: options.log ?? "warn", ...variables };
    const { onOutput } = options;
    const output = onOutput === undefined ? (["ignore", "inherit"] as const) : (["pipe", "pipe"] as const);
    const child = spawn(process.execPath, [join(root, main)], { env, stdio: ["ignore", ...output] });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => onOutput?.(text));
    }
    children.push(child);
    return child;
  };
  start("workers/keyring/main.ts", {
    KEYRING_DIR: join(home, "keyring"),
    KEYRING_PUBLIC_SOCKET: socket("public"),
    KEYRING_INGEST_SOCKET: socket("ingest"),
    KEYRING_CONTROL_SOCKET: socket("control"),
  });
  for (let tries = 0; (await askHealth(home, "keyring"))?.state !== "ready"; tries++) {
    if (tries > 100) throw new Error("the keyring does not get ready");
    await sleep(100);
  }
  return {
    home,
    controlSocket: socket("control"),
    publicSocket: socket("public"),
    release: (addresses, crashAt) =>
      start("workers/release/main.ts", {
        HUB_DATABASE_URL: addresses.hub,
        EDGE_DATABASE_URL: addresses.edge,
        // Nobody answers there: the schedule alone must do.
        REDIS_URL: "redis://127.0.0.1:1",
        KEYRING_CONTROL_SOCKET: socket("control"),
        ...(crashAt !== undefined && { MADANG_CRASH_AT: crashAt }),
      }),
    async front(hubAddress) {
      const port = await freePort();
      start("server/front/main.ts", {
        HUB_DATABASE_URL: hubAddress,
        // Nobody answers there: no licence is used.
        REDIS_URL: "redis://127.0.0.1:1",
        MADANG_PORT: String(port),
        MADANG_HOST: "127.0.0.1",
        INTAKE_PORT: "1",
        IDENTITY_ISSUER: `http://127.0.0.1:${port}/realms/madang`,
        IDENTITY_KEYS_URL: "http://127.0.0.1:1/certs",
      });
      const url = `http://127.0.0.1:${port}`;
      await until("the front door answers", async () => (await fetch(`${url}/readyz`)).ok);
      return url;
    },
    async close() {
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(children.map(ending));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
