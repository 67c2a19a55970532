import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { subtreesFrom } from "../../../core/log/tile.ts";
import {
  consistencyRanges,
  type Hash,
  hashLeaf,
  hashRange,
  inclusionRanges,
  treeRange,
} from "../../../core/log/tree.ts";
import { uniform } from "../../../core/privacy/random.ts";
import { seededWords } from "../../../core/testing/seeded.ts";
import type { Parts } from "./parts.ts";

export type Outcome = {
  /** forgeries that were believed, by what they were */
  readonly believed: readonly string[];
  readonly tried: number;
  /** true things that were not believed */
  readonly refused: readonly string[];
};

const ORIGIN = "hub.example/log";
const SIZE = 230;
const seed = () => generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);

/** A history of the log: entries as text, and what can be computed of it. */
function history(word: string, from: number) {
  const entries = Array.from({ length: SIZE }, (_none, i) => Buffer.from(i < from ? `${i}` : `${word} ${i}`));
  const read = subtreesFrom([[{ level: 0, index: 0 }, Buffer.concat(entries.map(hashLeaf))]]);
  const hash = (range: Parameters<typeof hashRange>[0]): Hash => hashRange(range, read);
  return {
    entry: (at: number) => entries[at] as Buffer,
    head: (size: number) => ({ size, root: hash(treeRange(size)) }),
    path: (at: number, size: number) => inclusionRanges(at, size).map(hash),
    proof: (first: number, second: number) => consistencyRanges(first, second).map(hash),
  };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Another digit of base64 that differs in the lowest bit alone, which the last digit before "=" does not use. */
const sameBits = (digit: string): string => DIGITS[DIGITS.indexOf(digit) ^ 1] ?? "";

/** Part 1: proofs that are not the log's. @throws never: what throws anything is refused */
export function forgeProofs(parts: Parts, count: number): Outcome {
  const random = seededWords("forged proofs");
  const below = (n: number) => uniform(n, random);
  const [log, thief] = [parts.note.signerOf(ORIGIN, seed()), parts.note.signerOf(ORIGIN, seed())];
  const key = parts.note.verifierOf(log);
  const one = history("true", SIZE);
  const other = history("forged", 0);
  const believes = (text: string, entry: Buffer): boolean => {
    try {
      parts.proof.verifyProof(text, entry, key);
      return true;
    } catch {
      return false;
    }
  };
  const believed: string[] = [];
  const refused: string[] = [];
  let tried = 0;
  for (let round = 0; round < count; round++) {
    const size = 2 + below(SIZE - 2);
    const at = below(size);
    const path = one.path(at, size);
    const signed = parts.checkpoint.signCheckpoint(one.head(size), log);
    const write = (change: Partial<Parameters<typeof parts.proof.formatProof>[0]> = {}) =>
      parts.proof.formatProof({ extra: null, index: at, path, checkpoint: signed, ...change });
    const text = write();
    if (!believes(text, one.entry(at))) refused.push(`entry ${at} of ${size}`);
    const changed = Buffer.from(path[below(path.length)] ?? Buffer.alloc(32));
    changed.writeUInt8(changed.readUInt8(below(32)) ^ (1 << below(8)), below(32));
    const spot = text.indexOf("index") + below(text.length - text.indexOf("index") - 1);
    const letter = DIGITS[below(64)] ?? "";
    const foreign = `${parts.checkpoint.formatCheckpoint({ ...other.head(size), origin: "another.example/log" })}`;
    const forgeries: Record<string, readonly [string, Buffer]> = {
      "another entry": [text, other.entry(at)],
      "another place": [write({ index: (at + 1) % size }), one.entry(at)],
      "a hash left out": [write({ path: path.slice(1) }), one.entry(at)],
      "a hash added": [write({ path: [...path, changed] }), one.entry(at)],
      "a hash changed": [write({ path: path.with(below(path.length), changed) }), one.entry(at)],
      "another size": [text.replace(`\n${size}\n`, `\n${size + 1}\n`), one.entry(at)],
      "a forged tree under the true signature": [
        write({ path: other.path(at, size) }).replace(
          one.head(size).root.toString("base64"),
          other.head(size).root.toString("base64"),
        ),
        other.entry(at),
      ],
      "a forged tree of another key": [
        write({ path: other.path(at, size), checkpoint: parts.checkpoint.signCheckpoint(other.head(size), thief) }),
        other.entry(at),
      ],
      "the tree of another log": [
        write({ path: other.path(at, size), checkpoint: parts.note.signNote(foreign, log) }),
        other.entry(at),
      ],
      "another spelling of the signature": [text.replace(/.(?==+\n$)/, sameBits), one.entry(at)],
      "one character changed": [text.slice(0, spot) + letter + text.slice(spot + 1), one.entry(at)],
    };
    for (const [name, [forged, entry]] of Object.entries(forgeries)) {
      // A change that changes nothing is no forgery.
      if (forged === text && entry.equals(one.entry(at))) continue;
      tried++;
      if (believes(forged, entry)) believed.push(name);
    }
  }
  return { believed, tried, refused };
}

/** Parts 2 and 3: second histories for the log's key, and for two witnesses when the key is stolen. */
export function forkLog(parts: Parts, count: number): Outcome {
  const random = seededWords("forks");
  const below = (n: number) => uniform(n, random);
  const believed: string[] = [];
  const refused: string[] = [];
  let tried = 0;
  for (let round = 0; round < count; round++) {
    const first = 2 + below(SIZE - 3);
    const second = first + 1 + below(SIZE - first - 1);
    const past = below(first);
    const [one, fork] = [history("one", past), history("two", past)];
    const folder = mkdtempSync(join(tmpdir(), "fork-"));
    try {
      const key = parts.signer.openLogSigner(folder);
      const { verifierKey } = key.open(ORIGIN);
      if (!("note" in key.sign(one.head(first), []))) refused.push("the first tree");
      const wishes = {
        "a smaller tree": [one.head(first - 1), []],
        "another tree of the same size": [fork.head(first), []],
        "a second history": [fork.head(second), fork.proof(first, second)],
        "a second history with the proof of the first": [fork.head(second), one.proof(first, second)],
      } as const;
      for (const [name, [head, proof]] of Object.entries(wishes)) {
        tried++;
        // Also after a restart: it must not have forgotten.
        const answers = [() => key.sign(head, proof), () => parts.signer.openLogSigner(folder).sign(head, proof)];
        if (answers.some((ask) => "note" in ask())) believed.push(`the key: ${name}`);
      }
      const next = key.sign(one.head(second), one.proof(first, second));
      if (!("note" in next)) refused.push("a larger tree");
      compareWitnesses(parts, { one, fork, first, second }, believed, refused);
      tried++;
      if (parts.signer.openLogSigner(folder).read()?.verifierKey !== verifierKey) refused.push("its own key");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { believed, tried, refused };
}

type Fork = {
  one: ReturnType<typeof history>;
  fork: ReturnType<typeof history>;
  first: number;
  second: number;
};

/** The key is stolen: each witness sees a history of its own, signed and consistent, until they compare. */
function compareWitnesses(
  parts: Parts,
  { one, fork, first, second }: Fork,
  believed: string[],
  refused: string[],
): void {
  const log = parts.note.signerOf(ORIGIN, seed());
  const key = parts.note.verifierOf(log);
  const own = parts.note.signerOf("witness.example", seed());
  const see = (of: Fork["one"], size: number, proof: readonly Hash[], last = parts.witness.NOTHING_SEEN) =>
    parts.witness.witness(parts.checkpoint.signCheckpoint(of.head(size), log), proof, last, key, own, 1).head;
  let [a, b] = [parts.witness.NOTHING_SEEN, parts.witness.NOTHING_SEEN];
  try {
    a = see(one, second, one.proof(first, second), see(one, first, []));
    b = see(fork, second, fork.proof(first, second), see(fork, first, []));
  } catch {
    refused.push("a history that a witness sees alone");
  }
  for (const [name, of, size, last] of [
    ["the other's tree of the same size", fork, second, a],
    ["the other's larger tree", one, SIZE, b],
  ] as const) {
    try {
      see(of, size, of.proof(last.size, size), last);
      believed.push(`the witnesses: ${name}`);
    } catch {
      // It was found.
    }
  }
}
