import { createReadStream, lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Ways in which bytes may be written down without being hidden: as they are, in hexadecimal, in base64. */
export function spellingsOfBytes(bytes: Buffer): Buffer[] {
  // Base64 of bytes inside others: three alignments, without the letters that their neighbours share.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(shift === 0 ? 0 : shift + 1)
      .replace(/=+$/, "")
      .slice(0, -1),
  );
  const url = base64.map((word) => word.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = bytes.toString("hex");
  return [bytes, ...[...new Set([hex, hex.toUpperCase(), ...base64, ...url])].map((word) => Buffer.from(word))];
}

/** Ways in which a text may be written down without being hidden. */
export function spellings(text: string): Buffer[] {
  const upper = text.toUpperCase();
  // JSON may escape what is not ASCII.
  const escaped = text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
  // Redis writes commands down with other bytes as \xHH.
  const bytes = [...Buffer.from(text)].map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
  );
  const plain = [...new Set([upper, text.toLowerCase(), escaped, bytes.join("")])].filter((word) => word !== text);
  const hexOfUpper = Buffer.from(upper).toString("hex");
  return [
    ...spellingsOfBytes(Buffer.from(text)),
    ...plain.map((word) => Buffer.from(word)),
    ...(upper === text ? [] : [Buffer.from(hexOfUpper)]),
    Buffer.from(text, "utf16le"),
  ];
}

type Source = AsyncIterable<Buffer | string>;
/** Answers the numbers of the needles that a stream of bytes holds, also across its chunks. */
export type Finder = (source: Source) => Promise<Set<number>>;

const BLOCK = 3;
const TABLE = 1 << 20;
const at = (bytes: Buffer, index: number): number => bytes[index] ?? 0;
const blockAt = (bytes: Buffer, end: number): number =>
  ((at(bytes, end - 2) << 12) ^ (at(bytes, end - 1) << 6) ^ at(bytes, end)) & (TABLE - 1);

/**
 * A search for many needles at once (Wu and Manber, 1994): the last bytes of a window say how far it may move on.
 * @param needles each of at least four bytes
 */
export function createFinder(needles: readonly Buffer[]): Finder {
  const shortest = Math.min(...needles.map(({ length }) => length), 200);
  if (shortest < BLOCK + 1) throw new RangeError("a needle has at least four bytes");
  const longest = Math.max(...needles.map(({ length }) => length));
  const moves = new Uint8Array(TABLE).fill(shortest - BLOCK + 1);
  const ending = new Map<number, number[]>();
  needles.forEach((needle, index) => {
    for (let end = BLOCK - 1; end < shortest; end += 1) {
      const block = blockAt(needle, end);
      moves[block] = Math.min(moves[block] ?? 0, shortest - 1 - end);
      if (end === shortest - 1) ending.set(block, [...(ending.get(block) ?? []), index]);
    }
  });
  return async (source) => {
    const found = new Set<number>();
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of source) {
      const next = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      const bytes = rest.length === 0 ? next : Buffer.concat([rest, next]);
      const { length } = bytes;
      let end = shortest - 1;
      while (end < length) {
        const block = (((bytes[end - 2] ?? 0) << 12) ^ ((bytes[end - 1] ?? 0) << 6) ^ (bytes[end] ?? 0)) & (TABLE - 1);
        const move = moves[block] ?? 1;
        if (move > 0) {
          end += move;
          continue;
        }
        const start = end - shortest + 1;
        for (const index of ending.get(block) ?? []) {
          const needle = needles[index];
          if (
            needle !== undefined &&
            bytes.compare(needle, 0, needle.length, start, Math.min(start + needle.length, length)) === 0
          )
            found.add(index);
        }
        end += 1;
      }
      rest = bytes.subarray(Math.max(0, bytes.length - longest + 1));
    }
    return found;
  };
}

/** Whether a stream of bytes holds one of the needles. */
export const foundIn = async (source: Source, needles: readonly Buffer[]): Promise<boolean> =>
  (await createFinder(needles)(source)).size > 0;

/** Plain files below a folder. A file that vanishes meanwhile (a server's own) is left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => {
      try {
        return lstatSync(path).isFile();
      } catch {
        return false;
      }
    });
}

/** What each file below a folder holds of the needles; files without any are left out. */
export async function searchFiles(folder: string, find: Finder): Promise<Map<string, Set<number>>> {
  const result = new Map<string, Set<number>>();
  for (const path of filesBelow(folder)) {
    try {
      // A server has thousands of small files: no large buffer for each.
      const highWaterMark = Math.min(4 << 20, Math.max(statSync(path).size, 4096));
      const found = await find(createReadStream(path, { highWaterMark }) as AsyncIterable<Buffer>);
      if (found.size > 0) result.set(path, found);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return result;
}

/** The files below a folder that hold one of the needles. */
export const filesWith = async (folder: string, needles: readonly Buffer[]): Promise<string[]> => [
  ...(await searchFiles(folder, createFinder(needles))).keys(),
];
