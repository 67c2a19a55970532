import { createHash, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type * as pseudonyms from "../../../core/privacy/pseudonym.ts";

/** What the hub hashes with: the project's own, or a copy with a fault. */
export type Hashing = Pick<typeof pseudonyms, "canonicalise" | "importDayKey" | "makeDayKey" | "pseudonymiser">;

const DAY = { population: "17", controller: "5f0d2c36-0a63-4f0e-9f0c-2b1f7a0a6d11", day: "2026-11-27" };
const SYLLABLES = "가나다라마거너더러머고노도로모구누두루무버서어저보소오조부수우주바사아자하허호배";
const BYTES = 16;

/** The dictionary: Korean number plates, each written as people write it. */
export function plate(index: number): string {
  const serial = String(index % 10_000).padStart(4, "0");
  const rest = Math.floor(index / 10_000);
  const syllable = SYLLABLES[rest % SYLLABLES.length];
  return `${10 + Math.floor(rest / SYLLABLES.length)}${syllable} ${serial}`;
}

/** A set of 16-byte values in one piece of memory: 4 million of them are too many for a Set of strings. */
function createTable(capacity: number) {
  const slots = 2 ** Math.ceil(Math.log2(capacity * 1.7));
  const bytes = Buffer.alloc(slots * BYTES);
  const used = new Uint8Array(slots);
  const find = (value: Buffer): number => {
    let slot = value.readUInt32LE(0) & (slots - 1);
    while (used[slot] === 1 && bytes.compare(value, 0, BYTES, slot * BYTES, (slot + 1) * BYTES) !== 0) {
      slot = (slot + 1) & (slots - 1);
    }
    return slot;
  };
  return {
    add(value: Buffer): void {
      const slot = find(value);
      used[slot] = 1;
      value.copy(bytes, slot * BYTES, 0, BYTES);
    },
    has: (value: Buffer): boolean => used[find(value)] === 1,
  };
}

type Hash = (kind: string, id: string) => Buffer;

/** What the attacker knows apart from the stolen table: everything but the day's key. */
type Stolen = {
  readonly hashing: Hashing;
  readonly ids: number;
  readonly table: { has(value: Buffer): boolean };
  readonly rightKey: KeyObject;
  readonly otherDaysKey: KeyObject;
};

/** How many ids of the dictionary a way of hashing finds again in the table. */
function hits({ table, ids }: Stolen, hash: Hash): number {
  let found = 0;
  for (let index = 0; index < ids; index += 1) if (table.has(hash("vehicle", plate(index)))) found += 1;
  return found;
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest().subarray(0, BYTES);

/** The four attacks, and a comparison of two controllers' tables that even one key must not make possible. */
export const ATTACKS = {
  "no key": (stolen) => hits(stolen, stolen.hashing.pseudonymiser(createSecretKey(randomBytes(32)), DAY)),
  "wrong day": (stolen) => hits(stolen, stolen.hashing.pseudonymiser(stolen.otherDaysKey, DAY)),
  unkeyed: (stolen) => hits(stolen, (kind, id) => sha256(stolen.hashing.canonicalise(kind, id))),
  "right key": (stolen) => hits(stolen, stolen.hashing.pseudonymiser(stolen.rightKey, DAY)),
  "another controller's table": (stolen) =>
    hits(stolen, stolen.hashing.pseudonymiser(stolen.rightKey, { ...DAY, controller: "another", population: "18" })),
} satisfies Record<string, (stolen: Stolen) => number>;

export type Attack = keyof typeof ATTACKS;

/** Hashes every id of the dictionary as the hub does, and hands the table to the attacker. */
export function steal(hashing: Hashing, ids: number): Stolen {
  const rightKey = hashing.importDayKey(hashing.makeDayKey());
  const otherDaysKey = hashing.importDayKey(hashing.makeDayKey());
  const table = createTable(ids);
  const hash = hashing.pseudonymiser(rightKey, DAY);
  for (let index = 0; index < ids; index += 1) table.add(hash("vehicle", plate(index)));
  return { hashing, ids, table, rightKey, otherDaysKey };
}
