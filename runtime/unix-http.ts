import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:http";
import { dirname } from "node:path";

/** An answer of a process on the same machine. */
export type LocalAnswer = { status: number; body: unknown };

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/**
 * Sends JSON to a Unix socket and reads JSON back.
 * @throws Error with the code of the socket (ENOENT, ECONNREFUSED, …) or ETIMEDOUT; SyntaxError for an answer that is no JSON
 */
export function callLocal(
  socketPath: string,
  method: "GET" | "POST",
  path: string,
  body: unknown,
  timeoutMs = 2_000,
): Promise<LocalAnswer> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const call = request({ socketPath, path, method, headers, agent, timeout: timeoutMs }, (response) => {
      let answer = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        answer += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) });
        } catch (error) {
          reject(error);
        }
      });
    });
    call.on("timeout", () => call.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" })));
    call.on("error", reject);
    call.end(text);
  });
}

/** Answers one request: the parsed body (undefined when there is none) to a status and a JSON value. */
export type LocalHandler = (method: string, path: string, body: unknown) => Promise<LocalAnswer>;

const LIMIT = 4 * 1024 * 1024;

/**
 * Serves JSON on a Unix socket that only this user can open (mode 0600).
 * @throws when the socket cannot be bound
 */
export async function serveLocal(socketPath: string, handler: LocalHandler): Promise<Server> {
  mkdirSync(dirname(socketPath), { recursive: true });
  rmSync(socketPath, { force: true });
  const server = createServer(async (incoming, response) => {
    const reply = ({ status, body }: LocalAnswer) => {
      const text = JSON.stringify(body);
      response
        .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
        .end(text);
    };
    try {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of incoming) {
        size += (chunk as Buffer).length;
        if (size > LIMIT) return reply({ status: 413, body: { code: "BODY_TOO_LARGE" } });
        chunks.push(chunk as Buffer);
      }
      const text = Buffer.concat(chunks).toString("utf8");
      reply(await handler(incoming.method ?? "GET", incoming.url ?? "/", text === "" ? undefined : JSON.parse(text)));
    } catch (error) {
      reply({
        status: error instanceof SyntaxError ? 400 : 500,
        body: { code: error instanceof SyntaxError ? "BODY_NOT_JSON" : "INTERNAL" },
      });
    }
  });
  server.keepAliveTimeout = 60_000;
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socketPath, resolve);
    });
  } finally {
    process.umask(mask);
  }
  chmodSync(socketPath, 0o600);
  return server;
}
