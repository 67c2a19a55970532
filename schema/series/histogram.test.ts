import { type Cell, COLUMNS, denseColumns, sumColumns } from "./columns.ts";
import { histogramsOf } from "./histogram.ts";

const HOUR = 3_600_000;
const windows = [
  { from: 0, to: HOUR },
  { from: HOUR, to: 2 * HOUR },
];
const cell = (place: string, category: string, value: (number | null)[]): Cell => ({
  plan: 1,
  place,
  category,
  start: [0, HOUR],
  value,
  withheld: value.includes(null) ? { [HOUR]: "FEED_SILENT" } : null,
});
const cells = [
  cell("a", "0-200", [-7, 40]),
  cell("a", "200-", [30, 5]),
  cell("b", "0-200", [3, null]),
  cell("b", "200-", [9, null]),
];
const plans = [{ number: 1, version: 1, width: 10 }];

describe("histograms", () => {
  const columns = denseColumns(cells, plans, windows, COLUMNS);

  test("are the bins of one window and place, signed and as shown, each with its interval", () => {
    const found = histogramsOf("SPEED", columns);
    expect(found.map(({ place, window, bins }) => [place, window.from, bins.length])).toEqual([
      ["a", 0, 2],
      ["b", 0, 2],
      ["a", HOUR, 2],
      ["b", HOUR, 2],
    ]);
    const unit = "DECIKILOMETRES_PER_HOUR";
    expect(found[0]?.bins).toEqual([
      { from: 0, to: 200, unit, signed: -7, value: 0, lower95: 0, upper95: 3, withheld: null },
      { from: 200, to: null, unit, signed: 30, value: 30, lower95: 20, upper95: 40, withheld: null },
    ]);
    expect(found[3]?.bins.map(({ value, withheld }) => [value, withheld])).toEqual([
      [null, "FEED_SILENT"],
      [null, "FEED_SILENT"],
    ]);
  });

  test("of several places are summed bin by bin, before anything is rounded up (rule P5)", () => {
    const asked = { leaves: windows, buckets: windows };
    const widths = [10, 14];
    const [first] = histogramsOf("DWELL", sumColumns(cells, plans, asked, "all", widths, COLUMNS));
    expect(first?.place).toBe("all");
    expect(first?.bins.map(({ signed, unit }) => [signed, unit])).toEqual([
      [-4, "SECONDS"],
      [39, "SECONDS"],
    ]);
  });

  test("are none of a statistic that is no histogram, whatever its categories look like", () => {
    expect(histogramsOf("DEPARTURES", columns)).toEqual([]);
  });
});
