/** GeoJSON geometry (RFC 7946): positions are [longitude, latitude] in WGS 84 degrees; rings are closed. */
export type Position = readonly [lng: number, lat: number];
export type Ring = readonly Position[];
export type Polygon = { readonly type: "Polygon"; readonly coordinates: readonly Ring[] };
export type MultiPolygon = { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
export type Area = Polygon | MultiPolygon;
/** West, south, east, north in degrees, as GeoJSON's `bbox`; west ≤ east (no shape crosses the antimeridian). */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** The polygons of an area, each an outer ring and its holes. */
export function polygonsOf(area: Area): readonly (readonly Ring[])[] {
  return area.type === "Polygon" ? [area.coordinates] : area.coordinates;
}
