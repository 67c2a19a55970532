import fc from "fast-check";
import { kill } from "../testing/mutant.ts";
import * as bound from "./bound.ts";

const FILE = new URL("./bound.ts", import.meta.url);
type Bound = typeof bound;
const row = fc.record({
  pseudonym: fc.constantFrom("a", "b", "c"),
  stratum: fc.constantFrom("day", "evening"),
  window: fc.integer({ min: 0, max: 5 }),
  cell: fc.constantFrom("x", "y", "z"),
});
const rows = fc.array(row, { maxLength: 60 });
const L = 3;
const byUnit = (list: readonly bound.Bounded[]): bound.Bounded[][] =>
  Object.values(Object.groupBy(list, (r) => `${r.pseudonym} ${r.stratum}`)).map((group) => group ?? []);

function bounds({ assignSlots }: Bound): void {
  fc.assert(
    fc.property(rows, (list) => {
      const bounded = assignSlots(list, L);
      for (const group of byUnit(bounded)) {
        expect(group.length).toBeLessThanOrEqual(L);
        expect(group.map((r) => r.slot)).toEqual(group.map((_r, i) => i));
        expect(group.map((r) => r.window)).toEqual(group.map((r) => r.window).sort((a, b) => a - b));
      }
      const places = bounded.map((r) => `${r.pseudonym} ${r.stratum} ${r.window} ${r.cell}`);
      expect(new Set(places).size).toBe(places.length);
      // Nothing that fits is left out.
      const distinct = new Set(list.map((r) => `${r.pseudonym} ${r.stratum} ${r.window} ${r.cell}`));
      const units = Object.values(Object.groupBy(distinct, (name) => name.split(" ").slice(0, 2).join(" ")));
      expect(bounded.length).toBe(units.reduce((sum, group) => sum + Math.min(L, group?.length ?? 0), 0));
    }),
    { seed: 5 },
  );
}

/** Freezing window by window, each knowing what the earlier ones used, is the same as the whole day at once. */
function windowByWindow({ assignSlots }: Bound): void {
  fc.assert(
    fc.property(rows, (list) => {
      let day: bound.Bounded[] = [];
      for (let window = 0; window <= 5; window++) {
        const now = list.filter((r) => r.window === window);
        day = [...day, ...assignSlots([...now].reverse(), L, day)];
      }
      const key = (r: bound.Bounded): string => `${r.pseudonym} ${r.stratum} ${r.window} ${r.cell} ${r.slot}`;
      expect(day.map(key).sort()).toEqual(assignSlots(list, L).map(key).sort());
    }),
    { seed: 6 },
  );
}

describe("bounding at freeze", () => {
  it("keeps at most L places for each pseudonym and stratum, earliest first, and loses none that fits", () =>
    bounds(bound));
  it("gives the same window by window as at once", () => windowByWindow(bound));

  it("changes at most L counts, each by one, when one unit is left out", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const cells = ["x", "y", "z"];
        const counts = (input: readonly bound.Contribution[]): number[] => {
          const bounded = bound.assignSlots(input, L);
          return [0, 1, 2, 3, 4, 5].flatMap((window) =>
            bound.countCells(
              bounded.filter((r) => r.window === window && r.stratum === "day"),
              cells,
            ),
          );
        };
        const [full, less] = [counts(list), counts(list.filter((r) => r.pseudonym !== "a"))];
        const differences = full.map((count, i) => count - (less[i] ?? 0));
        expect(differences.every((difference) => difference === 0 || difference === 1)).toBe(true);
        expect(differences.reduce((sum, difference) => sum + difference, 0)).toBeLessThanOrEqual(L);
      }),
    );
  });

  it("counts every public partition and no other", () => {
    const bounded = bound.assignSlots(
      [
        { pseudonym: "a", stratum: "", window: 0, cell: "y" },
        { pseudonym: "a", stratum: "", window: 0, cell: "unknown" },
      ],
      5,
    );
    expect(bound.countCells(bounded, ["x", "y", "z"])).toEqual([0, 1, 0]);
    expect(bound.countCells([], ["x"])).toEqual([0]);
  });

  it("refuses an L that is no positive integer", () => {
    for (const limit of [0, -1, 1.5, Number.NaN]) expect(() => bound.assignSlots([], limit)).toThrow(RangeError);
  });

  it.each([
    { name: "one too many", from: "if (slot >= limit ||", to: "if (slot > limit ||" },
    { name: "repetitions counted", from: "|| seen.has(place(row))) continue;", to: ") continue;" },
    {
      name: "strata share one L",
      from: "JSON.stringify([row.pseudonym, row.stratum]);",
      to: "JSON.stringify([row.pseudonym]);",
    },
    {
      name: "every unit shares one L",
      from: "JSON.stringify([row.pseudonym, row.stratum]);",
      to: "JSON.stringify([row.stratum]);",
    },
    { name: "latest first", from: "return a.window - b.window;", to: "return b.window - a.window;" },
  ])("notices: $name", (mutant) => kill<Bound>(FILE, mutant, bounds));

  it.each([
    {
      name: "earlier windows forgotten",
      from: "used.set(unit(row), Math.max(used.get(unit(row)) ?? 0, row.slot + 1));",
      to: "",
    },
    { name: "order of arrival decides", from: "if (a.cell !== b.cell) return a.cell < b.cell ? -1 : 1;", to: "" },
  ])("notices: $name", (mutant) => kill<Bound>(FILE, mutant, windowByWindow));
});
