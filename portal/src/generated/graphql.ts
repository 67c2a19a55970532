/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { GeoJson } from '../map/geojson.ts';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AnnotationReason =
  /** The day was sealed: late data change nothing. */
  | 'DAY_SEALED'
  /** No correction was asked for. */
  | 'NOT_ASKED'
  /** No window lies within the outage. */
  | 'NO_WHOLE_WINDOW'
  /** The day's reserve did not bear it. */
  | 'RESERVE_EXHAUSTED'
  /** Windows longer than a day take late rows as long as their days are open. */
  | 'STEP_TOO_LONG';

/** Which places: one of `places`, `zone`, `within`, or none for all of the dataset. */
export type AreaInput = {
  /** Slugs of Dataset.places. */
  places?: Array<string> | null | undefined;
  /** One value a window: the sum over the places, of at most 16 released values. */
  sum?: boolean | null | undefined;
  /** A coarser H3 cell: the cells inside it. */
  within?: string | null | undefined;
  /** A zone's slug: it and the places directly within it. */
  zone?: string | null | undefined;
};

/** What the edges of a histogram's bins are counted in. */
export type BinUnit =
  /** 0.1 km/h */
  | 'DECIKILOMETRES_PER_HOUR'
  /** Seconds. */
  | 'SECONDS';

/** On what ground devices may look at a zone. */
export type CollectionBasis =
  | 'PRIVATE_SITE_CONSENT'
  | 'PUBLIC_NOTICE'
  | 'PUBLIC_STATUTORY';

export type CorrectionState =
  /** Given up: what was released first stands. */
  | 'ABANDONED'
  /** There is none: the outage is an annotation. */
  | 'ANNOTATED_ONLY'
  /** Released when the day of its windows is sealed. */
  | 'PENDING'
  /** Stands beside what it corrects. */
  | 'RELEASED';

export type DatasetKind =
  /** Vehicles and docks at stations. */
  | 'AVAILABILITY'
  /** Rows about things. */
  | 'EVENTS'
  /** Counts with noise, released by a plan. */
  | 'NOISED';

export type Domain =
  | 'CROWD'
  | 'MOBILITY'
  | 'SAFETY';

export type FreshnessState =
  /** Its devices were heard in time. */
  | 'FRESH'
  /** A heartbeat is overdue. */
  | 'LATE'
  /** Its devices are silent: what is shown is old. */
  | 'STALE'
  /** No live feed: an import of the past. */
  | 'UNKNOWN';

/** Things, never persons. */
export type IncidentKind =
  | 'CROWD_LEVEL_CHANGE'
  | 'DUMPING'
  | 'FALLEN_OBJECT'
  | 'NOISE'
  | 'POTHOLE'
  | 'ROAD_CLOSURE'
  | 'ROAD_WORKS'
  | 'STREET_LIGHT'
  | 'TRAFFIC_ACCIDENT'
  | 'WATER_LEAK'
  | 'WEATHER_WARNING';

export type Layer =
  | 'L1_SITE'
  | 'L2_MOBILITY'
  | 'L3_CITYWIDE';

/** Stages of crowding by density, with hysteresis on released values. */
export type Level =
  | 'ALERT'
  | 'CAUTION'
  | 'NORMAL'
  | 'SERIOUS';

export type OutageReason =
  /** Devices failed. */
  | 'DEVICE_FAULT'
  /** Storm, flood, fire. */
  | 'DISASTER'
  /** The hub failed. */
  | 'HUB_FAULT'
  /** Work on devices or on the hub. */
  | 'MAINTENANCE'
  /** Devices could not reach the hub. */
  | 'NETWORK'
  /** Devices were without power. */
  | 'POWER';

/** A half-open period: windows that start in it are answered. */
export type PeriodInput = {
  from: string;
  to: string;
};

/** As in CAP 1.2. */
export type Severity =
  | 'EXTREME'
  | 'MINOR'
  | 'MODERATE'
  | 'SEVERE'
  | 'UNKNOWN';

