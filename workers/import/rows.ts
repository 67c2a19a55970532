import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { ImportFault } from "./fault.ts";

/** One row of a CSV file. */
export type Row = {
  readonly values: readonly string[];
  /** from 1, the header not counted */
  readonly number: number;
  /** line of the file on which it ends, from 1 */
  readonly line: number;
};

const GZIP = [0x1f, 0x8b];

/**
 * Reads a CSV file (plain or gzip, told by its first bytes) row by row in flat memory; the header is the first row
 * answered, with number 0.
 * @throws ImportFault for a missing or empty file, a truncated or broken gzip, text that is not UTF-8, broken quotes
 */
export async function* readRows(path: string): AsyncGenerator<Row> {
  const name = basename(path);
  const { size } = await stat(path).catch(() => {
    throw new ImportFault(`${name}: there is no such file`, 2);
  });
  if (size === 0) throw new ImportFault(`${name}: the file is empty`);
  const text = Readable.from(textOf(path, name));
  const csv = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n"],
  });
  text.on("error", (error) => csv.destroy(error));
  text.pipe(csv);
  let number = 0;
  try {
    for await (const { record, info } of csv as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { values: record, number, line: info.lines };
      number++;
    }
  } catch (error) {
    if (error instanceof CsvError) {
      throw new ImportFault(`${name}: the CSV is broken at line ${String(error["lines"] ?? "?")} (${error.code})`);
    }
    throw error;
  }
  if (number === 0) throw new ImportFault(`${name}: the file is empty`);
}

/** The text of a file in pieces. Faults are told by what they mean, not by what the libraries call them. */
async function* textOf(path: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new ImportFault(`${name}: the text is not UTF-8; save the file as UTF-8 and import it again`);
    }
  };
  for await (const bytes of bytesOf(path, name)) yield decode(bytes);
  yield decode();
}

async function* bytesOf(path: string, name: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const chunks = file[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const first = await chunks.next();
  if (first.done === true) throw new ImportFault(`${name}: the file is empty`);
  const all = async function* (): AsyncGenerator<Buffer> {
    yield first.value;
    yield* chunks;
  };
  if (!GZIP.every((byte, at) => first.value[at] === byte)) {
    yield* all();
    return;
  }
  const source = Readable.from(all());
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === "Z_BUF_ERROR") throw new ImportFault(`${name}: the gzip is truncated; nothing of it was sent`);
    if (typeof code === "string" && code.startsWith("Z_")) {
      throw new ImportFault(`${name}: the gzip is broken (${code}); nothing of it was sent`);
    }
    throw error;
  }
}

/** The first row of a file: its columns. */
export async function headerOf(path: string): Promise<readonly string[]> {
  for await (const { values } of readRows(path)) return values;
  throw new ImportFault(`${basename(path)}: the file is empty`);
}

/** The SHA-256 of a file's bytes as they are on disk, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest("hex");
}
