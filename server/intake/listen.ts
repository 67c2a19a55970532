import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { BATCH_PATH } from "../../core/edge/batch.ts";
import { jsonSchema } from "../../core/edge/json-schema.ts";
import { HubError } from "../../core/errors.ts";
import type { HealthReporter } from "../../runtime/health.ts";
import type { Log } from "../../runtime/log.ts";
import { acceptBatch, type Doors } from "./accept.ts";
import { answerProblem, answerReceipt } from "./answer.ts";

const SCHEMA_PATH = "/edge/v1/schema.json";
const DRAIN_MS = 2_000;

/**
 * The intake's HTTP server: `POST /edge/v1/batches`, `GET /edge/v1/schema.json`. Not yet listening.
 */
export function createIntakeServer(doors: Doors, log: Log, health: HealthReporter): Server {
  const schema = JSON.stringify(jsonSchema());

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").split("?", 1)[0];
    if (path === BATCH_PATH) {
      if (request.method !== "POST") return notAllowed(response, "POST");
      answerReceipt(response, await acceptBatch(doors, request));
      health.finished();
    } else if (path === SCHEMA_PATH) {
      if (request.method !== "GET" && request.method !== "HEAD") return notAllowed(response, "GET, HEAD");
      response.writeHead(200, {
        "content-type": "application/schema+json",
        "content-length": Buffer.byteLength(schema),
        "cache-control": "public, max-age=300",
      });
      response.end(request.method === "HEAD" ? undefined : schema);
    } else {
      throw new HubError("NOT_FOUND");
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!(error instanceof HubError) && !request.complete) return response.destroy();
      if (!(error instanceof HubError)) log.error({ event: "intake.failed", err: error });
      else log.debug({ event: "intake.refused", code: error.code });
      answerProblem(response, error);
      if (!request.complete) drain(request);
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  return server;
}

/**
 * Lets the sender of a refused body read the answer; what it goes on sending is thrown away, and not for long. The
 * connection stays: one that is closed with bytes unread is reset, and the answer may be lost with it.
 */
function drain(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => request.destroy(), DRAIN_MS).unref();
}

function notAllowed(response: ServerResponse, allow: string): void {
  answerProblem(response, new HubError("METHOD_NOT_ALLOWED"), { allow });
}
