import { binWindows } from "./bins.ts";

const columns = {
  start: [3600, 3600, 0, 0, 7200],
  end: [7200, 7200, 3600, 3600, 10_800],
  place: ["city", "city", "city", "city", null],
  destination: [null, null, null, null, null],
  category: ["0-200", "200-", "200-", "0-200", null],
  value: [10, 20, 30, null, null],
  lower95: [0, 0, 5, null, null],
  upper95: [35, 45, 55, null, null],
  withheld: [null, null, null, "FEED_SILENT", "NOT_RELEASED"],
};

describe("the windows of a histogram", () => {
  const windows = binWindows({ columns }, "city", ["0-200", "200-"]);

  test("come in order, each with its bins in the order of the plan", () => {
    expect(windows.map(({ start }) => start)).toEqual([0, 3600, 7200]);
    expect(windows.map(({ bars }) => bars.map(({ value }) => value))).toEqual([[null, 30], [10, 20], []]);
  });

  test("keep why a bin is withheld, and its interval where it is not", () => {
    expect(windows[0]?.bars[0]).toEqual({
      category: "0-200",
      value: null,
      lower: null,
      upper: null,
      withheld: "FEED_SILENT",
    });
    expect(windows[1]?.bars[1]).toMatchObject({ lower: 0, upper: 45 });
  });

  test("are of one place alone", () => {
    expect(binWindows({ columns }, "elsewhere", ["0-200"]).flatMap(({ bars }) => bars)).toEqual([]);
  });
});
