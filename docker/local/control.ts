import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import type { Child } from "./child.ts";
import { Refusal } from "./refusal.ts";

const controlSocket = (home: string): string => join(home, "run", "supervisor.sock");

/**
 * Serves `POST /<name>/stop` and `POST /<name>/start` on a Unix socket that the owner of the state folder can reach:
 * for maintenance, and for tests that take a part away. A stopped process stays stopped until it is started.
 */
export function serveControl(home: string, find: (name: string) => Child | undefined): Promise<Server> {
  const server = createServer(async (call, response) => {
    const [, name = "", order] = (call.url ?? "").split("/");
    const child = find(name) ?? find(`store-${name}`);
    if (call.method !== "POST" || child === undefined || (order !== "stop" && order !== "start")) {
      response.writeHead(404).end();
      return;
    }
    if (order === "start") child.start();
    else await child.stop();
    response.writeHead(204).end();
  });
  return new Promise((resolve, reject) =>
    server.once("error", reject).listen(controlSocket(home), () => resolve(server)),
  );
}

/**
 * Asks the supervisor to stop or start one process or store (`hub`, `edge`, `queue`, `cache` of the local stack).
 * Resolves when it has ended, or has been started (not: is ready).
 * @throws Refusal when there is no such process, or no hub runs
 */
export function control(home: string, name: string, order: "stop" | "start"): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: controlSocket(home), method: "POST", path: `/${name}/${order}` }, (response) => {
      response.resume();
      if (response.statusCode === 204) resolve();
      else reject(new Refusal(`The hub has no process ${name} that can be told to ${order}.`));
    });
    call.on("error", () => reject(new Refusal(`No hub runs in ${home}.`))).end();
  });
}
