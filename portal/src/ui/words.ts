import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type {
  AnnotationReason,
  CollectionBasis,
  CorrectionState,
  Domain,
  FreshnessState,
  IncidentKind,
  Level,
  OutageReason,
  Tier,
  ZoneKind,
} from "../generated/graphql.ts";

/** The words for the hub's closed sets; the same everywhere. */
export const LEVELS: readonly Level[] = ["NORMAL", "CAUTION", "ALERT", "SERIOUS"];

export const LEVEL_WORD: Readonly<Record<Level, MessageDescriptor>> = {
  NORMAL: msg`Normal`,
  CAUTION: msg`Caution`,
  ALERT: msg`Alert`,
  SERIOUS: msg`Serious`,
};

export const DOMAIN_WORD: Readonly<Record<Domain, MessageDescriptor>> = {
  CROWD: msg`Crowd`,
  MOBILITY: msg`Mobility`,
  SAFETY: msg`Safety`,
};

export const TIER_WORD: Readonly<Record<Tier, MessageDescriptor>> = {
  OPEN: msg`Open, no login`,
  REGISTERED: msg`With a free key`,
  LICENSED: msg`With a licence`,
  RESTRICTED: msg`Agencies only`,
};

export const FRESHNESS_WORD: Readonly<Record<FreshnessState, MessageDescriptor>> = {
  FRESH: msg`Up to date`,
  LATE: msg`Late`,
  STALE: msg`No news from the sensors`,
  UNKNOWN: msg`A finished period`,
};

export const INCIDENT_WORD: Readonly<Record<IncidentKind, MessageDescriptor>> = {
  ROAD_WORKS: msg`Road works`,
  ROAD_CLOSURE: msg`Road closure`,
  POTHOLE: msg`Pothole`,
  FALLEN_OBJECT: msg`Fallen object`,
  WATER_LEAK: msg`Water leak`,
  STREET_LIGHT: msg`Broken street light`,
  WEATHER_WARNING: msg`Weather warning`,
  CROWD_LEVEL_CHANGE: msg`Change of a crowd stage`,
  TRAFFIC_ACCIDENT: msg`Collision`,
  DUMPING: msg`Illegal dumping`,
  NOISE: msg`Loud noise`,
};

export const KIND_WORD: Readonly<Record<ZoneKind, MessageDescriptor>> = {
  CITY: msg`City`,
  DISTRICT: msg`District`,
  AREA: msg`Area`,
  PLAZA: msg`Plaza`,
  SEGMENT: msg`Street segment`,
  STATION: msg`Station`,
  CELL: msg`Map cell`,
  SITE: msg`Construction site`,
};

export const BASIS_WORD: Readonly<Record<CollectionBasis, MessageDescriptor>> = {
  PRIVATE_SITE_CONSENT: msg`consent of the site's owner`,
  PUBLIC_STATUTORY: msg`a duty laid down by law`,
  PUBLIC_NOTICE: msg`public notice on the spot`,
};

export const OUTAGE_WORD: Readonly<Record<OutageReason, MessageDescriptor>> = {
  DEVICE_FAULT: msg`devices failed`,
  DISASTER: msg`storm, flood or fire`,
  HUB_FAULT: msg`the hub failed`,
  MAINTENANCE: msg`maintenance`,
  NETWORK: msg`devices could not reach the hub`,
  POWER: msg`devices were without power`,
};

export const CORRECTION_WORD: Readonly<Record<CorrectionState, MessageDescriptor>> = {
  PENDING: msg`a correction is released when the day is sealed`,
  RELEASED: msg`a correction stands beside the first values`,
  ABANDONED: msg`the correction was given up; the first values stand`,
  ANNOTATED_ONLY: msg`noted only, without a correction`,
};

export const ANNOTATION_WORD: Readonly<Record<AnnotationReason, MessageDescriptor>> = {
  DAY_SEALED: msg`the day was sealed already`,
  NOT_ASKED: msg`none was asked for`,
  NO_WHOLE_WINDOW: msg`no whole window lies within it`,
  RESERVE_EXHAUSTED: msg`the day's reserve does not bear it`,
  STEP_TOO_LONG: msg`windows longer than a day take late rows by themselves`,
};

const WITHHELD_WORD: Readonly<Record<string, MessageDescriptor>> = {
  FEED_SILENT: msg`the sensors were silent`,
  SLOT_ABANDONED: msg`the release was given up after a fault and is never drawn again`,
  NOT_RELEASED: msg`not released yet`,
  LICENCE_SCOPE: msg`a licence is needed for it`,
};

/** Why a value is not shown, also for reasons that are younger than this page. */
export function withheldWord(reason: string): MessageDescriptor {
  return WITHHELD_WORD[reason] ?? msg`withheld by the release plan`;
}
