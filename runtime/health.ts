import { mkdirSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { dirname, join } from "node:path";

export type HealthState = "starting" | "ready" | "degraded" | "stopping";

/** What a process says of itself. `lastFinishedAt`: ISO instant of its last finished piece of work, or null. */
export type Health = { name: string; state: HealthState; lastFinishedAt: string | null; detail: string | null };

export type HealthReporter = {
  /** Sets the state, with an optional short sentence for people. */
  set(state: HealthState, detail?: string | null): void;
  /** Notes that a piece of work has just been finished. */
  finished(): void;
  read(): Health;
  close(): Promise<void>;
};

/** The Unix socket on which the process `name` answers, below the state folder. */
export const healthSocket = (home: string, name: string): string => join(home, "run", `${name}.sock`);

/**
 * Serves the health of this process on its Unix socket: `GET /` answers {@link Health} as JSON.
 * @throws when the folder cannot be made or the socket cannot be bound
 */
export async function serveHealth(home: string, name: string): Promise<HealthReporter> {
  const path = healthSocket(home, name);
  let state: HealthState = "starting";
  let detail: string | null = null;
  let lastFinishedAt: string | null = null;
  const read = (): Health => ({ name, state, lastFinishedAt, detail });
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(read()));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  server.unref();
  return {
    set(next, text = null) {
      state = next;
      detail = text;
    },
    finished() {
      lastFinishedAt = new Date().toISOString();
    },
    read,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

/** Asks a process for its health; null when it does not answer within `timeoutMs`. */
export function askHealth(home: string, name: string, timeoutMs = 1000): Promise<Health | null> {
  return new Promise((resolve) => {
    const call = request({ socketPath: healthSocket(home, name), path: "/", timeout: timeoutMs }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        try {
          resolve(JSON.parse(text) as Health);
        } catch {
          resolve(null);
        }
      });
    });
    call.on("timeout", () => call.destroy()).on("error", () => resolve(null));
    call.end();
  });
}
