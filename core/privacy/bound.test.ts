import fc from "fast-check";
import { kill } from "../testing/mutant.ts";
import * as bound from "./bound.ts";

const FILE = new URL("./bound.ts", import.meta.url);
type Bound = typeof bound;
const row = fc.record({
  pseudonym: fc.constantFrom("a", "b", "c"),
  window: fc.integer({ min: 0, max: 5 }),
  cell: fc.constantFrom("x", "y", "z"),
});
/** A day of six windows in two parts: windows 0 … 2, and 3 … 5. */
const rows = fc.array(
  row.map((one) => ({ ...one, stratum: one.window < 3 ? 0 : 1 })),
  { maxLength: 60 },
);
const PARTS = [2, 3];
const L = 5;
const byUnit = (list: readonly bound.Bounded[]): bound.Bounded[][] =>
  Object.values(Object.groupBy(list, (r) => `${r.pseudonym} ${r.stratum}`)).map((group) => group ?? []);

function bounds({ assignSlots }: Bound): void {
  fc.assert(
    fc.property(rows, (list) => {
      const bounded = assignSlots(list, PARTS);
      for (const group of byUnit(bounded)) {
        const { stratum } = group[0] ?? { stratum: 0 };
        expect(group.length).toBeLessThanOrEqual(PARTS[stratum] ?? 0);
        expect(group.map((r) => r.slot)).toEqual(group.map((_r, i) => i + (stratum === 0 ? 0 : 2)));
        expect(group.map((r) => r.window)).toEqual(group.map((r) => r.window).sort((a, b) => a - b));
      }
      const places = bounded.map((r) => `${r.pseudonym} ${r.stratum} ${r.window} ${r.cell}`);
      expect(new Set(places).size).toBe(places.length);
      // Whatever the parts are: no slot of a unit-day twice, and none beyond the sum. This is what the database holds.
      const slots = bounded.map((r) => `${r.pseudonym} ${r.slot}`);
      expect(new Set(slots).size).toBe(slots.length);
      expect(Math.max(-1, ...bounded.map((r) => r.slot))).toBeLessThan(L);
      // Nothing that fits is left out.
      const distinct = new Set(list.map((r) => `${r.pseudonym} ${r.stratum} ${r.window} ${r.cell}`));
      const units = Object.entries(Object.groupBy(distinct, (name) => name.split(" ").slice(0, 2).join(" ")));
      const fitting = units.map(([unit, group]) =>
        Math.min(PARTS[Number(unit.split(" ")[1])] ?? 0, group?.length ?? 0),
      );
      expect(bounded.length).toBe(fitting.reduce((sum, count) => sum + count, 0));
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
        day = [...day, ...assignSlots([...now].reverse(), PARTS, day)];
      }
      const key = (r: bound.Bounded): string => `${r.pseudonym} ${r.stratum} ${r.window} ${r.cell} ${r.slot}`;
      expect(day.map(key).sort()).toEqual(assignSlots(list, PARTS).map(key).sort());
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
          const bounded = bound.assignSlots(input, PARTS);
          return [0, 1, 2, 3, 4, 5].flatMap((window) =>
            bound.countCells(
              bounded.filter((r) => r.window === window),
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
        { pseudonym: "a", stratum: 0, window: 0, cell: "y" },
        { pseudonym: "a", stratum: 0, window: 0, cell: "unknown" },
      ],
      5,
    );
    expect(bound.countCells(bounded, ["x", "y", "z"])).toEqual([0, 1, 0]);
    expect(bound.countCells([], ["x"])).toEqual([0]);
  });

  it("leaves an evening its places after a morning that would have filled the day", () => {
    const morning = [0, 1, 2].flatMap((window) =>
      ["x", "y", "z"].map((cell) => ({ pseudonym: "a", stratum: 0, window, cell })),
    );
    const evening = [3, 4, 5].map((window) => ({ pseudonym: "a", stratum: 1, window, cell: "x" }));
    const counted = (limits: number | number[]): number[] =>
      bound.assignSlots([...morning, ...evening], limits).map((r) => r.window);
    expect(counted(PARTS)).toEqual([0, 0, 3, 4, 5]);
    const whole = [...morning, ...evening].map((r) => ({ ...r, stratum: 0 }));
    expect(bound.assignSlots(whole, L).map((r) => r.window)).toEqual([0, 0, 0, 1, 1]);
  });

  it("counts nothing of a part that the plan does not have", () => {
    expect(bound.assignSlots([{ pseudonym: "a", stratum: 2, window: 0, cell: "x" }], PARTS)).toEqual([]);
  });

  it("refuses an L that is no positive integer", () => {
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      expect(() => bound.assignSlots([], limit)).toThrow(RangeError);
      expect(() => bound.assignSlots([], [1, limit])).toThrow(RangeError);
    }
    expect(() => bound.assignSlots([], [])).toThrow(RangeError);
  });

  it.each([
    { name: "one too many", from: "if (slot >= first + part ||", to: "if (slot > first + part ||" },
    { name: "each part takes the whole L", from: "first + part ||", to: "first + parts.reduce((a, b) => a + b, 0) ||" },
    { name: "a part begins at the slots of the one before", from: "?? first;", to: "?? 0;" },
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
