import { createReadStream, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Ways in which a text may be written down without being hidden. */
export function spellings(text: string): Buffer[] {
  const bytes = Buffer.from(text, "utf8");
  // Base64 of a text inside other bytes: three alignments, without the letters that its neighbours share.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(shift === 0 ? 0 : shift + 1)
      .replace(/=+$/, "")
      .slice(0, -1),
  );
  const words = [text, text.toUpperCase(), bytes.toString("hex"), Buffer.from(text.toUpperCase()).toString("hex")];
  return [...words, ...base64].map((word) => Buffer.from(word)).concat(Buffer.from(text, "utf16le"));
}

/** Looks for needles in a stream of bytes, also across its chunks. */
export async function foundIn(source: AsyncIterable<Buffer | string>, needles: readonly Buffer[]): Promise<boolean> {
  const overlap = Math.max(...needles.map(({ length }) => length)) - 1;
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, typeof chunk === "string" ? Buffer.from(chunk) : chunk]);
    if (needles.some((needle) => bytes.includes(needle))) return true;
    rest = bytes.subarray(Math.max(0, bytes.length - overlap));
  }
  return false;
}

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

/** The files below a folder that hold one of the needles. */
export async function filesWith(folder: string, needles: readonly Buffer[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of filesBelow(folder)) {
    try {
      const stream = createReadStream(path, { highWaterMark: 4 << 20 }) as AsyncIterable<Buffer>;
      if (await foundIn(stream, needles)) found.push(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return found;
}
