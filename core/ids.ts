import { createHash, randomFillSync } from "node:crypto";

declare const brand: unique symbol;
/** A string that only fits where its name is asked for. Given at the border (parser, database row), trusted inside. */
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type H3Cell = Branded<"H3Cell">;
/** A local calendar day, `YYYY-MM-DD`. */
export type Day = Branded<"Day">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in its canonical lower-case form. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const pool = Buffer.alloc(16 * 256);
let used = pool.length;
let lastMs = 0;
let counter = 0;

/**
 * A UUID version 7 (RFC 9562 §5.7), increasing within the process: 48 bits of time, 12 bits of counter, 62 random bits.
 * It tells the millisecond it was made, so it never names what the public sees of a release (P12): use `randomUUID`.
 */
export function uuid7(nowMs: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + 16);
  used += 16;
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = bytes.readUInt16BE(6) & 0x7ff;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return written(bytes);
}

/**
 * A UUID version 8 (RFC 9562 §5.8) of a name: the first 128 bits of its SHA-256. The same name has the same id, whoever
 * makes it and however often, so that telling a thing twice is telling it once.
 */
export function uuidOf(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return written(bytes);
}

function written(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
