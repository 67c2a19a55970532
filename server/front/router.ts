import type { IncomingMessage, ServerResponse } from "node:http";
import { HubError } from "../../core/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { hubError } from "../../schema/errors.ts";
import { refuseMisplacedKey } from "../access/principal.ts";
import type { serveAudit } from "../exports/audit.ts";
import type { serveExports } from "../exports/serve.ts";
import type { serveLog } from "../log/serve.ts";
import { allow, send, sendProblem } from "./answer.ts";
import type { proxyToIntake } from "./edge.ts";
import type { serveGraphql } from "./graphql.ts";
import type { proxyToIdentity } from "./identity.ts";
import type { servePortal } from "./portal.ts";
import type { servePrivacyCards } from "./privacy-cards.ts";
import { sendProblemPage } from "./problems.ts";

export type Doors = {
  portal: ReturnType<typeof servePortal>;
  graphql: ReturnType<typeof serveGraphql>;
  exports: ReturnType<typeof serveExports>;
  audit: ReturnType<typeof serveAudit>;
  privacy: ReturnType<typeof servePrivacyCards>;
  transparency: ReturnType<typeof serveLog>;
  edge: ReturnType<typeof proxyToIntake>;
  identity: ReturnType<typeof proxyToIdentity>;
  sdl: string;
  hub: Pool;
  isStopping: () => boolean;
  log: Log;
};

/** The one listener: by path alone, never by a header. */
export function route(doors: Doors) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    open(doors, request, response).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE") return; // the caller went away
      const told = hubError(error);
      if (told === undefined) doors.log.error({ event: "front.failed", err: error });
      sendProblem(request, response, told ?? error, response.getHeaders());
    });
  };
}

async function open(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  refuseMisplacedKey(request.url ?? "/", request.rawHeaders);
  const url = parse(request.url ?? "/");
  const path = url.pathname;
  if (path.startsWith("/edge/v1/")) return doors.edge.forward(request, response);
  if (path === "/graphql") return doors.graphql(request, response, url);
  if (path === "/graphql/schema.graphqls") {
    allow(request, response, "GET", "HEAD");
    return send(request, response, 200, { "content-type": "text/plain; charset=utf-8" }, doors.sdl);
  }
  if (path.startsWith("/exports/")) return doors.exports(request, response, url);
  if (path.startsWith("/market/audit.")) return doors.audit(request, response, path);
  if (path.startsWith("/privacy/")) return doors.privacy(request, response, path);
  if (path.startsWith("/log/")) return doors.transparency(request, response, path);
  if (path === "/identity.json") return doors.identity.describe(request, response);
  if (path.startsWith("/realms/") || path.startsWith("/resources/"))
    return doors.identity.forward(request, response, url);
  if (path === "/healthz" || path === "/readyz") {
    allow(request, response, "GET", "HEAD");
    return path === "/healthz"
      ? send(request, response, 200, json, '{"status":"ok"}')
      : ready(doors, request, response);
  }
  if (path === "/problems" || path.startsWith("/problems/")) {
    return sendProblemPage(request, response, path.slice("/problems/".length));
  }
  return doors.portal(request, response, path === "/" ? "/index.html" : path);
}

const json = { "content-type": "application/json", "cache-control": "no-store" };

async function ready({ hub, isStopping }: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isStopping()) throw new HubError("UNAVAILABLE", "The hub is stopping.", { retryAfter: 5 });
  await hub.query("SELECT 1").catch((cause: unknown) => {
    throw new HubError("STORE_UNAVAILABLE", undefined, { retryAfter: 5, cause });
  });
  send(request, response, 200, json, '{"status":"ready"}');
}

function parse(target: string): URL {
  const url = URL.parse(target.startsWith("/") ? `http://front.invalid/${target.replace(/^\/+/, "")}` : target);
  if (url === null) throw new HubError("NOT_FOUND", "The address cannot be read.");
  return url;
}
