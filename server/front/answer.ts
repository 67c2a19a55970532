import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { HubError, problem } from "../../core/errors.ts";

/** Headers of every answer of the front door itself. */
export const SECURITY: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Open data may be asked for by any page; nothing here knows cookies. */
export const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "etag, retry-after, madang-usage",
};

/** Sends a whole answer; a HEAD gets its headers alone. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
): void {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  response.writeHead(status, { ...SECURITY, ...headers, "content-length": bytes.length });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** Answers an error as problem+json (RFC 9457), with Retry-After where waiting helps. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const told = problem(error);
  const retryAfter = error instanceof HubError ? error.retryAfter : undefined;
  send(
    request,
    response,
    told.status,
    {
      ...headers,
      "cache-control": "no-store",
      "content-type": "application/problem+json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
    JSON.stringify(told),
  );
}

/** @throws HubError METHOD_NOT_ALLOWED; sets Allow */
export function allow(request: IncomingMessage, response: ServerResponse, ...methods: string[]): void {
  if (methods.includes(request.method ?? "")) return;
  response.setHeader("allow", methods.join(", "));
  throw new HubError("METHOD_NOT_ALLOWED", `Use ${methods.join(" or ")} here.`);
}

/** Whether the caller takes gzip: `gzip` or `*` in Accept-Encoding, not with q=0. */
export function takesGzip(request: IncomingMessage): boolean {
  const given = String(request.headers["accept-encoding"] ?? "");
  return given.split(",").some((part) => /^\s*(gzip|\*)\s*(;|$)/i.test(part) && !/;\s*q=0(\.0*)?\s*$/i.test(part));
}

/** Whether the caller has this version already (If-None-Match, weak comparison). */
export function hasVersion(request: IncomingMessage, etag: string): boolean {
  const given = String(request.headers["if-none-match"] ?? "");
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return given.split(",").some((tag) => tag.trim() === "*" || plain(tag) === plain(etag));
}
