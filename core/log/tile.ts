import { type Hash, hashNode, type Range, type ReadSubtree, subtreesOf } from "./tree.ts";

/**
 * The tree cut into tiles of height 8 (C2SP tlog-tiles): the tile `index` at `level` holds up to 256 hashes, each of a
 * perfect subtree of 256^level entries.
 */
export type Tile = { readonly level: number; readonly index: number };

export const TILE_WIDTH = 256;
const HEIGHT = 8;
const LEVELS = 64;
const HASH_BYTES = 32;

/** How many hashes the tile holds in a tree of this size: 0 for one that is not there, 256 for a full one. */
export function widthOf({ level, index }: Tile, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** The tile in which the hash of a perfect subtree stands, or can be computed from `count` hashes from `start`. */
function tileOf(level: number, index: number): { tile: Tile; start: number; count: number } {
  const count = 2 ** (level % HEIGHT);
  const first = index * count;
  const tile = { level: Math.floor(level / HEIGHT), index: Math.floor(first / TILE_WIDTH) };
  return { tile, start: first - tile.index * TILE_WIDTH, count };
}

/** The tiles that the hashes of these ranges are read from, each once. */
export function tilesFor(ranges: readonly Range[]): Tile[] {
  const found = new Map<string, Tile>();
  for (const [level, index] of ranges.flatMap(subtreesOf)) {
    const { tile } = tileOf(level, index);
    found.set(keyOf(tile), tile);
  }
  return [...found.values()];
}

const keyOf = ({ level, index }: Tile): string => `${level}/${index}`;

/**
 * Reads subtrees from tiles that are at hand.
 * @param tiles the hashes of each, one behind the other
 * @returns a reader that throws RangeError for what the tiles do not hold
 */
export function subtreesFrom(tiles: Iterable<readonly [Tile, Buffer]>): ReadSubtree {
  const held = new Map([...tiles].map(([tile, hashes]) => [keyOf(tile), hashes]));
  return (level, index) => {
    const { tile, start, count } = tileOf(level, index);
    const hashes = held.get(keyOf(tile));
    if (hashes === undefined || hashes.length < (start + count) * HASH_BYTES) {
      throw new RangeError(`the tile ${keyOf(tile)} does not hold hash ${start + count - 1}`);
    }
    let row: Hash[] = Array.from({ length: count }, (_none, i) =>
      hashes.subarray((start + i) * HASH_BYTES, (start + i + 1) * HASH_BYTES),
    );
    while (row.length > 1) {
      row = Array.from({ length: row.length / 2 }, (_none, i) => hashNode(row[2 * i] as Hash, row[2 * i + 1] as Hash));
    }
    return row[0] as Hash;
  };
}

/** What a path below `/tile/` names. */
export type TilePath = Tile & { readonly kind: "HASHES" | "ENTRIES" /** 256: a full one */; readonly width: number };

/** `tile/0/x001/x234/067`, `tile/entries/000.p/12`, … as tlog-tiles writes it. */
export function formatTilePath({ kind, level, index, width }: TilePath): string {
  const groups =
    index
      .toString()
      .padStart(Math.ceil(index.toString().length / 3) * 3, "0")
      .match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${kind === "ENTRIES" ? "entries" : level}/${name}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads a path; null for one that is written in any other way. */
export function parseTilePath(path: string): TilePath | null {
  const [, level = "", name = "", partial] = PATH.exec(path) ?? [];
  if (name === "") return null;
  const found: TilePath = {
    kind: level === "entries" ? "ENTRIES" : "HASHES",
    level: level === "entries" ? 0 : Number(level),
    index: Number(name.replaceAll(/[x/]/g, "")),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  const isSo = found.level < LEVELS && Number.isSafeInteger(found.index) && formatTilePath(found) === path;
  return isSo && (partial === undefined || found.width < TILE_WIDTH) ? found : null;
}

const LONGEST_ENTRY = 65_535;

/** A bundle of entries: each behind its length, two bytes, big-endian. @throws RangeError for one over 65 535 bytes */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  if (entries.some((entry) => entry.length > LONGEST_ENTRY)) throw new RangeError("an entry is too long");
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** @throws RangeError for a bundle that is cut off */
export function decodeEntries(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    const start = at + 2;
    const end = start > bundle.length ? start : start + bundle.readUInt16BE(at);
    if (end > bundle.length) throw new RangeError("the bundle is cut off");
    entries.push(bundle.subarray(start, end));
    at = end;
  }
  return entries;
}
