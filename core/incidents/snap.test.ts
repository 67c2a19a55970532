import fc from "fast-check";
import { metresBetween, type SnapPoint, setOf, snap } from "./snap.ts";

const point = (slug: string, lng: number, lat: number): SnapPoint => ({ slug, position: [lng, lat] });
const A = point("a", 126.85, 35.15);
const B = point("b", 126.855, 35.15);

test("one degree of latitude is 111.2 km", () => {
  expect(metresBetween([126, 35], [126, 36])).toBeCloseTo(111_195, -1);
  expect(metresBetween([126, 35], [126, 35])).toBe(0);
});

test("a report snaps to the nearest point within reach, and to none beyond it", () => {
  // kills: a reach that is not kept, which would tell a place that the report does not lie at
  const set = { points: [A, B], reachM: 250 };
  expect(snap([126.851, 35.15], set)).toBe(A);
  expect(snap([126.8545, 35.15], set)).toBe(B);
  expect(snap([126.86, 35.15], set)).toBeNull();
  expect(snap([126.85, 35.15], { points: [], reachM: 250 })).toBeNull();
});

test("where two points are equally near, the order of the list does not tell", () => {
  const north = point("north", 126.85, 35.151);
  const south = point("south", 126.85, 35.149);
  const at = [126.85, 35.15] as const;
  const reachM = metresBetween(at, north.position) + 1;
  const both = [snap(at, { points: [north, south], reachM }), snap(at, { points: [south, north], reachM })];
  expect(both[0]).toBe(both[1]);
});

test("no point is nearer than the one that is chosen", () => {
  const position = fc.tuple(
    fc.double({ min: 126.8, max: 126.9, noNaN: true }),
    fc.double({ min: 35.1, max: 35.2, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(position, { minLength: 1, maxLength: 30 }), position, (places, at) => {
      const points = places.map(([lng, lat], nth) => point(`p-${nth}`, lng, lat));
      const metres = points.map((one) => metresBetween(at, one.position));
      const chosen = snap(at, { points, reachM: 1000 });
      if (chosen === null) expect(Math.min(...metres)).toBeGreaterThan(1000);
      else expect(metresBetween(at, chosen.position)).toBe(Math.min(...metres));
    }),
  );
});

test("a later set counts from its day on, and the earlier one before it", () => {
  const set = (version: number, validFrom: string) => ({ version, validFrom, reachM: 200, points: [] });
  const sets = [set(1, "2026-01-01"), set(2, "2026-06-01")];
  expect(setOf(sets, "2025-12-31")).toBeNull();
  expect(setOf(sets, "2026-05-31")?.version).toBe(1);
  expect(setOf(sets, "2026-06-01")?.version).toBe(2);
});
