/** Longitude and latitude in degrees (WGS 84); a height is ignored. */
export type Position = readonly number[];

export type Geometry =
  | { readonly type: "Point"; readonly coordinates: Position }
  | { readonly type: "MultiPoint" | "LineString"; readonly coordinates: readonly Position[] }
  | { readonly type: "MultiLineString" | "Polygon"; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

export type Feature = {
  readonly type: "Feature";
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
};

export type FeatureCollection = { readonly type: "FeatureCollection"; readonly features: readonly Feature[] };

/** What the hub's GeoJSON scalar may hold (RFC 7946). */
export type GeoJson = Geometry | Feature | FeatureCollection;

/** The geometries of any GeoJSON object, with the properties of their feature. */
export function geometriesOf(json: GeoJson): { geometry: Geometry; properties: Readonly<Record<string, unknown>> }[] {
  if (json.type === "FeatureCollection") return json.features.flatMap(geometriesOf);
  if (json.type === "Feature")
    return json.geometry ? [{ geometry: json.geometry, properties: json.properties ?? {} }] : [];
  return [{ geometry: json, properties: {} }];
}

/** Every position of a geometry, in order. */
export function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case "Point":
      return [geometry.coordinates];
    case "MultiPoint":
    case "LineString":
      return [...geometry.coordinates];
    case "MultiLineString":
    case "Polygon":
      return geometry.coordinates.flat();
    case "MultiPolygon":
      return geometry.coordinates.flat(2);
  }
}

/** The one point a thing stands on: of a point itself, of anything else the middle of its bounds. */
export function pointOf(json: GeoJson): Position | undefined {
  const positions = geometriesOf(json).flatMap(({ geometry }) => positionsOf(geometry));
  const [west, south, east, north] = boundsOf(positions);
  return positions.length === 0 ? undefined : [(west + east) / 2, (south + north) / 2];
}

/** West, south, east, north of positions; infinite when there are none. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

export function boundsOf(positions: readonly Position[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [longitude, latitude] of positions) {
    if (longitude === undefined || latitude === undefined) continue;
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return [west, south, east, north];
}
