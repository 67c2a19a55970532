import fc from "fast-check";
import { kill } from "../../core/testing/mutant.ts";
import * as module from "./columns.ts";
import { type Cell, COLUMNS, denseColumns, sumColumns } from "./columns.ts";

const FILE = new URL("./columns.ts", import.meta.url);

const version = (number: number, width: number, of = number) => ({ number, version: of, width });
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
    const columns = denseColumns(cells, [version(7, 2)], [window(0), window(10), window(20)], COLUMNS);
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
      version: [7, 7, 7, 7, null, null],
      expected: 6,
      present: 3,
    });
  });

  test("of a window the newest version that was released counts, with its own width", () => {
    const cells = [cell(9, "a", { 10: 100 }), cell(7, "a", { 0: 1, 10: 2 })];
    const plans = [version(9, 50), version(7, 1)];
    const columns = denseColumns(cells, plans, [window(0), window(10), window(20)], COLUMNS);
    expect([columns.signed, columns.upper95]).toEqual([
      [1, 100, null],
      [2, 150, null],
    ]);
  });

  test("of a corrected window the correction counts, of any other the plan, also a later one", () => {
    // kills: a correction that is taken for the newest plan everywhere, or that its own plan goes before
    const cells = [cell(8, "a", { 0: 10 }), cell(7, "a", { 0: 1, 10: 2 }), cell(9, "a", { 20: 3 })];
    const plans = [version(9, 0, 3), version(7, 0, 1), version(8, 0, 2)];
    const columns = denseColumns(cells, plans, [window(0), window(10), window(20), window(30)], COLUMNS);
    expect([columns.signed, columns.version]).toEqual([
      [10, 2, 3, null],
      [2, 1, 3, null],
    ]);
  });

  test("only what is asked for is made, and windows between the published ones are passed over", () => {
    const cells = [cell(7, "a", { 0: 1, 10: 2, 20: 3 })];
    const columns = denseColumns(cells, [version(7, 0)], [window(0), window(20)], ["signed"]);
    expect(columns).toMatchObject({ signed: [1, 3], start: null, value: null, expected: 2, present: 2 });
  });

  test("a cell without anything published has entries, too", () => {
    expect(denseColumns([cell(7, "a", {})], [version(7, 0)], [window(0)], ["withheld"]).withheld).toEqual([
      "NOT_RELEASED",
    ]);
  });
});

describe("the columns of sums", () => {
  const cells = [cell(7, "a", { 0: 5, 10: 6, 20: 1 }), cell(7, "b", { 0: -9, 10: 1, 20: "FEED_SILENT" })];
  const leaves = [window(0), window(10), window(20)];
  const hour = { from: 0, to: 20 };
  const next = { from: 20, to: 40 };

  test("signed values are summed before they are rounded up to zero, with the width of that many", () => {
    const columns = sumColumns(cells, [version(7, 2)], { leaves, buckets: [hour, hour, next] }, null, [2, 3], COLUMNS);
    expect(columns).toMatchObject({
      place: ["a", "b", "a", "b"],
      start: [0, 0, 20, 20],
      signed: [11, -8, 1, null],
      value: [11, 0, 1, null],
      upper95: [14, 0, 3, null],
      withheld: [null, null, null, "FEED_SILENT"],
      version: [7, 7, 7, 7],
      expected: 4,
      present: 3,
    });
  });

  test("a sum over places is withheld when one of them is", () => {
    const columns = sumColumns(cells, [version(7, 2)], { leaves, buckets: leaves }, "both", [2, 3], COLUMNS);
    expect(columns).toMatchObject({
      place: ["both", "both", "both"],
      signed: [-4, 7, null],
      lower95: [0, 4, null],
      withheld: [null, null, "FEED_SILENT"],
    });
  });

  test("a sum of values of several versions says so: it has none", () => {
    // kills: a sum that mixes a correction with what it did not correct, and names one version
    const corrected = [...cells, cell(8, "a", { 0: 50 }), cell(8, "b", { 0: -50 })];
    const plans = [version(7, 2), version(8, 9)];
    const columns = sumColumns(corrected, plans, { leaves, buckets: [hour, hour, next] }, null, [2, 3], COLUMNS);
    expect([columns.place, columns.signed, columns.version]).toEqual([
      ["a", "b", "a", "b"],
      [56, -49, 1, null],
      [null, null, 7, 7],
    ]);
  });
});

/** Rule P5: what was released is answered and summed as it is; only what is shown is rounded up to zero. */
function roundsOnlyInTheView(columns: typeof module): void {
  const released = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
    minLength: 1,
    maxLength: 16,
  });
  fc.assert(
    fc.property(released, (pairs) => {
      const leaves = pairs.map((_, at) => window(10 * at));
      const valuesOf = (place: 0 | 1) => Object.fromEntries(pairs.map((pair, at) => [10 * at, pair[place]]));
      const cells = [cell(7, "a", valuesOf(0)), cell(7, "b", valuesOf(1))];
      const plans = [version(7, 5)];
      const dense = columns.denseColumns(cells, plans, leaves, COLUMNS);
      expect(dense.signed).toEqual(pairs.flat());
      expect(dense.value).toEqual(pairs.flat().map((value) => Math.max(0, value)));
      expect(dense.upper95).toEqual(pairs.flat().map((value) => Math.max(0, value + 5)));
      expect(dense.lower95).toEqual(pairs.flat().map((value) => Math.max(0, value - 5)));
      const whole = { leaves, buckets: leaves.map(() => ({ from: 0, to: 1000 })) };
      const total = pairs.flat().reduce((sum, value) => sum + value, 0);
      const sums = columns.sumColumns(cells, plans, whole, "all", new Array(32).fill(9), COLUMNS);
      expect([sums.signed, sums.value, sums.lower95]).toEqual([
        [total],
        [Math.max(0, total)],
        [Math.max(0, total - 9)],
      ]);
    }),
    { seed: 11 },
  );
}

describe("rounding up to zero", () => {
  test("is a matter of the view: sums are of signed values", () => roundsOnlyInTheView(module));

  test.each([
    { name: "rounded before the sum", from: "sum.value += value ?? 0;", to: "sum.value += Math.max(0, value ?? 0);" },
    { name: "signed values rounded", from: "signed?.push(value);", to: "signed?.push(Math.max(0, value ?? 0));" },
    { name: "shown below zero", from: "value === null ? null : Math.max(value, 0)", to: "value" },
    {
      name: "an interval around the rounded value",
      from: "Math.max(value - width, 0)",
      to: "Math.max(value, 0) - width",
    },
  ])("notices: $name", (mutant) => kill<typeof module>(FILE, mutant, roundsOnlyInTheView));
});
