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

/**
 * Judges the headers that say what the body is, before a byte of it is read.
 * @throws HubError CONTENT_TYPE, BODY_TOO_LARGE
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
}

/**
 * Reads bodies, each up to the limit of one, and holds no more bytes of all of them together than it may: a body counts
 * from its first byte until the work on it is done, so that neither slow senders nor a slow store fill the memory.
 * @param most bytes of all bodies at once
 */
export function createBodies(most = 256 * 1024 * 1024) {
  let held = 0;
  return {
    /**
     * @throws HubError BODY_TOO_LARGE, UNAVAILABLE; the request's own error when the sender goes away; what `work` throws
     */
    async take<T>(request: IncomingMessage, work: (body: Buffer) => Promise<T>): Promise<T> {
      const chunks: Buffer[] = [];
      let size = 0;
      try {
        for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          size += chunk.length;
          held += chunk.length;
          if (size > MAX_BODY_BYTES) throw tooLarge();
          if (held > most) throw new HubError("UNAVAILABLE", undefined, { retryAfter: 1 });
          chunks.push(chunk);
        }
        return await work(Buffer.concat(chunks, size));
      } finally {
        held -= size;
      }
    },
  };
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
