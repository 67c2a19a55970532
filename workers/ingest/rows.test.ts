import fc from "fast-check";
import { byUnit, type Pseudonymous, sortUnique } from "./rows.ts";

const row = fc.record({
  plan: fc.integer({ min: 1, max: 2 }),
  day: fc.constantFrom("2026-11-20", "2026-11-21"),
  windowStart: fc.constantFrom(0, 3_600_000),
  cell: fc.integer({ min: 1, max: 3 }),
  stratum: fc.constant(0),
  reading: fc.nat(5),
  pseudonym: fc.constantFrom(1, 2).map((byte) => Buffer.alloc(16, byte)),
});
const key = ({ reading: _, pseudonym, ...rest }: Pseudonymous): string =>
  JSON.stringify([rest, pseudonym.toString("hex")]);

test("rows in any order come out in one order, each unit once: concurrent workers cannot lock each other out", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (rows, random) => {
      const shuffled = rows
        .map((one) => ({ one, at: random.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      const sorted = sortUnique(rows, byUnit).map(key);
      expect(sortUnique(shuffled, byUnit).map(key)).toEqual(sorted);
      expect(new Set(sorted)).toEqual(new Set(rows.map(key)));
      expect(new Set(sorted).size).toBe(sorted.length);
    }),
  );
});
