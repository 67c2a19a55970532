import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { HubError } from "../../core/errors.ts";
import type { Log } from "../../runtime/log.ts";
import { type InteractionParts, serveInteraction } from "./interaction.ts";
import { plainPage } from "./pages/fault.ts";
import { sendPage } from "./pages/layout.ts";
import { chooseLocale, texts } from "./pages/texts.ts";
import { ACTIONS, ASSETS, ENDPOINT, REALM } from "./paths.ts";

const BODY_MAX = 16 * 1024;
const asset = (name: string, type: string) =>
  [name, { type, body: readFileSync(new URL(`./assets/${name}`, import.meta.url)) }] as const;
const FILES = new Map([
  asset("identity.css", "text/css; charset=utf-8"),
  asset("theme.js", "text/javascript; charset=utf-8"),
  asset("submit.js", "text/javascript; charset=utf-8"),
]);

/**
 * Answers everything below `/realms/madang`. Who the provider is comes from its configuration alone: host, scheme and
 * port of a request are set here and not read.
 */
export function serveIdentity(parts: InteractionParts & { issuer: string; log: Log; finished: () => void }): Server {
  const { host, protocol } = new URL(parts.issuer);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", parts.issuer);
    if (!url.pathname.startsWith(`${REALM}/`)) return void response.writeHead(404).end();
    request.headers.host = host;
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
    delete request.headers["x-forwarded-host"];
    if (url.pathname.startsWith(ASSETS)) return sendAsset(response, url.pathname.slice(ASSETS.length));
    if (url.pathname.startsWith(ACTIONS)) {
      if (!["GET", "HEAD", "POST"].includes(request.method ?? "")) return void response.writeHead(405).end();
      const given = request.method === "POST" ? await readForm(request) : new URLSearchParams();
      return serveInteraction(parts, request, response, url, given);
    }
    await askProvider(parts.provider(), request, response, url);
  };
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    response.once("finish", parts.finished);
    handle(request, response).catch((error: unknown) => {
      if (!(error instanceof HubError)) parts.log.error({ event: "identity.failed", err: error });
      if (response.headersSent) return void response.destroy();
      const locale = chooseLocale(request.headers["accept-language"]);
      const t = texts(locale);
      sendPage(response, error instanceof HubError ? error.status : 503, plainPage(locale, t.away, t.awayText));
    });
  });
  return server;
}

function sendAsset(response: ServerResponse, name: string): void {
  const file = FILES.get(name);
  if (file === undefined) return void response.writeHead(404).end();
  const headers = {
    "content-type": file.type,
    "cache-control": "public, max-age=300",
    "x-content-type-options": "nosniff",
  };
  response.writeHead(200, { ...headers, "content-length": file.body.length }).end(file.body);
}

/** @throws HubError for a body that is too large or no form */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(String(request.headers["content-type"] ?? "")))
    throw new HubError("CONTENT_TYPE", "Send a form.");
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_MAX) throw new HubError("BODY_TOO_LARGE", "The form is too large.");
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString("utf8"));
}

/** Hands a request to the provider, which is mounted below the realm's path. */
async function askProvider(provider: Provider, request: IncomingMessage, response: ServerResponse, url: URL) {
  let path = url.pathname.slice(REALM.length);
  if (path === `${ENDPOINT}/registrations`) {
    url.searchParams.set("prompt", "create");
    path = `${ENDPOINT}/auth`;
  }
  Object.assign(request, { originalUrl: `${REALM}${path}${url.search}` });
  request.url = `${path}${url.search}`;
  await provider.callback()(request, response);
}