/** Who may read the values. */
export type Tier =
  | 'LICENSED'
  | 'OPEN'
  | 'REGISTERED'
  | 'RESTRICTED';

/** Why a value is not shown; computed from the plan and the release alone. */
export type WithheldReason =
  /** No heartbeat of its devices was heard in the window. */
  | 'FEED_SILENT'
  /** The window is over and its release is not published yet. */
  | 'NOT_RELEASED'
  /** The release was given up after a fault; nothing is drawn again. */
  | 'SLOT_ABANDONED';

export type ZoneKind =
  | 'AREA'
  | 'CELL'
  | 'CITY'
  | 'DISTRICT'
  | 'PLAZA'
  | 'SEGMENT'
  | 'SITE'
  | 'STATION';

export type CityShapeQueryVariables = Exact<{
  city?: string | null | undefined;
}>;


export type CityShapeQuery = { city: { slug: string, timeZone: string, bounds: Array<number>, isSynthetic: boolean, backdrop: GeoJson | null, name: { ko: string, en: string }, zones: { nodes: Array<{ id: string, slug: string, kind: ZoneKind, geometry: GeoJson, centre: Array<number>, areaSquareMetres: number | null, name: { ko: string, en: string } }> } } | null };

export type CityNowQueryVariables = Exact<{
  city?: string | null | undefined;
}>;


export type CityNowQuery = { city: { slug: string, isSynthetic: boolean, timeZone: string, name: { ko: string, en: string }, crowd: { at: string | null, withheld: number, counts: Array<{ level: Level, count: number }>, busiest: { value: number | null, halfWidth95: number, zone: { slug: string, name: { ko: string, en: string } } } | null, thresholds: { version: number, approaching: number, caution: number, alert: number, serious: number, minimumAreaSquareMetres: number } | null, dataset: { slug: string, unit: { ko: string, en: string } | null, freshness: { expectedEvery: string | null, lastWindowEnd: string | null, lastPublishedAt: string | null, state: FreshnessState } } | null, places: Array<{ value: number | null, lower95: number | null, upper95: number | null, halfWidth95: number, density: number | null, densityHalfWidth95: number | null, level: Level | null, approaching: boolean, zone: { slug: string }, window: { from: string, to: string }, withheld: { reason: WithheldReason } | null }>, flow: { slug: string, unit: { ko: string, en: string } | null, plan: { interval95: number, step: string } | null, latest: { nodes: Array<{ value: number | null, lower95: number | null, upper95: number | null, zone: { slug: string, geometry: GeoJson }, window: { from: string, to: string }, withheld: { reason: WithheldReason } | null }> } | null } | null } | null, stations: { nodes: Array<{ slug: string, location: GeoJson, name: { ko: string, en: string }, availability: { at: string, vehicles: number, docks: number, isStale: boolean } | null }> } | null, incidents: { nodes: Array<{ id: string, kind: IncidentKind, severity: Severity, open: boolean, location: GeoJson | null, from: string, to: string | null, publishedAt: string, title: { ko: string, en: string }, zone: { slug: string, name: { ko: string, en: string } } }> } | null } | null };

export type DatasetQueryVariables = Exact<{
  dataset: string;
}>;


