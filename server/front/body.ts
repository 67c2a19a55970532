import type { IncomingMessage } from "node:http";
import { HubError } from "../../core/errors.ts";

/**
 * Reads a request's body of at most `most` bytes.
 * @throws HubError BODY_TOO_LARGE, as soon as it is known
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLarge = () => new HubError("BODY_TOO_LARGE", `The body may have ${most} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > most) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
