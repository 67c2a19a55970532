import { createHash } from "node:crypto";

/**
 * The Merkle tree of RFC 6962, section 2.1 (RFC 9162, section 2.1): SHA-256, a leaf is hashed behind 0x00, a node behind
 * 0x01. All hashes are 32 bytes; sizes and indexes are integers below 2^53.
 */
export type Hash = Buffer;

/** Entries `[from, to)` that are one node of some tree: `from` is a multiple of the smallest power of two ≥ `to − from`. */
export type Range = { readonly from: number; readonly to: number };

/** The hash of a perfect subtree: of the `2^level` entries from `index · 2^level`. */
export type ReadSubtree = (level: number, index: number) => Hash;

const sha256 = (...parts: Uint8Array[]): Hash => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const EMPTY_ROOT: Hash = sha256();
export const hashLeaf = (entry: Uint8Array): Hash => sha256(LEAF, entry);
export const hashNode = (left: Uint8Array, right: Uint8Array): Hash => sha256(NODE, left, right);

/** The largest power of two below `size`, which is at least 2. */
function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** The perfect subtrees that a range consists of, from the left, as [level, index]. */
export function subtreesOf({ from, to }: Range): (readonly [level: number, index: number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = from; at < to; ) {
    let level = 0;
    let width = 1;
    while (at + width * 2 <= to && at % (width * 2) === 0) {
      width *= 2;
      level += 1;
    }
    found.push([level, at / width]);
    at += width;
  }
  return found;
}

/** The hash of a range. @throws RangeError for an empty range that does not begin at 0 */
export function hashRange(range: Range, read: ReadSubtree): Hash {
  const hashes = subtreesOf(range).map(([level, index]) => read(level, index));
  const last = hashes.pop();
  if (last === undefined) {
    if (range.from !== 0) throw new RangeError("an empty range has no hash");
    return EMPTY_ROOT;
  }
  return hashes.reduceRight((right, left) => hashNode(left, right), last);
}

export const treeRange = (size: number): Range => ({ from: 0, to: size });

/** The nodes of an inclusion proof, the leaf's sibling first (RFC 6962, section 2.1.1). @throws RangeError */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!isSize(size) || !isSize(index) || index >= size) throw new RangeError(`no entry ${index} in a tree of ${size}`);
  const path: Range[] = [];
  for (let { from, to } = treeRange(size); to - from > 1; ) {
    const middle = from + split(to - from);
    if (index < middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
    }
  }
  return path.reverse();
}

/** The nodes of a consistency proof from `first` to `second` (RFC 6962, section 2.1.2); none from 0 or to itself. */
export function consistencyRanges(first: number, second: number): Range[] {
  if (!isSize(first) || !isSize(second) || first > second) {
    throw new RangeError(`a tree of ${second} does not extend one of ${first}`);
  }
  if (first === 0 || first === second) return [];
  const path: Range[] = [];
  let { from, to } = treeRange(second);
  while (to !== first) {
    const middle = from + split(to - from);
    if (first <= middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
    }
  }
  if (from !== 0) path.push({ from, to });
  return path.reverse();
}

/** Whether `proof` shows that `leaf` is the entry `index` of the tree of `size` entries with that root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(index: number, size: number, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = hashNode(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = hashNode(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash.equals(root);
}

/** Whether `proof` shows that the second tree begins with the entries of the first (RFC 9162, section 2.1.4.2). */
export function verifyConsistency(
  first: { readonly size: number; readonly root: Hash },
  second: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!isSize(first.size) || !isSize(second.size) || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return proof.length === 0 && first.root.equals(EMPTY_ROOT);
  const path = isPowerOfTwo(first.size) ? [first.root, ...proof] : [...proof];
  const start = path.shift();
  if (start === undefined) return false;
  let at = first.size - 1;
  let last = second.size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  let old = start;
  let now = start;
  for (const node of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = hashNode(node, old);
      now = hashNode(node, now);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      now = hashNode(now, node);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && old.equals(first.root) && now.equals(second.root);
}

const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

function isPowerOfTwo(size: number): boolean {
  let power = 1;
  while (power < size) power *= 2;
  return power === size;
}
