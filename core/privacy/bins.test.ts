import fc from "fast-check";
import { kill } from "../testing/mutant.ts";
import * as bins from "./bins.ts";

const FILE = new URL("./bins.ts", import.meta.url);
const SPEEDS = [0, 100, 200, 300, 400, 500];

/** Every value falls in the one bin that holds it; half-open, so that an edge belongs to the bin above. */
function places({ binOf, binsOf, binName, parseBin }: typeof bins): void {
  expect([0, 99, 100, 499, 500, 5000].map((value) => binOf(SPEEDS, value))).toEqual([
    "0-100",
    "0-100",
    "100-200",
    "400-500",
    "500-",
    "500-",
  ]);
  const edges = fc
    .uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 })
    .map((list) => [0, ...list.sort((a, b) => a - b)]);
  fc.assert(
    fc.property(edges, fc.nat(5000), (list, value) => {
      const holding = binsOf(list).filter(({ from, to }) => from <= value && (to === null || value < to));
      expect(holding).toHaveLength(1);
      expect(holding.map(binName)).toEqual([binOf(list, value)]);
      expect(parseBin(binOf(list, value))).toEqual(holding[0]);
    }),
    { seed: 7 },
  );
}

describe("the bins of a histogram", () => {
  test("hold every value exactly once, and their names can be read again", () => places(bins));

  test("take no fraction, no negative value and nothing that is no number", () => {
    for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => bins.binOf(SPEEDS, value)).toThrow(RangeError);
    }
  });

  test("a category of another kind is no bin", () => {
    for (const name of ["08", "PERSON_DOWN", "-", "a-b", "1-2-3"]) expect(bins.parseBin(name)).toBeNull();
  });

  test.each([
    { name: "an edge falls in the bin below", from: "edge <= value", to: "edge < value" },
    { name: "the first bin takes everything", from: "findLastIndex", to: "findIndex" },
    { name: "the last bin is closed", from: 'match[2] === "" ? null :', to: "" },
  ])("notices: $name", (mutant) => kill<typeof bins>(FILE, mutant, places));
});
