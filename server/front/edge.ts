import { Agent, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { HubError } from "../../core/errors.ts";
import { sendProblem } from "./answer.ts";

/** Headers that belong to one connection (RFC 9110 §7.6.1). */
const OWN = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"]);

const DRAIN_MS = 2_000;

/** Throws away what is left of a body, for a moment: unread it would hold up the next request of its connection. */
function drain(request: IncomingMessage): void {
  request.resume();
  if (request.complete) return;
  const limit = setTimeout(() => request.destroy(), DRAIN_MS).unref();
  request.once("end", () => clearTimeout(limit));
}

/** Streams `/edge/v1` to the intake and back, unchanged: signatures cover method, path and body. */
export function proxyToIntake(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const forward = (request: IncomingMessage, response: ServerResponse): void => {
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OWN.has(name)));
    const chunked =
      request.headers["content-length"] === undefined && request.headers["transfer-encoding"] !== undefined;
    const upstream = ask(
      {
        agent,
        host: "127.0.0.1",
        port,
        method: request.method,
        path: request.url,
        headers: { ...headers, ...(chunked && { "transfer-encoding": "chunked" }) },
        timeout: 30_000,
      },
      (answer) => {
        const kept = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !OWN.has(name)));
        response.writeHead(answer.statusCode ?? 502, kept);
        answer.pipe(response);
        answer.on("error", () => response.destroy());
        if (request.complete) return;
        // Refused before it was read: the rest is of no use to the intake, and its sender must still see the answer.
        drain(request.unpipe(upstream));
        answer.once("end", () => upstream.destroy());
      },
    );
    upstream.on("timeout", () => upstream.destroy(new Error("timeout")));
    upstream.on("error", () => {
      drain(request.unpipe(upstream));
      sendProblem(request, response, new HubError("UNAVAILABLE", "The intake does not answer.", { retryAfter: 5 }));
    });
    response.on("close", () => {
      if (!response.writableFinished) upstream.destroy();
    });
    request.pipe(upstream);
  };
  return { forward, close: () => agent.destroy() };
}
