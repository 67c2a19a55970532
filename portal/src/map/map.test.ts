import { classLimits, classOf } from "./classes.ts";
import { declutter, type Label, textWidth } from "./declutter.ts";
import { boundsOf, geometriesOf, pointOf } from "./geojson.ts";
import { fitTo, pathOf } from "./projection.ts";

const FRAME = { width: 400, height: 300, padding: 20 };

describe("the projection", () => {
  it("fits the bounds into the frame and touches its padding on the longer side", () => {
    const project = fitTo([126.8, 35.1, 126.9, 35.16], FRAME);
    const [left, top] = project([126.8, 35.16]);
    const [right, bottom] = project([126.9, 35.1]);
    expect(left).toBeGreaterThanOrEqual(20);
    expect(right).toBeLessThanOrEqual(380);
    expect(top).toBeGreaterThanOrEqual(20);
    expect(bottom).toBeLessThanOrEqual(280);
    expect(Math.min(left - 20, top - 20)).toBeCloseTo(0, 0);
  });

  it("keeps north up and a single point in the middle", () => {
    const project = fitTo([126.85, 35.15, 126.85, 35.15], FRAME);
    expect(project([126.85, 35.15])).toEqual([200, 150]);
    expect(project([126.85, 35.1501])[1]).toBeLessThan(150);
  });

  it("stays finite without any data", () => {
    expect(fitTo(boundsOf([]), FRAME)([0, 0])).toEqual([200, 150]);
  });

  it("closes the rings of an area and draws nothing for a point", () => {
    const project = fitTo([0, 0, 1, 1], FRAME);
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    expect(pathOf({ type: "Polygon", coordinates: [ring] }, project)).toMatch(/^M[\d.,]+(L[\d.,]+){3}Z$/);
    expect(pathOf({ type: "MultiPolygon", coordinates: [[ring], [ring]] }, project).match(/Z/g)).toHaveLength(2);
    expect(pathOf({ type: "Point", coordinates: [0, 0] }, project)).toBe("");
  });
});

describe("GeoJSON", () => {
  it("finds geometries in collections and skips features without one", () => {
    const point = { type: "Point", coordinates: [1, 2] } as const;
    const found = geometriesOf({
      type: "FeatureCollection",
      features: [
        { type: "Feature", geometry: point, properties: { kind: "road" } },
        { type: "Feature", geometry: null, properties: null },
      ],
    });
    expect(found).toEqual([{ geometry: point, properties: { kind: "road" } }]);
    expect(pointOf(point)).toEqual([1, 2]);
  });
});

describe("labels", () => {
  const label = (id: string, x: number, y: number, priority: number): Label => ({
    id,
    x,
    y,
    width: 60,
    height: 14,
    priority,
  });

  it("places the more important of two that would overlap, and the other on a free side or not at all", () => {
    const crowd = Array.from({ length: 12 }, (_, index) => label(`p${index}`, 200 + index, 150, index));
    const placed = declutter(crowd, FRAME, 9);
    expect(placed.has("p11")).toBe(true);
    expect(placed.size).toBeLessThan(12);
  });

  it("keeps every label inside the frame", () => {
    expect(declutter([label("edge", 390, 150, 1)], FRAME, 9).get("edge")).toBe("left");
  });

  it("gives the same answer whatever the order", () => {
    const labels = [label("a", 100, 100, 1), label("b", 110, 104, 1), label("c", 120, 96, 2)];
    expect([...declutter([...labels].reverse(), FRAME, 9)]).toEqual([...declutter(labels, FRAME, 9)]);
  });

  it("measures Hangul wider than Latin", () => {
    expect(textWidth("상무광장", 13)).toBeGreaterThan(textWidth("sang", 13));
  });
});

describe("classes of a quantity", () => {
  it("have round limits", () => {
    expect(classLimits([3, 480, null, 20])).toEqual([100, 200, 300, 400]);
    expect(classLimits([])).toEqual([1, 2, 3, 4]);
  });

  it("put a limit into the class above", () => {
    const limits = classLimits([500]);
    expect(classOf(0, limits)).toBe(1);
    expect(classOf(100, limits)).toBe(2);
    expect(classOf(999, limits)).toBe(5);
  });
});
