import { Agent, request as ask, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import { HubError } from "../../core/errors.ts";
import { clientAddress } from "../access/address.ts";
import { allow, SECURITY, send, sendProblem } from "./answer.ts";
import { readBody } from "./body.ts";

export type IdentityDoor = {
  issuer: string;
  kind: "embedded" | "keycloak" | "openid";
  /** Where the provider answers on this machine; undefined: people reach it without this door. */
  upstream: string | undefined;
  /** networks of the operator's own proxies: the provider counts failures by the address behind them */
  trusted: BlockList;
};

/** Pages and endpoints for people and their clients; a provider's administration is never among them. */
const PUBLIC = [
  /^\/realms\/madang\/(protocol\/openid-connect|login-actions|\.well-known|assets)\/[\w./-]+$/,
  /^\/resources\/[\w./-]+$/,
];

/** What a provider needs to know of a request. Everything else stays here, above all what claims to come from a proxy. */
const FORWARDED = [
  "accept",
  "accept-encoding",
  "accept-language",
  "authorization",
  "content-type",
  "cookie",
  "if-none-match",
  "origin",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "user-agent",
] as const;
/** Headers that belong to one connection (RFC 9110 §7.6.1). */
const OWN = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"]);
const BODY_MAX = 64 * 1024;
/** The portal's page for a provider that does not answer. */
const AWAY = "/signed-in?unavailable";

/** True for a path that the provider may be asked for: of the allow list, in one reading only. */
export const isPublicPath = (path: string): boolean =>
  !path.includes("//") && !/\/\.\.?(\/|$)/.test(path) && PUBLIC.some((pattern) => pattern.test(path));

/** The door to the sign-in provider: portal and provider are one origin, and the provider listens on loopback alone. */
export function proxyToIdentity({ issuer, kind, upstream, trusted }: IdentityDoor) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { host, port, protocol, origin } = new URL(issuer);
  const proxied = {
    host,
    "x-forwarded-host": host,
    "x-forwarded-port": port || (protocol === "https:" ? "443" : "80"),
    "x-forwarded-proto": protocol.slice(0, -1),
  };
  const description = JSON.stringify({ url: origin, realm: "madang", clientId: "portal", kind, issuer });

  async function forward(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (upstream === undefined || !isPublicPath(url.pathname))
      throw new HubError("NOT_FOUND", "There is nothing at this address.");
    allow(request, response, "GET", "HEAD", "POST", "OPTIONS");
    const body = await readBody(request, BODY_MAX);
    const headers: OutgoingHttpHeaders = {
      ...Object.fromEntries(
        FORWARDED.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])),
      ),
      ...proxied,
      "x-forwarded-for": clientAddress(request, trusted) || "unknown",
      "content-length": body.length,
    };
    const target = new URL(`${url.pathname}${url.search}`, upstream);
    const question = ask(target, { agent, method: request.method ?? "GET", headers, timeout: 30_000 }, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !OWN.has(name));
      response.writeHead(answer.statusCode ?? 502, {
        "x-content-type-options": "nosniff",
        ...Object.fromEntries(kept),
      });
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    question.on("timeout", () => question.destroy(new Error("timeout")));
    question.on("error", () => {
      if (request.headers["sec-fetch-mode"] === "navigate" && !response.headersSent) {
        // A person gets a page, with the way back to where signing in began.
        response.writeHead(303, { ...SECURITY, location: AWAY, "cache-control": "no-store" }).end();
        return;
      }
      const away = new HubError("UNAVAILABLE", "The sign-in service does not answer.", { retryAfter: 5 });
      sendProblem(request, response, away);
    });
    response.on("close", () => {
      if (!response.writableFinished) question.destroy();
    });
    question.end(body);
  }

  /** `/identity.json`: where the portal lets people sign in. */
  function describe(request: IncomingMessage, response: ServerResponse): void {
    allow(request, response, "GET", "HEAD");
    send(request, response, 200, { "content-type": "application/json", "cache-control": "no-cache" }, description);
  }

  return { forward, describe, close: () => agent.destroy() };
}

/** Origins of a provider of one's own: the portal asks it itself. The others are asked by way of the front. */
export const signInOrigins = (config: { IDENTITY_KIND: IdentityDoor["kind"]; IDENTITY_ISSUER: string }): string[] =>
  config.IDENTITY_KIND === "openid" ? [new URL(config.IDENTITY_ISSUER).origin] : [];
