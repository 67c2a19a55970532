import { createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import { makeDayKey } from "../../core/privacy/pseudonym.ts";
import { exportPrivate, exportPublic, importPrivate, KEY_BYTES, makeSealKey } from "../../core/privacy/seal.ts";
import type { PopulationDay } from "./store.ts";

/** The keys of one population and day, in bytes that can be wiped. */
export type DayKeys = PopulationDay & { readonly seal: Buffer; readonly hash: Buffer };

/** All that a sealed file holds: the keys, the signing key's 32 bytes (none before the first save), how many records. */
export type Secrets = { readonly keys: readonly DayKeys[]; readonly signing: Buffer | null; readonly records: number };

export function makeKeys({ population, day }: PopulationDay): DayKeys {
  return { population, day, seal: exportPrivate(makeSealKey().privateKey), hash: makeDayKey() };
}

export const makeSigningSeed = (): Buffer => randomBytes(KEY_BYTES);

/** A day's key pair as it is used. */
export function pairOf({ seal }: DayKeys): { privateKey: KeyObject; publicKey: Buffer } {
  const privateKey = importPrivate(seal);
  return { privateKey, publicKey: exportPublic(createPublicKey(privateKey)) };
}

export function wipeKeys({ seal, hash }: DayKeys): void {
  seal.fill(0);
  hash.fill(0);
}

/**
 * Secrets as bytes: a line of JSON `{records, signing, days: [[population, day], …]}`, then the raw keys in that order,
 * the signing key's first. No key is ever a string, which could not be wiped.
 */
export function encode({ keys, signing, records }: Secrets): Buffer {
  const days = keys.map(({ population, day }) => [population, day]);
  const head = Buffer.from(`${JSON.stringify({ records, signing: signing !== null, days })}\n`);
  return Buffer.concat([head, signing ?? Buffer.alloc(0), ...keys.flatMap(({ seal, hash }) => [seal, hash])]);
}

/** Reads what `encode` wrote; the keys are copies. @throws SyntaxError, RangeError for anything else */
export function decode(bytes: Buffer): Secrets {
  const end = bytes.indexOf("\n");
  if (end < 0) return decodeUnsigned(bytes);
  const head = JSON.parse(bytes.subarray(0, end).toString("utf8")) as {
    records: number;
    signing: boolean;
    days: [number, string][];
  };
  let at = end + 1;
  const take = (): Buffer => {
    const part = Buffer.from(bytes.subarray(at, at + KEY_BYTES));
    at += KEY_BYTES;
    if (part.length !== KEY_BYTES) throw new RangeError("the sealed keys are cut off");
    return part;
  };
  const signing = head.signing ? take() : null;
  const keys = head.days.map(([population, day]) => ({ population, day, seal: take(), hash: take() }));
  return { keys, signing, records: head.records };
}

/** What a keyring wrote before it signed its records: one JSON object, keys in base64. */
function decodeUnsigned(bytes: Buffer): Secrets {
  const { keys, records } = JSON.parse(bytes.toString("utf8")) as {
    keys: { population: number; day: string; seal: string; hash: string }[];
    records: number;
  };
  const raw = (text: string): Buffer => Buffer.from(text, "base64");
  return { keys: keys.map((one) => ({ ...one, seal: raw(one.seal), hash: raw(one.hash) })), signing: null, records };
}