export type DatasetQuery = { dataset: { id: string, slug: string, kind: DatasetKind, sourceUrl: string | null, domain: Domain, layer: Layer, tier: Tier, isSynthetic: boolean, title: { ko: string, en: string }, description: { ko: string, en: string }, bias: { ko: string, en: string } | null, provider: { slug: string, url: string | null, name: { ko: string, en: string } }, city: { slug: string, timeZone: string, isSynthetic: boolean, bounds: Array<number>, backdrop: GeoJson | null, name: { ko: string, en: string } }, licence: { name: string, url: string | null, attribution: string }, unit: { ko: string, en: string } | null, plan: { version: number, statistic: string, split: string | null, population: string, contributionBound: number, epsilon: number, scale: number, mechanism: string, interval95: number, step: string, lateness: string, grace: string, schedule: string, threshold: number | null, additive: boolean, bins: Array<{ from: number, to: number | null, unit: BinUnit }> } | null, outages: { nodes: Array<{ id: string, reason: OutageReason, declaredAt: string, window: { from: string, to: string }, text: { ko: string, en: string }, declaredBy: { name: { ko: string, en: string } }, correction: { state: CorrectionState, reason: AnnotationReason | null, version: number | null, epsilon: number | null, interval95: number | null } }> }, freshness: { expectedEvery: string | null, lastWindowEnd: string | null, lastPublishedAt: string | null, state: FreshnessState }, extent: { from: string, to: string } | null, privacyCard: { coverage: string, person: { typicalUnits: number, epsilonPerDay: number, horizons: Array<{ days: number, pure: number, deltaEpsilon: number }> } | null, unit: { epsilonPerDay: number, datasetEpsilonPerDay: number, cap: number, text: { ko: string, en: string }, today: { day: string, spent: number } | null, horizons: Array<{ days: number, pure: number, deltaEpsilon: number }> } | null, expectedError: Array<{ count: number, meanAbsolute: number, meanShare: number, halfWidth95: number, share95: number, shown: number | null }>, protects: { ko: string, en: string }, doesNotProtect: { ko: string, en: string }, knownLimits: Array<{ id: string, text: { ko: string, en: string } }>, retention: { ko: string, en: string }, legalBasis: { ko: string, en: string }, collection: Array<{ basis: CollectionBasis, zones: number }> } | null, places: { nodes: Array<{ slug: string, kind: ZoneKind, geometry: GeoJson, centre: Array<number>, areaSquareMetres: number | null, name: { ko: string, en: string } }>, pageInfo: { hasNextPage: boolean } }, distributions: Array<{ format: string, mediaType: string, href: string }>, offers: Array<{ id: string, tier: Tier, priceMinor: number, currency: string, name: { ko: string, en: string } }> | null } | null };

export type DatasetReleasesQueryVariables = Exact<{
  dataset: string;
}>;


export type DatasetReleasesQuery = { releases: { nodes: Array<{ id: string, planVersion: number, epsilonPerDay: number, publishedAt: string, valuesSha256: string | null, logIndex: number, window: { from: string, to: string }, withheld: { reason: WithheldReason } | null }> } };

export type DatasetLatestQueryVariables = Exact<{
  dataset: string;
}>;


export type DatasetLatestQuery = { dataset: { slug: string, latest: { nodes: Array<{ category: string | null, value: number | null, lower95: number | null, upper95: number | null, zone: { slug: string }, window: { from: string, to: string }, withheld: { reason: WithheldReason } | null }> } | null } | null };

export type DatasetsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  domain?: Domain | null | undefined;
  city?: string | null | undefined;
  tier?: Tier | null | undefined;
}>;


export type DatasetsQuery = { datasets: { totalCount: number, facets: { domain: Array<{ key: string, count: number }>, city: Array<{ key: string, count: number }>, tier: Array<{ key: string, count: number }> }, nodes: Array<{ slug: string, kind: DatasetKind, domain: Domain, tier: Tier, isSynthetic: boolean, title: { ko: string, en: string }, description: { ko: string, en: string }, unit: { ko: string, en: string } | null, city: { slug: string, timeZone: string, name: { ko: string, en: string } }, provider: { name: { ko: string, en: string } }, plan: { epsilon: number, interval95: number, step: string } | null, freshness: { expectedEvery: string | null, lastWindowEnd: string | null, lastPublishedAt: string | null, state: FreshnessState } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } }, cities: Array<{ slug: string, name: { ko: string, en: string } }> };

export type IncidentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  open?: boolean | null | undefined;
  kind?: Array<IncidentKind> | IncidentKind | null | undefined;
}>;


