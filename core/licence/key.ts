import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** `live`: a key of a licence. `test`: a sandbox key, which reads synthetic datasets alone. */
export const KEY_ENVIRONMENTS = ["live", "test"] as const;
export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOOKUP = 8;
const SECRET = 24;
/** 62^6 is the least power of 62 above 2^32. */
const CHECK = 6;

/**
 * The pattern of a key for secret scanners: prefix, environment, and 38 characters of base62, of which the last six are a
 * checksum. Documented in docs/keys.md.
 */
export const KEY_PATTERN = /\bmdg_(?:live|test)_[0-9A-Za-z]{38}\b/;

/** What a key is known by: `lookup` finds its row and may be shown; `hash` is SHA-256 of the whole text. */
export type KeyParts = { environment: KeyEnvironment; lookup: string; hash: Buffer };

/** SHA-256 of the whole key: 24 characters of it are random (142 bits), so that stretching would add nothing. */
export const hashOfKey = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** CRC-32 (ISO 3309) of the characters before it in base62, six digits: tells a mistyped or cut key without a database. */
export function checksumOf(head: string): string {
  let rest = crc32(head);
  let digits = "";
  for (let i = 0; i < CHECK; i++) {
    digits = `${DIGITS[rest % 62]}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Uniform base62: bytes from 248 on are drawn again. */
function randomDigits(length: number): string {
  let digits = "";
  while (digits.length < length) {
    for (const byte of randomBytes(2 * length)) {
      if (byte < 248 && digits.length < length) digits += DIGITS[byte % 62];
    }
  }
  return digits;
}

/** A new key: its text is shown once and never kept; what is kept are its parts. */
export function makeKey(environment: KeyEnvironment): KeyParts & { text: string } {
  const lookup = randomDigits(LOOKUP);
  const head = `mdg_${environment}_${lookup}${randomDigits(SECRET)}`;
  const text = `${head}${checksumOf(head)}`;
  return { text, environment, lookup, hash: hashOfKey(text) };
}

/** The parts of a key; null for a text that is none: another form, or another checksum. */
export function parseKey(text: string): KeyParts | null {
  const match = /^mdg_(live|test)_([0-9A-Za-z]{8})[0-9A-Za-z]{24}([0-9A-Za-z]{6})$/.exec(text);
  if (match === null) return null;
  const [, environment, lookup = "", check] = match;
  if (checksumOf(text.slice(0, -CHECK)) !== check) return null;
  return { environment: environment === "test" ? "test" : "live", lookup, hash: hashOfKey(text) };
}

/** How a key is named where it may be seen: its beginning, which finds it but opens nothing. */
export const startOfKey = (environment: KeyEnvironment, lookup: string): string => `mdg_${environment}_${lookup}…`;

/** Whether a text holds something that looks like a key, written plainly or with percent signs as in an address. */
export function holdsKey(text: string): boolean {
  if (/mdg_(?:live|test)_[0-9A-Za-z]{8}/i.test(text)) return true;
  if (!/%[0-9a-f]{2}/i.test(text)) return false;
  const plain = text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return plain !== text && holdsKey(plain);
}
