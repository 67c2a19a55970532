import { hash, timingSafeEqual } from "node:crypto";
import { parseDictionary } from "structured-headers";
import { HubError } from "../errors.ts";

/** The value of a Content-Digest header (RFC 9530) with the sha-256 of a body. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${hash("sha256", body, "base64")}:`;
}

/**
 * Checks a body against its Content-Digest header, whose sha-256 counts; other algorithms beside it are ignored, as
 * RFC 9530 §2 allows. Throws `DIGEST_MISSING` or `DIGEST_INVALID`.
 */
export function verifyDigest(header: string | undefined, body: Uint8Array): void {
  if (header === undefined || header === "") throw new HubError("DIGEST_MISSING");
  const expected = sha256Of(header);
  const actual = hash("sha256", body, "buffer");
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw new HubError("DIGEST_INVALID");
}

function sha256Of(header: string): Buffer {
  try {
    const member = parseDictionary(header).get("sha-256")?.[0];
    if (member instanceof ArrayBuffer) return Buffer.from(member);
  } catch (cause) {
    throw new HubError("DIGEST_INVALID", "Content-Digest cannot be read.", { field: "content-digest", cause });
  }
  throw new HubError("DIGEST_MISSING", "Content-Digest has no sha-256.", { field: "content-digest" });
}
