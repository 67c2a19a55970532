import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HubError } from "../../core/errors.ts";
import { privacyCardOf } from "../../schema/catalog/privacy-card.ts";
import type { Context } from "../../schema/context.ts";
import { allow, hasVersion, OPEN_TO_ALL, SECURITY, send } from "./answer.ts";

const PATH = /^\/privacy\/([a-z0-9][a-z0-9_-]{0,99})\.json$/;

/**
 * Answers `/privacy/<dataset>.json`: the privacy card for machines (core/privacy/card.ts), to whoever asks, whatever the
 * dataset's tier.
 * @throws HubError NOT_FOUND
 */
export function servePrivacyCards(context: () => Context) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    allow(request, response, "GET", "HEAD");
    const slug = PATH.exec(path)?.[1];
    const card = slug === undefined ? null : await privacyCardOf(context(), slug);
    if (card === null) throw new HubError("NOT_FOUND", "A privacy card is /privacy/<dataset>.json.");
    const body = `${JSON.stringify(card, null, 2)}\n`;
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const headers = { ...OPEN_TO_ALL, "cache-control": "public, max-age=0, must-revalidate", etag };
    if (hasVersion(request, etag)) {
      response.writeHead(304, { ...SECURITY, ...headers }).end();
      return;
    }
    send(request, response, 200, { ...headers, "content-type": "application/json" }, body);
  };
}
