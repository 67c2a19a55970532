import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { MAX_BODY_BYTES } from "../../core/edge/batch.ts";
import { HubError } from "../../core/errors.ts";

const tooLarge = (): HubError =>
  new HubError("BODY_TOO_LARGE", "The body has more than 4 MiB.", {
    field: "content-length",
    rule: `at most ${MAX_BODY_BYTES} bytes`,
    fix: "split the batch",
  });

/** Bodies that are being read now, all together. */
const IN_FLIGHT_MAX = 256 * 1024 * 1024;
let inFlight = 0;

/**
 * Judges the headers that say what the body is, before a byte of it is read.
 * @throws HubError CONTENT_TYPE, BODY_TOO_LARGE, UNAVAILABLE
 */
export function judgeBodyHeaders(request: IncomingMessage): void {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(type.trim())) {
    throw new HubError("CONTENT_TYPE", undefined, { field: "content-type", rule: "application/json" });
  }
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new HubError("CONTENT_TYPE", "A compressed body is not accepted.", {
      field: "content-encoding",
      rule: "none",
      fix: "send the body as it is",
    });
  }
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (inFlight > IN_FLIGHT_MAX) throw new HubError("UNAVAILABLE", undefined, { retryAfter: 1 });
}

/**
 * Reads the body and stops at the limit.
 * @throws HubError BODY_TOO_LARGE; the request's own error when the sender goes away
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      inFlight += chunk.length;
      if (size > MAX_BODY_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    inFlight -= size;
  }
}

/**
 * @throws HubError BODY_NOT_UTF8, BODY_NOT_JSON
 */
export function parseBody(body: Buffer): unknown {
  const marked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  if (marked || !isUtf8(body)) {
    throw new HubError("BODY_NOT_UTF8", undefined, { field: "", rule: "UTF-8 without a byte-order mark" });
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new HubError("BODY_NOT_JSON", undefined, { field: "", rule: "one complete JSON object (RFC 8259)" });
  }
}
