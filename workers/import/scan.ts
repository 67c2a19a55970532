import { hash } from "node:crypto";
import { basename } from "node:path";
import type { CityConfig } from "../../prisma/cities/city.ts";
import { ImportFault } from "./fault.ts";
import { isRefusal } from "./formats/format.ts";
import { FORMATS, type Source } from "./formats/formats.ts";
import type { Rejects } from "./rejects.ts";
import { hashFile, readRows } from "./rows.ts";
import type { Spool } from "./spool.ts";

export type Scan = {
  /** of the file's bytes, in hexadecimal */
  readonly sha256: string;
  /** rows without the header */
  readonly input: number;
  /** first and last day of the rows taken; null when none was */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
};

/**
 * Reads a whole file, judges every row and spools those that are taken by day. Nothing is sent yet: a file that is
 * broken in its last byte has sent nothing. A row's subject is the file's hash and the row's number.
 * @throws ImportFault for a broken file or one without the columns of its format
 */
export async function scan(
  path: string,
  city: CityConfig,
  source: Source,
  spool: Spool,
  rejects: Rejects,
  options: { signal: AbortSignal; onRows?: (count: number) => void },
): Promise<Scan> {
  const file = basename(path);
  const sha256 = await hashFile(path);
  const format = FORMATS[source.format];
  const read = format.reader(city);
  let header: readonly string[] = [];
  let at = new Map<string, number>();
  let input = 0;
  let firstDay: string | null = null;
  let lastDay: string | null = null;
  for await (const { values, number, line } of readRows(path)) {
    if (number === 0) {
      header = values;
      at = new Map(header.map((name, index) => [name, index]));
      const missing = format.columns.filter((name) => !at.has(name));
      if (missing.length > 0) {
        throw new ImportFault(`${file}: these columns are missing: ${missing.join(", ")} (format ${source.format})`);
      }
      continue;
    }
    input = number;
    if (number % 4096 === 0) {
      options.signal.throwIfAborted();
      options.onRows?.(number);
    }
    if (values.length !== header.length) {
      rejects.add(file, line, "ROW_COLUMNS", "");
      continue;
    }
    const result = read((name) => values[at.get(name) ?? -1] ?? "", `${sha256.slice(0, 32)}-${number}`);
    if (isRefusal(result)) {
      rejects.add(file, line, result.reason, result.column);
      continue;
    }
    if (result.day < source.firstDay || result.day > source.lastDay) {
      rejects.add(file, line, result.day < source.firstDay ? "ROW_TOO_OLD" : "ROW_FUTURE", "");
      continue;
    }
    if (firstDay === null || result.day < firstDay) firstDay = result.day;
    if (lastDay === null || result.day > lastDay) lastDay = result.day;
    spool.add(result.day, {
      line,
      key: hash("sha1", result.key, "base64url"),
      json: JSON.stringify(result.reading),
    });
  }
  if (input === 0) throw new ImportFault(`${file}: the file has a header and no row`);
  return { sha256, input, firstDay, lastDay };
}
