import type { CityNowQuery, CityShapeQuery } from "../../generated/graphql.ts";

/** What changes of a city. */
export type City = NonNullable<CityNowQuery["city"]>;

/** How crowded it is. */
export type Crowd = NonNullable<City["crowd"]>;

/** What stands still of a city. */
export type Shape = NonNullable<CityShapeQuery["city"]>;

/** The counted places that the map knows, the densest first; of equal ones the hub's busiest. */
export function placesByDensity({ places, busiest }: Crowd, shape: Shape) {
  const zones = new Map(shape.zones.nodes.map((zone) => [zone.slug, zone]));
  const rank = (place: Crowd["places"][number]): number => (place.zone.slug === busiest?.zone.slug ? 1 : 0);
  return [...places]
    .sort((a, b) => (b.density ?? -1) - (a.density ?? -1) || rank(b) - rank(a) || (b.value ?? -1) - (a.value ?? -1))
    .flatMap((place) => {
      const zone = zones.get(place.zone.slug);
      return zone ? [{ zone, place }] : [];
    });
}

/** The crowd of each counted place by the slug of its zone. */
export function crowdByZone(crowd: Crowd | null): ReadonlyMap<string, Crowd["places"][number]> {
  return new Map((crowd?.places ?? []).map((place) => [place.zone.slug, place]));
}
