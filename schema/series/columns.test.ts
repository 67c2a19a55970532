import { type Cell, COLUMNS, denseColumns, sumColumns } from "./columns.ts";

const window = (from: number) => ({ from, to: from + 10 });
const cell = (plan: number, place: string, published: Record<number, number | string>): Cell => {
  const start = Object.keys(published).map(Number);
  const entries = Object.entries(published);
  return {
    plan,
    place,
    category: null,
    start: start.length === 0 ? null : start,
    value: start.length === 0 ? null : entries.map(([, value]) => (typeof value === "number" ? value : null)),
    withheld: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
  };
};

describe("the columns of a dense series", () => {
  test("every window and cell has its entry: a value, a reason, or that nothing was published yet", () => {
    const cells = [cell(7, "a", { 0: 5, 10: "FEED_SILENT" }), cell(7, "b", { 0: -3, 10: 4 })];
    const columns = denseColumns(cells, [7], [window(0), window(10), window(20)], [2], COLUMNS);
    expect(columns).toEqual({
      start: [0, 0, 10, 10, 20, 20],
      end: [10, 10, 20, 20, 30, 30],
      place: ["a", "b", "a", "b", "a", "b"],
      destination: [null, null, null, null, null, null],
      category: [null, null, null, null, null, null],
      value: [5, 0, null, 4, null, null],
      signed: [5, -3, null, 4, null, null],
      lower95: [3, 0, null, 2, null, null],
      upper95: [7, 0, null, 6, null, null],
      withheld: [null, null, "FEED_SILENT", null, "NOT_RELEASED", "NOT_RELEASED"],
      expected: 6,
      present: 3,
    });
  });

  test("of a window the newest version that was released counts, with its own width", () => {
    const cells = [cell(9, "a", { 10: 100 }), cell(7, "a", { 0: 1, 10: 2 })];
    const columns = denseColumns(cells, [9, 7], [window(0), window(10), window(20)], [50, 1], COLUMNS);
    expect([columns.signed, columns.upper95]).toEqual([
      [1, 100, null],
      [2, 150, null],
    ]);
  });

  test("only what is asked for is made, and windows between the published ones are passed over", () => {
    const columns = denseColumns([cell(7, "a", { 0: 1, 10: 2, 20: 3 })], [7], [window(0), window(20)], [0], ["signed"]);
    expect(columns).toMatchObject({ signed: [1, 3], start: null, value: null, expected: 2, present: 2 });
  });

  test("a cell without anything published has entries, too", () => {
    expect(denseColumns([cell(7, "a", {})], [7], [window(0)], [0], ["withheld"]).withheld).toEqual(["NOT_RELEASED"]);
  });
});

describe("the columns of sums", () => {
  const cells = [cell(7, "a", { 0: 5, 10: 6, 20: 1 }), cell(7, "b", { 0: -9, 10: 1, 20: "FEED_SILENT" })];
  const leaves = [window(0), window(10), window(20)];
  const hour = { from: 0, to: 20 };
  const next = { from: 20, to: 40 };

  test("signed values are summed before they are rounded up to zero, with the width of that many", () => {
    const columns = sumColumns(cells, [7], { leaves, buckets: [hour, hour, next] }, null, [2, 3], COLUMNS);
    expect(columns).toMatchObject({
      place: ["a", "b", "a", "b"],
      start: [0, 0, 20, 20],
      signed: [11, -8, 1, null],
      value: [11, 0, 1, null],
      upper95: [14, 0, 3, null],
      withheld: [null, null, null, "FEED_SILENT"],
      expected: 4,
      present: 3,
    });
  });

  test("a sum over places is withheld when one of them is", () => {
    const columns = sumColumns(cells, [7], { leaves, buckets: leaves }, "both", [2, 3], COLUMNS);
    expect(columns).toMatchObject({
      place: ["both", "both", "both"],
      signed: [-4, 7, null],
      lower95: [0, 4, null],
      withheld: [null, null, "FEED_SILENT"],
    });
  });
});
