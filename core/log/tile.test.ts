import fc from "fast-check";
import { decodeEntries, encodeEntries, formatTilePath, parseTilePath, type TilePath, widthOf } from "./tile.ts";

describe("paths of tiles", () => {
  test("are those of C2SP tlog-tiles", () => {
    expect(formatTilePath({ kind: "HASHES", level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
    expect(formatTilePath({ kind: "HASHES", level: 2, index: 0, width: 1 })).toBe("tile/2/000.p/1");
    expect(formatTilePath({ kind: "ENTRIES", level: 0, index: 273, width: 112 })).toBe("tile/entries/273.p/112");
  });

  test("are read as they are written", () => {
    const path = fc.record({
      kind: fc.constantFrom<TilePath["kind"]>("HASHES", "ENTRIES"),
      level: fc.integer({ min: 0, max: 63 }),
      index: fc.integer({ min: 0, max: 10 ** 13 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(path, (asked) => {
        const one = asked.kind === "ENTRIES" ? { ...asked, level: 0 } : asked;
        expect(parseTilePath(formatTilePath(one))).toEqual(one);
      }),
    );
  });

  test.each([
    "tile/0/0",
    "tile/00/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/x001",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/000.p/",
    "tile/entries/000/",
    "tile/entries/../000",
    "tile/0/000?x",
    "/tile/0/000",
  ])("have one spelling: %s is none", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

test("a tree of 70 000 has the tiles that the specification counts", () => {
  const widths = (level: number, indexes: number[]) => indexes.map((index) => widthOf({ level, index }, 70_000));
  expect(widths(0, [0, 272, 273, 274])).toEqual([256, 256, 112, 0]);
  expect(widths(1, [0, 1, 2])).toEqual([256, 17, 0]);
  expect(widths(2, [0, 1])).toEqual([1, 0]);
});

describe("bundles of entries", () => {
  test("hold each entry behind its length", () => {
    expect(encodeEntries([Buffer.from("a"), Buffer.alloc(0), Buffer.from("bc")]).toString("hex")).toBe(
      "000161000000026263",
    );
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (entries) => {
        expect(decodeEntries(encodeEntries(entries))).toEqual(entries.map((entry) => Buffer.from(entry)));
      }),
    );
  });

  test("are refused when they are cut off, and cannot hold an entry over 65 535 bytes", () => {
    const whole = encodeEntries([Buffer.from("entry")]);
    expect(() => decodeEntries(whole.subarray(0, -1))).toThrow(/cut off|too long/);
    expect(() => decodeEntries(whole.subarray(0, 1))).toThrow(/cut off|too long/);
    expect(() => encodeEntries([Buffer.alloc(65_536)])).toThrow(/cut off|too long/);
  });
});
