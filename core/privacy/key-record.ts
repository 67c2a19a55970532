import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/**
 * What the keyring did, told in a chain of signed records (rules P9, P17). Each record holds the hash of the one before
 * and is signed with the keyring's own Ed25519 key (RFC 8032), so that none can be changed, left out, put elsewhere or
 * made by another.
 *
 * Signed is the UTF-8 of the JSON array `["madang.key-record.v1", keyring, number, at, kind, population, day, confirmed,
 * expired, publicKey, previous]`, null for what a kind does not have, without spaces. The hash of a record is the
 * SHA-256 of that text, a line feed and the signature in base64.
 */
export type KeyEvent = { readonly at: string } & (
  | { readonly kind: "SIGNING_KEY" /** Ed25519, 32 bytes in base64 */; readonly publicKey: string }
  | { readonly kind: "KEY_CREATED" | "KEY_DESTROYED"; readonly population: number; readonly day: string }
  | {
      readonly kind: "KEY_ERASED";
      readonly population: number;
      readonly day: string;
      /** workers that confirmed their wipe, and leases that ran out instead */
      readonly confirmed: number;
      readonly expired: number;
    }
);

export type KeyRecord = KeyEvent & {
  /** From 1 and without gap within a keyring. */
  readonly number: number;
  /** Which keyring: the first 32 hexadecimal digits of the SHA-256 of its first public key. */
  readonly keyring: string;
  /** SHA-256 of the record before, hexadecimal; 64 zeros before the first. */
  readonly previous: string;
  /** Ed25519, base64. */
  readonly signature: string;
};

const LABEL = "madang.key-record.v1";
export const GENESIS = "0".repeat(64);
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** An Ed25519 private key of its 32 bytes. */
export const importSigningKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });

/** The 32 public bytes of an Ed25519 key. */
export const publicBytes = (privateKey: KeyObject): Buffer =>
  createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(SPKI.length);

export const keyringOf = (firstPublicKey: Uint8Array): string => sha256(firstPublicKey).slice(0, 32);

/** The text that is signed. */
export function signedText(record: Omit<KeyRecord, "signature"> & Partial<Record<Field, unknown>>): string {
  const { keyring, number, at, kind, previous } = record;
  const fields = FIELDS.map((field) => record[field] ?? null);
  return JSON.stringify([LABEL, keyring, number, at, kind, ...fields, previous]);
}
const FIELDS = ["population", "day", "confirmed", "expired", "publicKey"] as const;
type Field = (typeof FIELDS)[number];

export const recordHash = (record: KeyRecord): string => sha256(`${signedText(record)}\n${record.signature}`);

/** Where a chain ends: what the next record is tied to. */
export type Head = { readonly keyring: string; readonly number: number; readonly sha256: string };

/** Ties an event to the chain. A new signing key is signed with the one before it; the first one with itself. */
export function chain(event: KeyEvent, after: Head, signingKey: KeyObject): KeyRecord {
  const unsigned = { ...event, number: after.number + 1, keyring: after.keyring, previous: after.sha256 };
  return { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), signingKey).toString("base64") };
}

export const headOf = (record: KeyRecord): Head => {
  const { keyring, number } = record;
  return { keyring, number, sha256: recordHash(record) };
};

/** Why a chain of records is not believed, and at which record. */
export class ChainFault extends Error {
  override readonly name = "ChainFault";
  readonly number: number;
  constructor(number: number, message: string) {
    super(`record ${number}: ${message}`);
    this.number = number;
  }
}

export type Trust = {
  /** The keyring's first public key, as noted when it was published; without it any keyring is believed. */
  readonly firstPublicKey?: Uint8Array;
  /** A record that must stand: from the transparency log, or from an earlier check. Only this shows a cut-off end. */
  readonly heads?: readonly Head[];
  /** Records below this number were removed when their retention ended; of them the signing keys alone must be left. */
  readonly begins?: number;
};

/**
 * Checks a chain of records by itself: needs nothing but them and what the reader trusts.
 * @param records of one keyring, in any order
 * @returns where the chain ends and the public key that signs now
 * @throws ChainFault when a record is missing, changed, moved, forged, or tells what cannot be
 */
export function verifyChain(records: readonly KeyRecord[], trust: Trust = {}): Head & { publicKey: string } {
  const ordered = [...records].sort((a, b) => a.number - b.number);
  const [first] = ordered;
  if (first === undefined) throw new ChainFault(0, "there is none");
  if (first.kind !== "SIGNING_KEY") throw new ChainFault(first.number, "the first record names no signing key");
  const firstKey = Buffer.from(first.publicKey, "base64");
  if (trust.firstPublicKey !== undefined && !firstKey.equals(trust.firstPublicKey))
    throw new ChainFault(first.number, "it is another keyring's");
  const keyring = keyringOf(firstKey);
  const heads = new Map(trust.heads?.map((head) => [head.number, head]));
  const seen = new Days();
  let publicKey = first.publicKey;
  let before: Head | null = null;
  for (const record of ordered) {
    const { number } = record;
    if (record.keyring !== keyring) throw new ChainFault(number, "it is another keyring's");
    const isNext = before === null || number === before.number + 1;
    const isRest: boolean = before !== null && number > before.number && number <= (trust.begins ?? 0);
    const isBegin: boolean = before !== null && number > before.number && number === trust.begins;
    if (!isNext && !isBegin && !(isRest && record.kind === "SIGNING_KEY"))
      throw new ChainFault(number, `it does not follow record ${before?.number}`);
    if (isNext && before !== null && record.previous !== before.sha256)
      throw new ChainFault(number, "the record before it was changed");
    if (!isSigned(record, publicKey)) throw new ChainFault(number, "its signature is not the keyring's");
    seen.tell(record, trust.begins !== undefined || first.number > 1);
    if (record.kind === "SIGNING_KEY") publicKey = record.publicKey;
    before = headOf(record);
    const known = heads.get(number);
    if (known !== undefined && (known.sha256 !== before.sha256 || known.keyring !== keyring))
      throw new ChainFault(number, "it is not the one that was seen before");
    heads.delete(number);
  }
  for (const [number] of heads) throw new ChainFault(number, "it was seen before and is missing");
  return { ...(before ?? { keyring, number: 0, sha256: GENESIS }), publicKey };
}

function isSigned(record: KeyRecord, publicKey: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([SPKI, Buffer.from(publicKey, "base64")]),
      format: "der",
      type: "spki",
    });
    return verify(null, Buffer.from(signedText(record)), key, Buffer.from(record.signature, "base64"));
  } catch {
    return false;
  }
}

/** A day's keys are made at most once, destroyed at most once, and never made after that. */
class Days {
  readonly #told = new Map<string, Set<string>>();

  tell(record: KeyRecord, mayHaveBegun: boolean): void {
    if (record.kind === "SIGNING_KEY") return;
    const name = `${record.population}.${record.day}`;
    const told = this.#told.get(name) ?? new Set();
    const destroyed = told.has("KEY_DESTROYED");
    const impossible =
      told.has(record.kind) ||
      (record.kind === "KEY_CREATED" && destroyed) ||
      (record.kind === "KEY_ERASED" && !destroyed && !mayHaveBegun);
    if (impossible) throw new ChainFault(record.number, `${record.kind} of ${name} cannot be`);
    this.#told.set(name, told.add(record.kind));
  }
}
