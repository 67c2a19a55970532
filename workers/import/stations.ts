import { basename } from "node:path";
import { inBox } from "../../core/geo/contains.ts";
import { type CityConfig, parseCity, type ZoneConfig } from "../../prisma/cities/city.ts";
import { ImportFault } from "./fault.ts";
import { readRows } from "./rows.ts";

/** The slug of a station or sensor by its number in the source: never its name, which may change. */
export const stationSlug = (id: string): string => `station-${id}`;
export const sensorSlug = (id: string): string => `sensor-${id}`;

const LAYOUTS = [
  { id: "station_id", name: "name", slug: stationSlug },
  { id: "sensor_id", name: "sensor_name", slug: sensorSlug },
] as const;

type Layout = (typeof LAYOUTS)[number];

/** Whether a header is that of a list of stations or sensors, not of their readings. */
export function isStations(header: readonly string[]): boolean {
  return layoutOf(header) !== undefined;
}

const layoutOf = (header: readonly string[]): Layout | undefined =>
  LAYOUTS.find(({ id, name }) => [id, name, "lat", "lon"].every((column) => header.includes(column)));

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/**
 * Adds the stations or sensors of a file to a city as zones. Of two rows of one id the first counts (it moved, and the
 * file does not say when).
 * @throws ImportFault for other columns, a bad row, a place outside the city
 */
export async function withStations(city: CityConfig, path: string): Promise<CityConfig> {
  const file = basename(path);
  const zones = new Map<string, ZoneConfig>();
  let layout: Layout | undefined;
  let header: readonly string[] = [];
  for await (const { values, number, line } of readRows(path)) {
    if (number === 0) {
      header = values;
      layout = layoutOf(values);
      if (layout === undefined) {
        throw new ImportFault(`${file}: a list of stations has the columns station_id, name, lat, lon (or sensor_…)`);
      }
      continue;
    }
    if (layout === undefined) break;
    const column = (name: string): string => values[header.indexOf(name)] ?? "";
    const id = column(layout.id);
    const place = [Number(column("lon") || Number.NaN), Number(column("lat") || Number.NaN)] as const;
    if (!/^[a-z0-9]{1,20}$/.test(id)) throw new ImportFault(`${file}, line ${line}: ${layout.id} is not a number`);
    if (!inBox(place, city.bounds)) throw new ImportFault(`${file}, line ${line}: the place is not in ${city.nameEn}`);
    const slug = layout.slug(id);
    if (zones.has(slug)) continue;
    const centre: [number, number] = [round(place[0]), round(place[1])];
    const name = column(layout.name).trim() || slug;
    zones.set(slug, {
      slug,
      kind: "STATION",
      nameKo: name,
      nameEn: name,
      geometry: { type: "Point", coordinates: centre },
      centre,
      areaM2: null,
      h3: null,
      parent: city.zones.find((zone) => zone.kind === "CITY")?.slug ?? null,
      collectionBasis: "PUBLIC_NOTICE",
    });
  }
  if (zones.size === 0) throw new ImportFault(`${file}: the list has no station`);
  return parseCity({ ...city, zones: [...city.zones, ...zones.values()] });
}
