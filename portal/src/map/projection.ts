import type { Bounds, Geometry, Position } from "./geojson.ts";

/** Maps a position to pixels of the frame. */
export type Project = (position: Position) => readonly [x: number, y: number];

export type Frame = { readonly width: number; readonly height: number; readonly padding: number };

const RADIANS = Math.PI / 180;

/** Web Mercator's y of a latitude, in degrees of longitude, growing to the south. */
function mercator(latitude: number): number {
  const bounded = Math.max(-85, Math.min(85, latitude));
  return -Math.log(Math.tan(Math.PI / 4 + (bounded * RADIANS) / 2)) / RADIANS;
}

/**
 * A projection that fits the bounds into the frame and centres them (Mercator, so that shapes keep their angles).
 * A single point or an empty set of bounds is given a small extent, so that the result is always finite.
 */
export function fitTo(bounds: Bounds, frame: Frame): Project {
  const [west, south, east, north] = bounds.every(Number.isFinite) ? bounds : [0, 0, 0, 0];
  const top = mercator(north);
  const bottom = mercator(south);
  const least = 0.006;
  const spanX = Math.max(east - west, least);
  const spanY = Math.max(bottom - top, least);
  const width = Math.max(1, frame.width - 2 * frame.padding);
  const height = Math.max(1, frame.height - 2 * frame.padding);
  const scale = Math.min(width / spanX, height / spanY);
  const middleX = (west + east) / 2;
  const middleY = (top + bottom) / 2;
  return ([longitude = 0, latitude = 0]) => [
    round(frame.width / 2 + (longitude - middleX) * scale),
    round(frame.height / 2 + (mercator(latitude) - middleY) * scale),
  ];
}

/** A tenth of a pixel: half the bytes of a path, no visible difference. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** SVG path data of lines and areas; points have none (they are drawn as marks). */
export function pathOf(geometry: Geometry, project: Project): string {
  switch (geometry.type) {
    case "Point":
    case "MultiPoint":
      return "";
    case "LineString":
      return lineOf(geometry.coordinates, project);
    case "MultiLineString":
      return geometry.coordinates.map((line) => lineOf(line, project)).join("");
    case "Polygon":
      return geometry.coordinates.map((ring) => `${lineOf(ring, project)}Z`).join("");
    case "MultiPolygon":
      return geometry.coordinates.flatMap((rings) => rings.map((ring) => `${lineOf(ring, project)}Z`)).join("");
  }
}

function lineOf(line: readonly Position[], project: Project): string {
  return line.length === 0 ? "" : `M${line.map((position) => project(position).join(",")).join("L")}`;
}
