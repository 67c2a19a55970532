import fc from "fast-check";
import { subtreesFrom, TILE_WIDTH, type Tile, tilesFor, widthOf } from "./tile.ts";
import {
  consistencyRanges,
  EMPTY_ROOT,
  type Hash,
  hashLeaf,
  hashNode,
  hashRange,
  inclusionRanges,
  type Range,
  treeRange,
  verifyConsistency,
  verifyInclusion,
} from "./tree.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");

/** The definition of RFC 6962, section 2.1, as it is written there. */
function definition(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return hashNode(definition(leaves.slice(0, k)), definition(leaves.slice(k)));
}

/** The tiles of a tree, made from the definition. */
function tilesOf(leaves: readonly Hash[]): Map<string, readonly [Tile, Buffer]> {
  const tiles = new Map<string, readonly [Tile, Buffer]>();
  let row = [...leaves];
  for (let level = 0; row.length > 0; level++) {
    for (let index = 0; index * TILE_WIDTH < row.length; index++) {
      const hashes = row.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
      tiles.set(`${level}/${index}`, [{ level, index }, Buffer.concat(hashes)]);
    }
    row = Array.from({ length: Math.floor(row.length / TILE_WIDTH) }, (_none, i) =>
      definition(row.slice(i * TILE_WIDTH, (i + 1) * TILE_WIDTH)),
    );
  }
  return tiles;
}

/** Hashes of ranges, from the tiles that they need and no others. */
function reader(leaves: readonly Hash[]) {
  const tiles = tilesOf(leaves);
  return (ranges: readonly Range[]): Hash[] => {
    const needed = tilesFor(ranges).map(({ level, index }) => {
      const found = tiles.get(`${level}/${index}`);
      if (found === undefined) throw new Error(`there is no tile ${level}/${index}`);
      return found;
    });
    return ranges.map((range) => hashRange(range, subtreesFrom(needed)));
  };
}

const some = (count: number): Hash[] =>
  Array.from({ length: count }, (_none, i) => hashLeaf(Buffer.from(`entry ${i}`)));

// The reference tree of the Certificate Transparency implementations (transparency-dev/merkle, testonly).
const REFERENCE = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("the Merkle tree of RFC 6962", () => {
  const leaves = REFERENCE.map((entry) => hashLeaf(hex(entry)));
  const root = (size: number) => reader(leaves.slice(0, size))([treeRange(size)])[0] as Hash;
  const told = (ranges: readonly Range[]) => reader(leaves)(ranges).map((hash) => hash.toString("hex"));

  test("has the roots of the reference implementations", () => {
    expect(ROOTS.map((_root, size) => root(size).toString("hex"))).toEqual(ROOTS);
  });

  test("has their proofs of inclusion and of consistency", () => {
    expect(told(inclusionRanges(0, 8))).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(told(inclusionRanges(5, 8))).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    expect(told(consistencyRanges(6, 8))).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    expect(told(consistencyRanges(2, 5))).toEqual([
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]);
  });
});

describe("proofs from tiles", () => {
  const SIZES = 70;
  const leaves = some(SIZES);
  const read = reader(leaves);
  const roots = Array.from({ length: SIZES + 1 }, (_none, size) => definition(leaves.slice(0, size)));
  const root = (size: number) => roots[size] as Hash;

  test("show every entry in every tree, at its own place and at no other", () => {
    for (let size = 1; size <= SIZES; size++) {
      for (let index = 0; index < size; index++) {
        const proof = read(inclusionRanges(index, size));
        const leaf = leaves[index] as Hash;
        expect(verifyInclusion(index, size, leaf, proof, root(size))).toBe(true);
        expect(verifyInclusion(index + 1, size, leaf, proof, root(size))).toBe(false);
        expect(verifyInclusion(index, size, leaf, proof, root(size - 1))).toBe(false);
        expect(verifyInclusion(index, size, leaves[(index + 1) % SIZES] as Hash, proof, root(size))).toBe(false);
      }
    }
  });

  test("show for all pairs of sizes that the larger tree begins with the smaller", () => {
    for (let second = 0; second <= SIZES; second++) {
      for (let first = 0; first <= second; first++) {
        const proof = read(consistencyRanges(first, second));
        const [old, now] = [first, second].map((size) => ({ size, root: root(size) })) as [
          { size: number; root: Hash },
          { size: number; root: Hash },
        ];
        expect(verifyConsistency(old, now, proof)).toBe(true);
        expect(verifyConsistency({ ...old, root: hashLeaf(old.root) }, now, proof)).toBe(false);
        // Every tree begins with the empty one.
        expect(verifyConsistency(old, { ...now, root: hashLeaf(now.root) }, proof)).toBe(first === 0 && second > 0);
        expect(verifyConsistency(old, now, [...proof, old.root])).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(old, now, proof.slice(1))).toBe(false);
        if (first !== second) expect(verifyConsistency(now, old, proof)).toBe(false);
      }
    }
  });

  test("are refused when any hash of them is changed, left out, added or exchanged", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: SIZES })
          .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 }))),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        ([size, index], place, bit) => {
          const proof = read(inclusionRanges(index, size));
          const at = place % proof.length;
          const changed = proof.map((hash, i) => {
            if (i !== at) return hash;
            const other = Buffer.from(hash);
            other.writeUInt8(other.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
            return other;
          });
          const leaf = leaves[index] as Hash;
          const forged = [changed, proof.toSpliced(at, 1), proof.toSpliced(at, 0, leaf), [...proof].reverse()];
          for (const one of forged) {
            if (one.length === proof.length && one.every((hash, i) => hash.equals(proof[i] as Hash))) continue;
            expect(verifyInclusion(index, size, leaf, one, root(size))).toBe(false);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("do not let a tree be extended that is not the beginning of the larger one", () => {
    // kills: a consistency check that looks at one of the two roots alone
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: SIZES - 1 }),
        fc.integer({ min: 1, max: SIZES }),
        fc.nat(),
        (a, b, place) => {
          const [first, second] = [Math.min(a, b), Math.max(a, b)];
          const forked = leaves.with(place % first, hashLeaf(Buffer.from("another past")));
          const old = { size: first, root: definition(forked.slice(0, first)) };
          const now = { size: second, root: root(second) };
          for (const proof of [
            read(consistencyRanges(first, second)),
            reader(forked)(consistencyRanges(first, second)),
          ]) {
            expect(verifyConsistency(old, now, proof)).toBe(false);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("need more than one level of tiles, and partial ones, in a large tree", () => {
    const many = some(66_100);
    const large = reader(many);
    const whole = definition(many);
    for (const index of [0, 255, 256, 65_535, 65_536, 65_792, 66_099]) {
      const proof = large(inclusionRanges(index, many.length));
      expect(verifyInclusion(index, many.length, many[index] as Hash, proof, whole)).toBe(true);
    }
    for (const first of [1, 255, 256, 257, 65_536, 65_537, 66_000]) {
      const old = { size: first, root: definition(many.slice(0, first)) };
      const proof = large(consistencyRanges(first, many.length));
      expect(verifyConsistency(old, { size: many.length, root: whole }, proof)).toBe(true);
    }
    expect([0, 1, 2].map((level) => widthOf({ level, index: 0 }, many.length))).toEqual([256, 256, 1]);
    expect(widthOf({ level: 0, index: 258 }, many.length)).toBe(52);
    expect(widthOf({ level: 0, index: 259 }, many.length)).toBe(0);
  });
});
