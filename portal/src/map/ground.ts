import type { ZoneKind } from "../generated/graphql.ts";
import { type GeoJson, geometriesOf } from "./geojson.ts";
import type { GroundKind, MapGround } from "./Layers.tsx";

const BACKDROP: Readonly<Record<string, GroundKind>> = { BLOCK: "block", PARK: "park", WATER: "water", ROAD: "road" };
const ZONES: Partial<Readonly<Record<ZoneKind, GroundKind>>> = { SITE: "site" };

/** What a map draws below its data: the city's backdrop by its features' `kind`, and its building sites. */
export function groundOf(
  zones: readonly { readonly kind: ZoneKind; readonly geometry: GeoJson }[],
  backdrop: GeoJson | null,
): MapGround[] {
  const features = backdrop ? geometriesOf(backdrop) : [];
  return [
    ...features.flatMap(({ geometry, properties }) => {
      const kind = BACKDROP[String(properties["kind"])];
      return kind ? [{ kind, geometry }] : [];
    }),
    ...zones.flatMap(({ kind, geometry }) => {
      const ground = ZONES[kind];
      return ground ? [{ kind: ground, geometry }] : [];
    }),
  ];
}
