import type { CityNowQuery, CityShapeQuery } from "../../generated/graphql.ts";

/** What changes of a city. */
export type City = NonNullable<CityNowQuery["city"]>;

/** How crowded it is. */
export type Crowd = NonNullable<City["crowd"]>;

/** What stands still of a city. */
export type Shape = NonNullable<CityShapeQuery["city"]>;

/** The crowd of each counted place by the slug of its zone. */
export function crowdByZone(crowd: Crowd | null): ReadonlyMap<string, Crowd["places"][number]> {
  return new Map((crowd?.places ?? []).map((place) => [place.zone.slug, place]));
}
