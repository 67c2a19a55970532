import { createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { HubError } from "../errors.ts";

/** Whose key it is: each of these is part of every hash, so that no two domains can be compared (P9, P17). */
export type PseudonymDomain = { readonly population: string; readonly controller: string; readonly day: string };

export const PSEUDONYM_BYTES = 16;
const LABEL = "madang.pseudonym.v1";

/** Kinds whose ids people write with dashes, colons and dots in different ways: `12가-3456`, `AA:BB:…`. */
const WRITTEN_FREELY: ReadonlySet<string> = new Set(["vehicle", "plate", "device", "card"]);

/** A fresh 256-bit day key. Only the keyring makes one. */
export function makeDayKey(): Buffer {
  return randomBytes(32);
}

/** Holds a day key's bytes as an HMAC key; hashing with it is four times faster than with the bytes. */
export function importDayKey(bytes: Uint8Array): KeyObject {
  if (bytes.length !== 32) throw new RangeError("a day key has 32 bytes");
  return createSecretKey(bytes);
}

/**
 * One spelling for one subject: NFKC, upper case, no spaces, no invisible characters, and no separators where a kind is
 * written freely. Idempotent. Throws `ROW_INVALID` when nothing is left or the text is not well-formed Unicode.
 */
export function canonicalise(kind: string, id: string): string {
  if (!id.isWellFormed()) throw invalidId("an id is well-formed text");
  let text = id.normalize("NFKC").toUpperCase().normalize("NFKC");
  text = text.replace(/[\p{White_Space}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, "");
  if (WRITTEN_FREELY.has(kind)) text = text.replace(/[\p{Pd}\p{Pc}:.·/]/gu, "");
  text = text.normalize("NFKC");
  if (text === "") throw invalidId("an id has at least one letter or digit");
  return text;
}

function invalidId(rule: string): HubError {
  return new HubError("ROW_INVALID", "The subject's id cannot be used.", {
    field: "subject.id",
    rule,
    fix: "send the id the sensor tells subjects apart by",
  });
}

function lengthPrefixed(parts: readonly string[]): Buffer {
  const encoded = parts.flatMap((part) => {
    const bytes = Buffer.from(part, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(encoded);
}

/**
 * A function from (kind, id) to the 16-byte pseudonym of one population, controller and day: HMAC-SHA-256 over the
 * length-prefixed label, domain, kind and canonical id, truncated. Throws `ROW_INVALID` for an empty id.
 */
export function pseudonymiser(key: KeyObject, domain: PseudonymDomain): (kind: string, id: string) => Buffer {
  const { population, controller, day } = domain;
  const prefixes = new Map<string, Buffer>();
  return (kind, id) => {
    const canonical = canonicalise(kind, id);
    let prefix = prefixes.get(kind);
    if (prefix === undefined) {
      prefix = lengthPrefixed([LABEL, population, controller, day, kind]);
      prefixes.set(kind, prefix);
    }
    const hash = createHmac("sha256", key).update(prefix).update(canonical, "utf8").digest();
    return hash.subarray(0, PSEUDONYM_BYTES);
  };
}
