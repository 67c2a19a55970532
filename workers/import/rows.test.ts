import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { headerOf, readRows } from "./rows.ts";

const folder = mkdtempSync(join(tmpdir(), "rows-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const all = async (path: string): Promise<(readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  for await (const { values } of readRows(path)) rows.push(values);
  return rows;
};

const CSV = 'a,b\n1,"x, y"\n2,z\n';

describe("reading a file", () => {
  test("takes CSV and gzip alike, whatever the name", async () => {
    const rows = [
      ["a", "b"],
      ["1", "x, y"],
      ["2", "z"],
    ];
    expect(await all(file("plain.csv", CSV))).toEqual(rows);
    expect(await all(file("packed", gzipSync(CSV)))).toEqual(rows);
  });

  test("takes a byte-order mark and Windows line ends", async () => {
    expect(await all(file("windows.csv", "\ufeffa,b\r\n1,2\r\n"))).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test("numbers rows without the header and tells the line of each", async () => {
    const seen: [number, number][] = [];
    for await (const { number, line } of readRows(file("lines.csv", 'a,b\n1,"x\ny"\n2,z\n'))) seen.push([number, line]);
    expect(seen).toEqual([
      [0, 1],
      [1, 3],
      [2, 4],
    ]);
  });

  test("reads the header alone without reading on", async () => {
    expect(await headerOf(file("broken-later.csv", 'a,b\n1,"x'))).toEqual(["a", "b"]);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ["empty", "", /empty/],
    ["empty gzip", gzipSync(""), /empty/],
    ["truncated gzip", gzipSync(`a,b\n${"1,2\n".repeat(5000)}`).subarray(0, 60), /truncated; nothing of it was sent/],
    ["damaged gzip", damaged(gzipSync(`a,b\n${"1,2\n".repeat(5000)}`)), /gzip is (broken|truncated)/],
    ["other encoding", Buffer.from([0x61, 0x0a, 0xbc, 0xad, 0xbf, 0xef, 0x0a]), /not UTF-8/],
    ["open quote", 'a,b\n1,"x\n', /CSV is broken/],
  ])("says what is wrong with a file: %s", async (name, content, message) => {
    const path = file(name, content);
    await expect(all(path)).rejects.toThrow(message);
  });

  test("says that a file is not there", async () => {
    await expect(all(join(folder, "nowhere.csv"))).rejects.toMatchObject({ exitCode: 2 });
  });
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 20, 40);
  return copy;
}
