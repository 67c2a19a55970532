import type { Position } from "../geo/shape.ts";

/** A static public point that sensitive incidents are shown at: a crossing, say, with at least eight addresses. */
export type SnapPoint = { readonly slug: string; readonly position: Position };

/** A city's fixed set of them. A later set has a higher version and leaves the earlier ones as they are. */
export type SnapSet = {
  readonly version: number;
  /** how far a report may lie from a point, in metres */
  readonly reachM: number;
  /** local day from which it counts */
  readonly validFrom: string;
  readonly points: readonly SnapPoint[];
};

/** Below this a point would be a home and not a place (rule P14). */
export const LEAST_ADDRESSES = 8;

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres between two positions along the great circle (haversine, on the mean sphere: within 0.6 %). */
export function metresBetween([lng1, lat1]: Position, [lng2, lat2]: Position): number {
  const north = Math.sin(((lat2 - lat1) * RADIANS) / 2);
  const east = Math.sin(((lng2 - lng1) * RADIANS) / 2);
  const chord = north * north + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * east * east;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** The nearest point of a set within its reach, the first by slug of equally near ones; null: the report has no place. */
export function snap(at: Position, { points, reachM }: Pick<SnapSet, "points" | "reachM">): SnapPoint | null {
  let found: SnapPoint | null = null;
  let least = reachM;
  for (const point of points) {
    const metres = metresBetween(at, point.position);
    if (metres > least || (metres === least && found !== null && found.slug <= point.slug)) continue;
    found = point;
    least = metres;
  }
  return found;
}

/** The set that counts on a local day: of those valid by then the one of the highest version; null: none is. */
export const setOf = (sets: readonly SnapSet[], day: string): SnapSet | null =>
  sets
    .filter(({ validFrom }) => validFrom <= day)
    .reduce<SnapSet | null>((best, one) => (best === null || one.version > best.version ? one : best), null);
