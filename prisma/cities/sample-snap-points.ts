// The snap points of the sample city, from its own geometry: `node prisma/cities/sample-snap-points.ts` prints them as they
// stand in sangmu.json. A real city takes its points from its address register.
import { areaM2 } from "../../core/geo/area.ts";
import { contains } from "../../core/geo/contains.ts";
import type { Area, Position } from "../../core/geo/shape.ts";
import { LEAST_ADDRESSES, metresBetween } from "../../core/incidents/snap.ts";
import { type CityConfig, loadCity, type ZoneConfig } from "./city.ts";

/** One address for so much of a block: town houses and flats of the synthetic district. */
const M2_PER_ADDRESS = 900;

type Point = CityConfig["snapSets"][number]["points"][number];

/** "남문로 1구간" is a piece of "남문로". */
const road = ({ nameKo, nameEn }: ZoneConfig) => ({
  ko: nameKo.replace(/ \d+구간$/, ""),
  en: nameEn.replace(/, section \d+$/, ""),
});

/** Crossings and ends of roads, with the names of the roads that meet there. */
function corners(config: CityConfig): Omit<Point, "addresses" | "zone">[] {
  const at = new Map<string, { position: Position; ko: Set<string>; en: Set<string> }>();
  for (const zone of config.zones) {
    if (zone.kind !== "SEGMENT" || zone.geometry.type !== "LineString") continue;
    for (const position of [zone.geometry.coordinates[0], zone.geometry.coordinates.at(-1)]) {
      if (position === undefined) continue;
      const corner = at.get(position.join()) ?? { position, ko: new Set(), en: new Set() };
      corner.ko.add(road(zone).ko);
      corner.en.add(road(zone).en);
      at.set(position.join(), corner);
    }
  }
  return [...at.values()]
    .toSorted((a, b) => a.position[1] - b.position[1] || a.position[0] - b.position[0])
    .map(({ position: [longitude, latitude], ko, en }, nth) => ({
      slug: `corner-${String(nth + 1).padStart(2, "0")}`,
      nameKo: `${[...ko].join("·")} ${ko.size > 1 ? "교차로" : "끝"}`,
      nameEn: en.size > 1 ? `${[...en].join(" and ")} crossing` : `end of ${[...en].join()}`,
      position: [longitude, latitude],
    }));
}

/** The corners with their addresses: each block's belong to the corner that is nearest to it. Those with few are left out. */
export function snapPointsOf(config: CityConfig): Point[] {
  const points = corners(config);
  const addresses = new Map<string, number>();
  for (const { properties, geometry } of config.backdrop?.features ?? []) {
    if (properties.kind !== "BLOCK" || geometry.type !== "Polygon") continue;
    const [ring = []] = geometry.coordinates;
    const [first = [0, 0]] = ring;
    const [nearest] = points.toSorted((a, b) => metresBetween(a.position, first) - metresBetween(b.position, first));
    if (nearest === undefined) continue;
    const count = Math.floor(areaM2(geometry as Area) / M2_PER_ADDRESS);
    addresses.set(nearest.slug, (addresses.get(nearest.slug) ?? 0) + count);
  }
  const areas = config.zones.filter(({ kind }) => kind === "AREA");
  return points.flatMap((point) => {
    const count = addresses.get(point.slug) ?? 0;
    const within = areas.find(({ geometry }) => contains(geometry as Area, point.position));
    const [nearest] = areas.toSorted(
      (a, b) => metresBetween(a.centre, point.position) - metresBetween(b.centre, point.position),
    );
    const zone = (within ?? nearest)?.slug;
    return count < LEAST_ADDRESSES || zone === undefined ? [] : [{ ...point, zone, addresses: count }];
  });
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(JSON.stringify(snapPointsOf(loadCity("sangmu")), null, 2));
