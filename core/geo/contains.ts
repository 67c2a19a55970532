import { type Area, type BoundingBox, type Position, polygonsOf, type Ring } from "./shape.ts";

/** Whether a point is in a box, edges included. False for NaN. */
export function inBox([lng, lat]: Position, [west, south, east, north]: BoundingBox): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

/** Even–odd rule; half-open at edges, so that a point on a shared edge is in exactly one of two neighbours. */
function inRing([lng, lat]: Position, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[i] as Position;
    const [x2, y2] = ring[j] as Position;
    if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Whether a point is in an area: in an outer ring and in none of its holes. Edges are straight in degrees. */
export function contains(area: Area, point: Position): boolean {
  return polygonsOf(area).some(([outer = [], ...holes]) => {
    return inRing(point, outer) && !holes.some((hole) => inRing(point, hole));
  });
}
