import { type CityConfig, loadCity, type ZoneConfig } from "../../prisma/cities/city.ts";
import { between, type Random } from "./random.ts";

/** A device with what it watches, sorted by kind. */
export type Watcher = {
  readonly device: string;
  readonly plazas: readonly ZoneConfig[];
  readonly segments: readonly ZoneConfig[];
  readonly cells: readonly ZoneConfig[];
};

/** The sample city as the simulator needs it. */
export type SampleCity = {
  readonly config: CityConfig;
  readonly timeZone: string;
  readonly poles: readonly Watcher[];
  readonly stations: readonly ZoneConfig[];
  readonly areas: readonly ZoneConfig[];
  readonly segments: readonly ZoneConfig[];
  readonly sites: readonly { device: string; zone: ZoneConfig }[];
  /** the square of the event night: the smallest */
  readonly eventPlaza: ZoneConfig;
  readonly model: string;
};

/** Reads a city configuration and finds in it what the simulator plays. */
export function sampleCity(name: string): SampleCity {
  const config = loadCity(name);
  const zones = new Map(config.zones.map((zone) => [zone.slug, zone]));
  const ofKind = (kind: ZoneConfig["kind"]): ZoneConfig[] => config.zones.filter((zone) => zone.kind === kind);
  const poles = config.devices
    .filter((device) => device.kind === "SMART_POLE")
    .map((device) => {
      const watched = device.covers.flatMap((slug) => zones.get(slug) ?? []);
      const kind = (wanted: ZoneConfig["kind"]): ZoneConfig[] => watched.filter((zone) => zone.kind === wanted);
      return { device: device.id, plazas: kind("PLAZA"), segments: kind("SEGMENT"), cells: kind("CELL") };
    });
  const sites = config.devices.flatMap(({ id, zone: slug }) => {
    const zone = slug === null ? undefined : zones.get(slug);
    return zone?.kind === "SITE" ? [{ device: id, zone }] : [];
  });
  const eventPlaza = ofKind("PLAZA").sort((a, b) => (a.areaM2 ?? 0) - (b.areaM2 ?? 0))[0];
  const model = config.edgeModels[0]?.version;
  if (eventPlaza === undefined || model === undefined) throw new Error(`${name} has no plaza or no edge model`);
  return {
    config,
    timeZone: config.timeZone,
    poles,
    stations: ofKind("STATION"),
    areas: ofKind("AREA"),
    segments: ofKind("SEGMENT"),
    sites,
    eventPlaza,
    model,
  };
}

const METRES_PER_DEGREE = 111_000;
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** How far from a zone's centre a point may lie and still be in it, in metres. */
const REACH: Partial<Record<ZoneConfig["kind"], number>> = { PLAZA: 15, CELL: 110, SITE: 8, AREA: 150 };

/** A point in a zone: beside its centre, or along its line. */
export function pointIn(zone: ZoneConfig, random: Random): { longitude: number; latitude: number } {
  if (zone.geometry.type === "LineString") {
    const [a, b] = [zone.geometry.coordinates[0], zone.geometry.coordinates.at(-1)];
    if (a !== undefined && b !== undefined) {
      const part = 0.05 + random() * 0.9;
      return { longitude: round(a[0] + (b[0] - a[0]) * part), latitude: round(a[1] + (b[1] - a[1]) * part) };
    }
  }
  const [longitude, latitude] = zone.centre;
  const reach = (REACH[zone.kind] ?? 0) * Math.sqrt(random());
  const angle = (between(random, 0, 359) * Math.PI) / 180;
  const east = (reach * Math.cos(angle)) / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180));
  return {
    longitude: round(longitude + east),
    latitude: round(latitude + (reach * Math.sin(angle)) / METRES_PER_DEGREE),
  };
}