export type IncidentsQuery = { incidents: { nodes: Array<{ id: string, kind: IncidentKind, snapped: boolean, timePrecision: string | null, severity: Severity, open: boolean, location: GeoJson | null, from: string, to: string | null, publishedAt: string, title: { ko: string, en: string }, template: { ko: string, en: string }, zone: { slug: string, name: { ko: string, en: string }, city: { slug: string, timeZone: string, isSynthetic: boolean, name: { ko: string, en: string } } }, dataset: { slug: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type PopulationsQueryVariables = Exact<{ [key: string]: never; }>;


export type PopulationsQuery = { populations: Array<{ slug: string, unit: string, cap: number, planned: number, controller: { name: { ko: string, en: string } } }> };

export type DestroyedKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type DestroyedKeysQuery = { keyRecords: { nodes: Array<{ number: number, kind: string, at: string, population: string | null, day: string | null, signature: string }> } };

export type SeriesPartsFragment = { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } };

export type DatasetSeriesQueryVariables = Exact<{
  dataset: string;
  area?: AreaInput | null | undefined;
  period: PeriodInput;
  step?: string | null | undefined;
}>;


export type DatasetSeriesQuery = { dataset: { slug: string, series: { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } } | null } | null };

export type ZoneDayQueryVariables = Exact<{
  zone: string;
  city?: string | null | undefined;
  period: PeriodInput;
}>;


export type ZoneDayQuery = { zone: { slug: string, crowd: { dataset: { slug: string, unit: { ko: string, en: string } | null }, series: { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } } } | null } | null };

export type ZoneQueryVariables = Exact<{
  zone: string;
  city?: string | null | undefined;
  period: PeriodInput;
}>;


export type ZoneQuery = { zone: { id: string, slug: string, kind: ZoneKind, geometry: GeoJson, centre: Array<number>, areaSquareMetres: number | null, collectionBasis: CollectionBasis, name: { ko: string, en: string }, city: { slug: string, timeZone: string, isSynthetic: boolean, bounds: Array<number>, backdrop: GeoJson | null, name: { ko: string, en: string } }, crowd: { value: number | null, lower95: number | null, upper95: number | null, halfWidth95: number, density: number | null, densityHalfWidth95: number | null, level: Level | null, approaching: boolean, window: { from: string, to: string }, withheld: { reason: WithheldReason } | null, dataset: { slug: string, title: { ko: string, en: string }, unit: { ko: string, en: string } | null, freshness: { expectedEvery: string | null, lastWindowEnd: string | null, lastPublishedAt: string | null, state: FreshnessState } }, series: { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } } } | null, mobility: { dataset: { slug: string, title: { ko: string, en: string }, unit: { ko: string, en: string } | null } | null, flow: { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } } | null, stations: Array<{ slug: string, location: GeoJson, name: { ko: string, en: string }, availability: { at: string, vehicles: number, docks: number, isStale: boolean } | null }> } | null, incidents: { open: number, recent: { nodes: Array<{ id: string, kind: IncidentKind, severity: Severity, open: boolean, location: GeoJson | null, from: string, to: string | null, publishedAt: string, title: { ko: string, en: string } }> } } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SeriesPartsFragmentDoc = new TypedDocumentString(`
    fragment SeriesParts on Series {
  window {
    from
    to
  }
  step
  columns {
    start
    end
    place
    destination
    category
    value
    lower95
    upper95
    withheld
  }
  uncertainty {
    halfWidth95
    level
    noiseOnly
  }
  coverage {
    expected
    present
  }
  method {
    statistic
    threshold
    planVersion
    corrected
    mechanism
    scale
    leaves
  }
  provenance {
    releases
    firstLogIndex
    lastLogIndex
    publishedAt
  }
}
    `, {"fragmentName":"SeriesParts"}) as unknown as TypedDocumentString<SeriesPartsFragment, unknown>;
export const CityShapeDocument = new TypedDocumentString(`
    query CityShape($city: String) {
  city(slug: $city) {
    slug
    name {
      ko
      en
    }
    timeZone
    bounds
    isSynthetic
    backdrop
    zones(first: 100, kind: [PLAZA, SEGMENT, SITE]) {
      nodes {
        id
        slug
        name {
          ko
          en
        }
        kind
        geometry
        centre
        areaSquareMetres
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CityShapeQuery, CityShapeQueryVariables>;
export const CityNowDocument = new TypedDocumentString(`
    query CityNow($city: String) {
  city(slug: $city) {
    slug
    name {
      ko
      en
    }
    isSynthetic
    timeZone
    crowd {
      at
      withheld
      counts {
        level
        count
      }
      busiest {
        value
        halfWidth95
        zone {
          slug
          name {
            ko
            en
          }
        }
      }
      thresholds {
        version
        approaching
        caution
        alert
        serious
        minimumAreaSquareMetres
      }
      dataset {
        slug
        unit {
          ko
          en
        }
        freshness {
          expectedEvery
          lastWindowEnd
          lastPublishedAt
          state
        }
      }
      places {
        zone {
          slug
        }
        window {
          from
          to
        }
        value
        lower95
        upper95
        halfWidth95
        density
        densityHalfWidth95
        level
        approaching
        withheld {
          reason
        }
      }
      flow {
        slug
        unit {
          ko
          en
        }
        plan {
          interval95
          step
        }
        latest(first: 100) {
          nodes {
            zone {
              slug
              geometry
            }
            window {
              from
              to
            }
            value
            lower95
            upper95
            withheld {
              reason
            }
          }
        }
      }
    }
    stations(first: 100) {
      nodes {
        slug
        name {
          ko
          en
        }
        location
        availability {
          at
          vehicles
          docks
          isStale
        }
      }
    }
    incidents(first: 50, open: true) {
      nodes {
        id
        kind
        title {
          ko
          en
        }
        severity
        open
        location
        from
        to
        zone {
          slug
          name {
            ko
            en
          }
        }
        publishedAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CityNowQuery, CityNowQueryVariables>;
export const DatasetDocument = new TypedDocumentString(`
    query Dataset($dataset: String!) {
  dataset(slug: $dataset) {
    id
    slug
    kind
    title {
      ko
      en
    }
    description {
      ko
      en
    }
    bias {
      ko
      en
    }
    sourceUrl
    provider {
      slug
      name {
        ko
        en
      }
      url
    }
    city {
      slug
      name {
        ko
        en
      }
      timeZone
      isSynthetic
      bounds
      backdrop
    }
    licence {
      name
      url
      attribution
    }
    domain
    layer
    tier
    isSynthetic
    unit {
      ko
      en
    }
    plan {
      version
      statistic
      split
      population
      contributionBound
      epsilon
      scale
      mechanism
      interval95
      step
      lateness
      grace
      schedule
      threshold
      additive
      bins {
        from
        to
        unit
      }
    }
    outages(first: 20) {
      nodes {
        id
        window {
          from
          to
        }
        reason
        text {
          ko
          en
        }
        declaredAt
        declaredBy {
          name {
            ko
            en
          }
        }
        correction {
          state
          reason
          version
          epsilon
          interval95
        }
      }
    }
    freshness {
      expectedEvery
      lastWindowEnd
      lastPublishedAt
      state
    }
    extent {
      from
      to
    }
    privacyCard {
      coverage
      person {
        typicalUnits
        epsilonPerDay
        horizons {
          days
          pure
          deltaEpsilon
        }
      }
      unit {
        text {
          ko
          en
        }
        epsilonPerDay
        datasetEpsilonPerDay
        cap
        today {
          day
          spent
        }
        horizons {
          days
          pure
          deltaEpsilon
        }
      }
      expectedError {
        count
        meanAbsolute
        meanShare
        halfWidth95
        share95
        shown
      }
      protects {
        ko
        en
      }
      doesNotProtect {
        ko
        en
      }
      knownLimits {
        id
        text {
          ko
          en
        }
      }
      retention {
        ko
        en
      }
      legalBasis {
        ko
        en
      }
      collection {
        basis
        zones
      }
    }
    places(first: 100) {
      nodes {
        slug
        name {
          ko
          en
        }
        kind
        geometry
        centre
        areaSquareMetres
      }
      pageInfo {
        hasNextPage
      }
    }
    distributions {
      format
      mediaType
      href
    }
    offers {
      id
      tier
      name {
        ko
        en
      }
      priceMinor
      currency
    }
  }
}
    `) as unknown as TypedDocumentString<DatasetQuery, DatasetQueryVariables>;
export const DatasetReleasesDocument = new TypedDocumentString(`
    query DatasetReleases($dataset: String!) {
  releases(dataset: $dataset, first: 5) {
    nodes {
      id
      window {
        from
        to
      }
      planVersion
      epsilonPerDay
      publishedAt
      valuesSha256
      logIndex
      withheld {
        reason
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DatasetReleasesQuery, DatasetReleasesQueryVariables>;
export const DatasetLatestDocument = new TypedDocumentString(`
    query DatasetLatest($dataset: String!) {
  dataset(slug: $dataset) {
    slug
    latest(first: 100) {
      nodes {
        zone {
          slug
        }
        category
        window {
          from
          to
        }
        value
        lower95
        upper95
        withheld {
          reason
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DatasetLatestQuery, DatasetLatestQueryVariables>;
export const DatasetsDocument = new TypedDocumentString(`
    query Datasets($first: Int, $after: String, $last: Int, $before: String, $search: String, $domain: Domain, $city: String, $tier: Tier) {
  datasets(
    first: $first
    after: $after
    last: $last
    before: $before
    search: $search
    domain: $domain
    city: $city
    tier: $tier
  ) {
    totalCount
    facets {
      domain {
        key
        count
      }
      city {
        key
        count
      }
      tier {
        key
        count
      }
    }
    nodes {
      slug
      kind
      title {
        ko
        en
      }
      description {
        ko
        en
      }
      domain
      tier
      isSynthetic
      unit {
        ko
        en
      }
      city {
        slug
        name {
          ko
          en
        }
        timeZone
      }
      provider {
        name {
          ko
          en
        }
      }
      plan {
        epsilon
        interval95
        step
      }
      freshness {
        expectedEvery
        lastWindowEnd
        lastPublishedAt
        state
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
  cities {
    slug
    name {
      ko
      en
    }
  }
}
    `) as unknown as TypedDocumentString<DatasetsQuery, DatasetsQueryVariables>;
export const IncidentsDocument = new TypedDocumentString(`
    query Incidents($first: Int, $after: String, $open: Boolean, $kind: [IncidentKind!]) {
  incidents(first: $first, after: $after, open: $open, kind: $kind) {
    nodes {
      id
      kind
      title {
        ko
        en
      }
      template {
        ko
        en
      }
      snapped
      timePrecision
      severity
      open
      location
      from
      to
      zone {
        slug
        name {
          ko
          en
        }
        city {
          slug
          name {
            ko
            en
          }
          timeZone
          isSynthetic
        }
      }
      dataset {
        slug
      }
      publishedAt
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<IncidentsQuery, IncidentsQueryVariables>;
export const PopulationsDocument = new TypedDocumentString(`
    query Populations {
  populations {
    slug
    unit
    cap
    planned
    controller {
      name {
        ko
        en
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PopulationsQuery, PopulationsQueryVariables>;
export const DestroyedKeysDocument = new TypedDocumentString(`
    query DestroyedKeys {
  keyRecords(first: 60) {
    nodes {
      number
      kind
      at
      population
      day
      signature
    }
  }
}
    `) as unknown as TypedDocumentString<DestroyedKeysQuery, DestroyedKeysQueryVariables>;
export const DatasetSeriesDocument = new TypedDocumentString(`
    query DatasetSeries($dataset: String!, $area: AreaInput, $period: PeriodInput!, $step: Duration) {
  dataset(slug: $dataset) {
    slug
    series(area: $area, period: $period, step: $step) {
      ...SeriesParts
    }
  }
}
    fragment SeriesParts on Series {
  window {
    from
    to
  }
  step
  columns {
    start
    end
    place
    destination
    category
    value
    lower95
    upper95
    withheld
  }
  uncertainty {
    halfWidth95
    level
    noiseOnly
  }
  coverage {
    expected
    present
  }
  method {
    statistic
    threshold
    planVersion
    corrected
    mechanism
    scale
    leaves
  }
  provenance {
    releases
    firstLogIndex
    lastLogIndex
    publishedAt
  }
}`) as unknown as TypedDocumentString<DatasetSeriesQuery, DatasetSeriesQueryVariables>;
export const ZoneDayDocument = new TypedDocumentString(`
    query ZoneDay($zone: String!, $city: String, $period: PeriodInput!) {
  zone(slug: $zone, city: $city) {
    slug
    crowd {
      dataset {
        slug
        unit {
          ko
          en
        }
      }
      series(period: $period) {
        ...SeriesParts
      }
    }
  }
}
    fragment SeriesParts on Series {
  window {
    from
    to
  }
  step
  columns {
    start
    end
    place
    destination
    category
    value
    lower95
    upper95
    withheld
  }
  uncertainty {
    halfWidth95
    level
    noiseOnly
  }
  coverage {
    expected
    present
  }
  method {
    statistic
    threshold
    planVersion
    corrected
    mechanism
    scale
    leaves
  }
  provenance {
    releases
    firstLogIndex
    lastLogIndex
    publishedAt
  }
}`) as unknown as TypedDocumentString<ZoneDayQuery, ZoneDayQueryVariables>;
export const ZoneDocument = new TypedDocumentString(`
    query Zone($zone: String!, $city: String, $period: PeriodInput!) {
  zone(slug: $zone, city: $city) {
    id
    slug
    name {
      ko
      en
    }
    kind
    geometry
    centre
    areaSquareMetres
    collectionBasis
    city {
      slug
      name {
        ko
        en
      }
      timeZone
      isSynthetic
      bounds
      backdrop
    }
    crowd {
      window {
        from
        to
      }
      value
      lower95
      upper95
      halfWidth95
      density
      densityHalfWidth95
      level
      approaching
      withheld {
        reason
      }
      dataset {
        slug
        title {
          ko
          en
        }
        unit {
          ko
          en
        }
        freshness {
          expectedEvery
          lastWindowEnd
          lastPublishedAt
          state
        }
      }
      series(period: $period) {
        ...SeriesParts
      }
    }
    mobility {
      dataset {
        slug
        title {
          ko
          en
        }
        unit {
          ko
          en
        }
      }
      flow(period: $period) {
        ...SeriesParts
      }
      stations {
        slug
        name {
          ko
          en
        }
        location
        availability {
          at
          vehicles
          docks
          isStale
        }
      }
    }
    incidents {
      open
      recent(first: 10) {
        nodes {
          id
          kind
          title {
            ko
            en
          }
          severity
          open
          location
          from
          to
          publishedAt
        }
      }
    }
  }
}
    fragment SeriesParts on Series {
  window {
    from
    to
  }
  step
  columns {
    start
    end
    place
    destination
    category
    value
    lower95
    upper95
    withheld
  }
  uncertainty {
    halfWidth95
    level
    noiseOnly
  }
  coverage {
    expected
    present
  }
  method {
    statistic
    threshold
    planVersion
    corrected
    mechanism
    scale
    leaves
  }
  provenance {
    releases
    firstLogIndex
    lastLogIndex
    publishedAt
  }
}`) as unknown as TypedDocumentString<ZoneQuery, ZoneQueryVariables>;