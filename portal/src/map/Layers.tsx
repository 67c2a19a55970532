import { memo } from "react";
import { type GeoJson, geometriesOf } from "./geojson.ts";
import styles from "./Layers.module.css";
import { type Project, pathOf } from "./projection.ts";

/** How an area is filled: a class of the measured quantity, withheld, outlined only, or chosen. */
export type AreaTone = "flow1" | "flow2" | "flow3" | "flow4" | "flow5" | "withheld" | "outline" | "chosen";

export type MapArea = { readonly id: string; readonly geometry: GeoJson; readonly tone: AreaTone };

const TONES: readonly AreaTone[] = ["flow1", "flow2", "flow3", "flow4", "flow5", "withheld", "outline", "chosen"];

/** Areas of one tone are one path: thousands of cells stay eight elements. */
export const Areas = memo(function Areas({ areas, project }: { areas: readonly MapArea[]; project: Project }) {
  return TONES.map((tone) => {
    const d = areas.filter((area) => area.tone === tone).map((area) => dataOf(area.geometry, project));
    return d.length > 0 && <path key={tone} d={d.join("")} className={`${styles.area} ${styles[tone]}`} />;
  });
});

/** What stands on the ground below the data, from below to above. */
export type GroundKind = "block" | "park" | "water" | "road" | "site";

export type MapGround = { readonly kind: GroundKind; readonly geometry: GeoJson };

const GROUND: readonly GroundKind[] = ["block", "park", "water", "road", "site"];

/** The city's own outlines: blocks, parks, water, roads, building sites. */
export const Ground = memo(function Ground({ ground, project }: { ground: readonly MapGround[]; project: Project }) {
  return GROUND.map((kind) => {
    const d = ground.filter((part) => part.kind === kind).map((part) => dataOf(part.geometry, project));
    return d.length > 0 && <path key={kind} d={d.join("")} className={`${styles.ground} ${styles[kind]}`} />;
  });
});

function dataOf(geometry: GeoJson, project: Project): string {
  return geometriesOf(geometry)
    .map((part) => pathOf(part.geometry, project))
    .join("");
}
