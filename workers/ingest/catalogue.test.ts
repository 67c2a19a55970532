import { cellKey, cellsOf, type Partition, WHOLE_CITY } from "./catalogue.ts";

const zone = (id: string, parent: string, h3: string | null = null) => ({ id, parent_id: parent, h3 });
const within = Map.groupBy(
  [
    zone("district", ""),
    zone("quarter", "district"),
    zone("cell-1", "quarter", "891"),
    zone("road", "district"),
    zone("plaza", "quarter"),
  ],
  (one) => one.parent_id,
);
const partition = (cell: number, id: string, more: Partial<Partition> = {}): Partition => {
  return { cell, zone: id, kind: "AREA", h3: "", category: "", ...more };
};
const cells = (...given: Parameters<typeof cellsOf>) => Object.fromEntries(cellsOf(...given));

describe("the cells of a plan", () => {
  test("of tracks are found by what lies inside a partition, by the zones of the catalogue alone", () => {
    expect(cells("PRESENCE", [partition(1, "quarter")], within)).toEqual({ "891": 1 });
    expect(cells("PASSAGES", [partition(1, "district")], within)).toEqual({
      ...{ district: 1, quarter: 1, "cell-1": 1, road: 1, plaza: 1 },
    });
  });

  test("belong to the nearest partition where one lies inside another", () => {
    // kills: a track that counts for the quarter and the district alike, which one bound would not hold
    const both = [partition(1, "district"), partition(2, "quarter")];
    expect(cells("PRESENCE", both, within)).toEqual({ "891": 2 });
    expect(cells("SPEED", both, within)).toEqual({ district: 1, road: 1, quarter: 2, "cell-1": 2, plaza: 2 });
  });

  test("of a histogram are there once a bin, inside a partition too", () => {
    const bins = ["0-100", "100-"].map((category, at) => partition(at + 1, "quarter", { category }));
    const found = cellsOf("DWELL", bins, within);
    expect(["0-100", "100-"].map((bin) => found.get(cellKey("plaza", bin)))).toEqual([1, 2]);
  });

  test("of an occupancy, of trips and of counters are their own zone alone", () => {
    for (const statistic of ["OCCUPANCY", "COUNTER", "INCIDENTS", "DEPARTURES"] as const) {
      expect(cells(statistic, [partition(1, "quarter")], within)).toEqual({ quarter: 1 });
    }
    expect(cells("DEPARTURES", [partition(1, "city", { kind: "CITY" })], within)).toEqual({ [WHOLE_CITY]: 1 });
  });
});
