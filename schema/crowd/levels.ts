import {
  density,
  LEAST_AREA_M2,
  type LevelState,
  mayBePublic,
  nextLevel,
  QUIET,
  type Thresholds,
} from "../../core/crowd/level.ts";
import { readable, type Scopes, scopesOf, showing } from "../access.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";

/** How long before an answer levels are followed, so that hysteresis has its history: 12 h of windows. */
const RUN_UP_MS = 12 * 3_600_000;

type Released = [
  start: number,
  end: number,
  value: number | null,
  withheld: string | null,
  thresholdsVersion: number | null,
];

/** An area and what was released of it, by time. */
export type OccupancyRow = {
  dataset: string;
  city: string;
  zone: string;
  slug: string;
  area: number | null;
  width: number;
  step: string;
  history: Released[] | null;
};

type ThresholdRow = {
  city: string;
  version: number;
  approaching: number;
  caution: number;
  alert: number;
  serious: number;
};

/** One released window of a public area with its level; times in epoch ms, density in persons/m². */
export type ZoneLevel = {
  dataset: string;
  zone: string;
  slug: string;
  window: { from: number; to: number };
  value: number | null;
  width: number;
  withheld: string | null;
  area: number | null;
  density: number | null;
  /** null where the value is withheld or the area is too small for a public level */
  level: LevelState["level"] | null;
  approaching: boolean;
  thresholdsVersion: number | null;
  /** under which the value counts; null where none is needed */
  licence: string | null;
};

const occupancyRows = query<
  OccupancyRow,
  [city: string | null, zones: readonly string[] | null, from: number, to: number, datasets: readonly string[]]
>(new URL("./occupancy.sql", import.meta.url));
const thresholdRows = query<ThresholdRow, [cities: readonly string[]]>(new URL("./thresholds.sql", import.meta.url));

/** Persons/m² that a level needs, of one version of a city. */
export function thresholdsOf(row: Omit<ThresholdRow, "city">): Thresholds {
  return {
    version: String(row.version),
    approaching: row.approaching / 100,
    caution: row.caution / 100,
    alert: row.alert / 100,
    serious: row.serious / 100,
    release: 0.3,
    releaseWindows: 2,
  };
}

/** The thresholds of a city in force, or null when it has none. */
export async function currentThresholds(context: Context, city: string): Promise<Thresholds | null> {
  const [newest] = await thresholdRows(context, [city]);
  return newest === undefined ? null : thresholdsOf(newest);
}

/**
 * The windows of public areas that start in [from, to), each with the level that follows from the released values
 * before it (hysteresis) and from the thresholds that were in force; by zone, then time. What the one who asks may not read is
 * withheld, and no level follows from it.
 */
export async function zoneLevels(
  context: Context,
  where: { city?: string; zones?: readonly string[] },
  from: number,
  to: number,
): Promise<ZoneLevel[][]> {
  const scopes = await scopesOf(
    context,
    ({ statistic, city }) => statistic === "OCCUPANCY" && (where.city === undefined || city === where.city),
  );
  const { free, licensed } = readable(scopes);
  const closed = scopes.limited.map(({ dataset }) => dataset);
  const datasets = [...new Set([...free, ...licensed, ...closed])];
  const rows = await occupancyRows(context, where.city ?? null, where.zones ?? null, from - RUN_UP_MS, to, datasets);
  const cities = [...new Set(rows.map(({ city }) => city))];
  const versions = new Map<string, Thresholds>();
  for (const row of await thresholdRows(context, cities)) versions.set(`${row.city} ${row.version}`, thresholdsOf(row));
  return rows.map((row) => {
    const shown = {
      ...row,
      history: row.history === null ? null : row.history.map((one) => shownTo(scopes, row, one)),
    };
    return follow(shown, (version) => versions.get(`${row.city} ${version}`))
      .filter(({ window }) => window.from >= from)
      .map((level) => ({ ...level, licence: licenceOf(scopes, level) }));
  });
}

/** A released window, without its value where the one who asks may not read it. */
function shownTo({ parts }: Scopes, { dataset, slug }: OccupancyRow, window: Released): Released {
  const [start, end, , , thresholds] = window;
  if (showing(parts, dataset, slug, start, end) !== null) return window;
  return [start, end, null, "LICENCE_SCOPE", thresholds];
}

const licenceOf = ({ parts }: Scopes, { dataset, slug, window, value }: Omit<ZoneLevel, "licence">): string | null =>
  value === null ? null : (showing(parts, dataset, slug, window.from, window.to)?.licence ?? null);

/** Notes that these levels were answered. */
export function counted(context: Context, levels: readonly ZoneLevel[]): readonly ZoneLevel[] {
  for (const { licence, dataset } of levels) if (licence !== null) context.access.used(licence, dataset, 1);
  return levels;
}

/**
 * The level of each released window of one area, by the thresholds that were in force; the view of rule P5, without a
 * database.
 */
export function follow(
  row: OccupancyRow,
  thresholdsAt: (version: number | null) => Thresholds | undefined,
): Omit<ZoneLevel, "licence">[] {
  const { dataset, zone, slug, area, width } = row;
  let state: LevelState = QUIET;
  return (row.history ?? []).map(([from, to, value, withheld, thresholdsVersion]) => {
    const thresholds = thresholdsAt(thresholdsVersion);
    const dense = value === null || area === null || area < LEAST_AREA_M2 ? null : density(value, area);
    state = nextLevel(state, dense, thresholds);
    const shown = dense !== null && area !== null && mayBePublic(area) && thresholds !== undefined;
    return {
      dataset,
      zone,
      slug,
      window: { from, to },
      value,
      width,
      withheld,
      area,
      density: dense,
      level: shown ? state.level : null,
      approaching: shown && state.approaching,
      thresholdsVersion,
    };
  });
}

/** The newest window of each zone; zones without any are left out. */
export async function currentLevels(
  context: Context,
  where: { city?: string; zones?: readonly string[] },
): Promise<ZoneLevel[]> {
  const now = context.now();
  const all = await zoneLevels(context, where, now - RUN_UP_MS, now);
  const newest = all.flatMap((windows) => windows.at(-1) ?? []);
  counted(context, newest);
  return newest;
}
