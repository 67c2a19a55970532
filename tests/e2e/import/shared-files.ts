import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/** Published files that may lie beside the project; they are never copied into it. */
export const SHARED = process.env["MADANG_SHARED"] ?? join(import.meta.dirname, "../../../../shared");

/** A published file, or null where it is not there: then the test that wants it says so and is skipped. */
export function sharedFile(path: string): string | null {
  const file = join(SHARED, "data", path);
  if (existsSync(file)) return file;
  process.stderr.write(`skipped: a slice of ${path}: it is not beside the project (MADANG_SHARED)\n`);
  return null;
}

/** The header and those rows of a published file that are wanted, as text. */
export async function sliceOf(file: string, wanted: (row: string) => boolean): Promise<{ text: string; rows: number }> {
  const raw = createReadStream(file);
  const lines = createInterface({ input: file.endsWith(".gz") ? raw.pipe(createGunzip()) : raw });
  let text = "";
  let rows = -1;
  for await (const line of lines) {
    if (rows >= 0 && !wanted(line)) continue;
    text += `${line}\n`;
    rows++;
  }
  raw.destroy();
  return { text, rows };
}
