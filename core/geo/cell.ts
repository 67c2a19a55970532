import {
  cellToBoundary,
  cellToLatLng,
  getResolution,
  cellToParent as h3Parent,
  isValidCell,
  latLngToCell,
} from "h3-js";
import { HubError } from "../errors.ts";
import type { H3Cell } from "../ids.ts";
import type { Polygon, Position } from "./shape.ts";

/** The H3 cell of a point at a resolution from 0 to 15. Mean areas: res 8 0.737, res 9 0.105, res 10 0.015 km². */
export function cell(lng: number, lat: number, resolution: number): H3Cell {
  return latLngToCell(lat, lng, resolution) as H3Cell;
}

/** Reads a cell's name as people write it; throws `BAD_USER_INPUT` when it is not an H3 cell. */
export function parseCell(text: string): H3Cell {
  const lower = text.toLowerCase();
  if (!isValidCell(lower)) throw new HubError("BAD_USER_INPUT", "This is not an H3 cell.", { field: "h3" });
  return lower as H3Cell;
}

export function resolutionOf(h3: H3Cell): number {
  return getResolution(h3);
}

/** The cell's ancestor: the only way a coarser area is found (P6), never by indexing the point again. */
export function cellToParent(h3: H3Cell, resolution: number): H3Cell {
  if (resolution > getResolution(h3)) throw new RangeError("a parent is not finer than its child");
  return h3Parent(h3, resolution) as H3Cell;
}

export function cellCentre(h3: H3Cell): Position {
  const [lat, lng] = cellToLatLng(h3);
  return [lng, lat];
}

/** The cell's outline as a GeoJSON polygon, counter-clockwise and closed. */
export function cellPolygon(h3: H3Cell): Polygon {
  return { type: "Polygon", coordinates: [cellToBoundary(h3, true).map(([lng, lat]) => [lng, lat] as const)] };
}
