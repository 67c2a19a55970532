import { HubError } from "../errors.ts";

export const LEVELS = ["NORMAL", "CAUTION", "ALERT", "SERIOUS"] as const;
export type CrowdLevel = (typeof LEVELS)[number];

/**
 * From which density on a level holds, in persons/m². A version is never changed once used, because every answer names
 * the version its level was made with.
 */
export type Thresholds = {
  readonly version: string;
  readonly approaching: number;
  readonly caution: number;
  readonly alert: number;
  readonly serious: number;
  /** How far below its threshold a level lets go, in persons/m². */
  readonly release: number;
  /** How many windows in a row below that before it lets go. */
  readonly releaseWindows: number;
};

export const DEFAULT_THRESHOLDS: Thresholds = {
  version: "2026-1",
  approaching: 3,
  caution: 4,
  alert: 5,
  serious: 6,
  release: 0.3,
  releaseWindows: 2,
};

/** Below this a density means nothing; from the second on a level may be public. In m². */
export const LEAST_AREA_M2 = 4;
export const LEAST_PUBLIC_AREA_M2 = 1200;

/** Persons/m² from a released occupancy, which may be negative. Throws `PLAN_INVALID` for an area below 4 m². */
export function density(occupancy: number, areaM2: number): number {
  if (!(areaM2 >= LEAST_AREA_M2)) {
    throw new HubError("PLAN_INVALID", "The area is too small for a density.", {
      field: "areaM2",
      rule: "at least 4 m²",
      fix: "join the area with its neighbours",
    });
  }
  return Math.max(0, occupancy) / areaM2;
}

/** Whether a level of this area may be shown to everyone (privacy.md §3). */
export function mayBePublic(areaM2: number): boolean {
  return areaM2 >= LEAST_PUBLIC_AREA_M2;
}

function threshold(level: CrowdLevel, thresholds: Thresholds): number {
  if (level === "SERIOUS") return thresholds.serious;
  if (level === "ALERT") return thresholds.alert;
  return level === "CAUTION" ? thresholds.caution : 0;
}

/** The level of a density by itself, without what was before. */
export function levelAt(personsPerM2: number, thresholds: Thresholds = DEFAULT_THRESHOLDS): CrowdLevel {
  return LEVELS.findLast((level) => personsPerM2 >= threshold(level, thresholds)) ?? "NORMAL";
}

/** What a level remembers from window to window. */
export type LevelState = {
  readonly level: CrowdLevel;
  /** NORMAL, but from 3 persons/m² on. */
  readonly approaching: boolean;
  /** Windows in a row so far that were low enough to let go, and the highest density among them. */
  readonly below: number;
  readonly belowHighest: number;
};

export const QUIET: LevelState = { level: "NORMAL", approaching: false, below: 0, belowHighest: 0 };

/**
 * The state after one more released window. A level rises at once; it drops only after two windows in a row at least
 * 0.3 below its threshold, then to the level of the higher of them. A withheld window (null) changes nothing and starts
 * the count again: silence is not calm.
 */
export function nextLevel(
  state: LevelState,
  personsPerM2: number | null,
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): LevelState {
  if (personsPerM2 === null) return { ...state, below: 0, belowHighest: 0 };
  const now = levelAt(personsPerM2, thresholds);
  if (LEVELS.indexOf(now) >= LEVELS.indexOf(state.level)) return settled(now, personsPerM2, thresholds);
  const letsGo = personsPerM2 <= threshold(state.level, thresholds) - thresholds.release;
  if (!letsGo) return { ...state, below: 0, belowHighest: 0 };
  const below = state.below + 1;
  const belowHighest = Math.max(state.belowHighest, personsPerM2);
  if (below < thresholds.releaseWindows) return { ...state, below, belowHighest };
  return settled(levelAt(belowHighest, thresholds), personsPerM2, thresholds);
}

function settled(level: CrowdLevel, personsPerM2: number, thresholds: Thresholds): LevelState {
  const approaching = level === "NORMAL" && personsPerM2 >= thresholds.approaching;
  return { level, approaching, below: 0, belowHighest: 0 };
}
