import fc from "fast-check";
import { getHexagonAreaAvg, UNITS } from "h3-js";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import { areaM2 } from "./area.ts";
import { cell, cellCentre, cellPolygon, cellToParent, parseCell, resolutionOf } from "./cell.ts";
import * as inside from "./contains.ts";
import type { MultiPolygon, Polygon, Position } from "./shape.ts";

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const square: Polygon = { type: "Polygon", coordinates: [box(0, 0, 4, 4)] };
const ring: Polygon = { type: "Polygon", coordinates: [box(0, 0, 4, 4), box(1, 1, 3, 3)] };
const two: MultiPolygon = { type: "MultiPolygon", coordinates: [ring.coordinates, [box(10, 10, 11, 11)]] };

function holesAndParts({ contains }: Pick<typeof inside, "contains">): void {
  expect(contains(square, [2, 2])).toBe(true);
  expect(contains(ring, [2, 2])).toBe(false);
  expect(contains(ring, [0.5, 2])).toBe(true);
  expect(contains(ring, [4.5, 2])).toBe(false);
  expect(contains(two, [10.5, 10.5])).toBe(true);
  expect(contains(two, [2, 2])).toBe(false);
  expect(contains(two, [7, 7])).toBe(false);
  expect(contains(square, [Number.NaN, 1])).toBe(false);
  expect(contains({ type: "Polygon", coordinates: [] }, [0, 0])).toBe(false);
}

describe("a point in an area", () => {
  it("is outside of holes and inside of every part", () => holesAndParts(inside));

  it("is in exactly one of two neighbours, also on their shared edge", () => {
    const east: Polygon = { type: "Polygon", coordinates: [box(4, 0, 8, 4)] };
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 7.999, noNaN: true }),
        fc.double({ min: 0, max: 3.999, noNaN: true }),
        (lng, lat) => {
          const count = [square, east].filter((area) => inside.contains(area, [lng, lat])).length;
          expect(count).toBe(1);
        },
      ),
    );
    expect(inside.contains(square, [4, 2])).not.toBe(inside.contains(east, [4, 2]));
  });

  it("lies in a box or not, whatever the numbers are", () => {
    const near = [0, 0, 11, 11] as const;
    expect(inside.inBox([10.5, 10.5], near)).toBe(true);
    expect(inside.inBox([126.85, 35.15], near)).toBe(false);
    expect(inside.inBox([Number.NaN, 2], near)).toBe(false);
  });

  it.each([
    { name: "holes filled", from: "&& !holes.some((hole) => inRing(point, hole))", to: "" },
    { name: "first part only", from: "polygonsOf(area).some(", to: "polygonsOf(area).slice(0, 1).some(" },
    {
      name: "longitude and latitude swapped",
      from: "function inRing([lng, lat]: Position",
      to: "function inRing([lat, lng]: Position",
    },
  ])("notices: $name", (mutant) =>
    kill<typeof inside>(new URL("./contains.ts", import.meta.url), mutant, (module) => {
      holesAndParts(module);
      const wide: Polygon = { type: "Polygon", coordinates: [box(0, 0, 8, 1)] };
      expect(module.contains(wide, [6, 0.5])).toBe(true);
    }),
  );
});

describe("the area", () => {
  it("of a degree cell is that of the sphere's zone, less what great circles cut off", () => {
    const R = 6_371_007.1809;
    const zone = (R * R * (Math.sin((36 * Math.PI) / 180) - Math.sin((35 * Math.PI) / 180)) * Math.PI) / 180;
    const area = areaM2({ type: "Polygon", coordinates: [box(126, 35, 127, 36)] });
    expect(Math.abs(area / zone - 1)).toBeLessThan(0.0002);
    // On the WGS 84 ellipsoid the same cell has 10 119.2 km².
  });

  it("of the whole sphere's eighth is an eighth of it", () => {
    const octant: Polygon = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [90, 0],
          [0, 90],
          [0, 0],
        ],
      ],
    };
    expect(areaM2(octant) / (4 * Math.PI * 6_371_007.1809 ** 2)).toBeCloseTo(0.125, 9);
  });

  it("does not depend on direction, start or place across the antimeridian, and leaves holes out", () => {
    const outer = box(126.8, 35.1, 126.9, 35.2);
    const area = areaM2({ type: "Polygon", coordinates: [outer] });
    expect(areaM2({ type: "Polygon", coordinates: [[...outer].reverse()] })).toBeCloseTo(area, 3);
    const across = box(179.95, 35.1, 180.05, 35.2).map(([lng, lat]): Position => [lng > 180 ? lng - 360 : lng, lat]);
    expect(areaM2({ type: "Polygon", coordinates: [across] })).toBeCloseTo(area, 0);
    const hole = box(126.82, 35.12, 126.84, 35.14);
    const expected = area - areaM2({ type: "Polygon", coordinates: [hole] });
    expect(areaM2({ type: "Polygon", coordinates: [outer, hole] })).toBeCloseTo(expected, 3);
  });

  it("of a plaza of 40 m by 30 m is right to 1 %", () => {
    const metre = 1 / 111_194.9;
    const width = (40 * metre) / Math.cos((35.15 * Math.PI) / 180);
    const plaza = box(126.85, 35.15, 126.85 + width, 35.15 + 30 * metre);
    expect(areaM2({ type: "Polygon", coordinates: [plaza] }) / 1200).toBeCloseTo(1, 2);
  });
});

describe("an H3 cell", () => {
  it("holds its point, has parents and an outline that is closed and of the known size", () => {
    const h3 = cell(126.8514, 35.1543, 10);
    expect(resolutionOf(h3)).toBe(10);
    const outline = cellPolygon(h3);
    expect(inside.contains(outline, [126.8514, 35.1543])).toBe(true);
    expect(inside.contains(outline, cellCentre(h3))).toBe(true);
    const [first = []] = outline.coordinates;
    expect(first.at(0)).toEqual(first.at(-1));
    expect(areaM2(outline) / getHexagonAreaAvg(10, UNITS.m2)).toBeGreaterThan(0.7);
    expect(resolutionOf(cellToParent(h3, 8))).toBe(8);
    expect(() => cellToParent(h3, 11)).toThrow(RangeError);
  });

  it("is read from text, or refused", () => {
    const h3 = cell(126.85, 35.15, 9);
    expect(parseCell(h3.toUpperCase())).toBe(h3);
    expect(() => parseCell("8930")).toThrow(HubError);
  });
});
