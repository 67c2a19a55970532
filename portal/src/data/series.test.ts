import { chosenPart, membersOf, newestOf, pointsOf } from "./series.ts";

type Row = { start: number; place: string | null; destination?: string; category?: string; value: number | null };

const seriesOf = (rows: readonly Row[]) => ({
  columns: {
    start: rows.map(({ start }) => start),
    end: rows.map(({ start }) => start + 10),
    place: rows.map(({ place }) => place),
    destination: rows.map(({ destination }) => destination ?? null),
    category: rows.map(({ category }) => category ?? null),
    value: rows.map(({ value }) => value),
    lower95: rows.map(({ value }) => value),
    upper95: rows.map(({ value }) => value),
    withheld: rows.map(({ value }) => (value === null ? "NOT_RELEASED" : null)),
  },
});

describe("a series of pairs", () => {
  const pairs = seriesOf([
    { start: 0, place: "b", destination: "a", value: 12 },
    { start: 0, place: "a", destination: "a", value: 20 },
    { start: 10, place: "a", destination: "c", value: 15 },
    { start: 20, place: null, value: null },
    { start: 30, place: "c", destination: "a", value: 14 },
    { start: 30, place: "a", destination: "a", value: 30 },
  ]);

  it("is one line for origin and destination, with a gap where the pair is not stored", () => {
    const part = chosenPart(pairs, "a", { destination: "a" });
    expect(pointsOf(pairs, part).map(({ start, value }) => [start, value])).toEqual([
      [0, 20],
      [20, null],
      [30, 30],
    ]);
  });

  it("offers the destinations of the origin only", () => {
    expect(membersOf(pairs, "destination", "a")).toEqual(["a", "c"]);
    expect(chosenPart(pairs, "b", { destination: "c" }).destination).toBe("a");
  });

  it("says of the newest window what reached each destination from the origin", () => {
    const { window, values } = newestOf(pairs, { place: "a", category: null }, true);
    expect(window).toEqual({ from: 30, to: 40 });
    expect([...values].map(([slug, { value }]) => [slug, value])).toEqual([["a", 30]]);
  });
});

describe("a series that is split", () => {
  it("says of the newest window what the category is at each place", () => {
    const split = seriesOf([
      { start: 0, place: "a", category: "08", value: 1 },
      { start: 10, place: "a", category: "07", value: 2 },
      { start: 10, place: "a", category: "08", value: 3 },
      { start: 10, place: "b", category: "08", value: 4 },
    ]);
    const { values } = newestOf(split, { place: null, category: "08" }, false);
    expect([...values].map(([slug, { value }]) => [slug, value])).toEqual([
      ["a", 3],
      ["b", 4],
    ]);
  });

  it("has no newest window when nothing was released", () => {
    expect(newestOf(seriesOf([]), { place: null, category: null }, false)).toEqual({
      window: undefined,
      values: new Map(),
    });
  });
});
