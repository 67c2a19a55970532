/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { GeoJson } from '../map/geojson.ts';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type ActOnLicenceInput = {
  action: LicenceAction;
  licence: string | number;
  /** For ASK, ANSWER and APPEAL; it joins the conversation. */
  message?: string | null | undefined;
  /** For REFUSE, SUSPEND and REVOKE: why, 10 characters at least. */
  reason?: string | null | undefined;
  /** The licence's seq that was seen: someone may have been faster. */
  seq: number;
  /** For APPROVE. */
  terms?: GrantedTermsInput | null | undefined;
};

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

export type CreateKeyInput = {
  /** Leave out for the licence's end. */
  expiresAt?: string | null | undefined;
  /** Networks (CIDR) that it may be used from; leave out for everywhere. */
  ipAllow?: Array<string> | null | undefined;
  licence: string | number;
  name: string;
  /** Doors that it opens: read:graph, read:exports. Leave out for all. */
  scopes?: Array<string> | null | undefined;
};

export type CreateOrganizationInput = {
  nameEn: string;
  nameKo: string;
  registrationNumber?: string | null | undefined;
  /** A wish; the hub adds four letters. */
  slug?: string | null | undefined;
  /** Of a company; leave out for a public body. */
  stage?: Stage | null | undefined;
  url?: string | null | undefined;
};

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

/** What is granted where it differs from what was asked; never more. */
export type GrantedTermsInput = {
  area?: Array<string> | null | undefined;
  conditions?: string | null | undefined;
  from?: string | null | undefined;
  quota?: number | null | undefined;
  step?: string | null | undefined;
  to?: string | null | undefined;
};

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

export type InvitationState =
  | 'ACCEPTED'
  | 'EXPIRED'
  | 'PENDING'
  | 'WITHDRAWN';

export type KeyEnvironment =
  /** Of a licence. */
  | 'LIVE'
  /** A sandbox: synthetic datasets only. */
  | 'TEST';

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

/** Every transition has one. */
export type LicenceAction =
  /** The applicant accepts terms and price. */
  | 'ACTIVATE'
  /** The applicant answers. */
  | 'ANSWER'
  /** The applicant appeals against a refusal, once. */
  | 'APPEAL'
  /** The steward approves, with conditions if need be. */
  | 'APPROVE'
  /** The steward asks for information. */
  | 'ASK'
  /** What the first APPROVE of a high-risk request becomes: a second person approves. */
  | 'ENDORSE'
  /** The last day is over. */
  | 'EXPIRE'
  /** Nobody answered in time. */
  | 'LAPSE'
  /** The steward refuses, with a reason. */
  | 'REFUSE'
  /** The applicant asks. */
  | 'REQUEST'
  /** The steward gives access again. */
  | 'RESUME'
  /** The steward takes access back for good. */
  | 'REVOKE'
  /** The licensee gives the licence back. */
  | 'SURRENDER'
  /** The steward stops access for a while. */
  | 'SUSPEND'
  /** The applicant takes the request back. */
  | 'WITHDRAW';

export type LicenceScope =
  /** All, for stewards, administrators and auditors. */
  | 'ALL'
  /** What a steward has to decide, oldest first. */
  | 'INBOX'
  /** Of my organisations. */
  | 'MINE';

export type LicenceState =
  | 'ACTIVE'
  | 'APPROVED'
  | 'EXPIRED'
  | 'INFO_NEEDED'
  | 'LAPSED'
  | 'REFUSED'
  | 'REQUESTED'
  | 'REVOKED'
  | 'SUSPENDED'
  | 'WITHDRAWN';

/** Whether a signed tree holds it. */
export type LogState =
  /** It stands in the log, and the proof shows it. */
  | 'LOGGED'
  /** It waits for the next batch; ask again in a minute. */
  | 'PENDING';

/** What a member may do. */
export type MemberRole =
  /** Requests and keys. */
  | 'DEVELOPER'
  /** People, keys, requests, and accepting conditions and prices. */
  | 'MANAGER'
  /** All, closing and handing on too. There is exactly one. */
  | 'OWNER'
  /** Sees all and changes nothing. */
  | 'VIEWER';

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

export type PriceModel =
  /** One price for the whole licence. */
  | 'FLAT'
  /** No price. */
  | 'FREE'
  /** By use beyond the free quota, up to the cap of a month. */
  | 'METERED'
  /** A price a month with its quota. */
  | 'SUBSCRIPTION';

/** What the identity provider says of a person. */
export type RealmRole =
  | 'ADMIN'
  | 'AGENCY'
  | 'AUDITOR'
  | 'CITIZEN'
  | 'DEVELOPER'
  | 'PROVIDER'
  | 'STEWARD';

export type RequestLicenceInput = {
  /** Slugs of zones; leave out for all places. */
  area?: Array<string> | null | undefined;
  from: string;
  offer: string | number;
  organization: string | number;
  /** One of the offer's purposes. */
  purpose: string;
  /** In one's own words, 20 characters at least. */
  purposeText: string;
  /** Units of a month. */
  quota: number;
  /** The licence of one's own that it continues. */
  renews?: string | number | null | undefined;
  /** The finest step; leave out for that of the offer. */
  step?: string | null | undefined;
  /** The last day. */
  to: string;
};

/** As in CAP 1.2. */
export type Severity =
  | 'EXTREME'
  | 'MINOR'
  | 'MODERATE'
  | 'SEVERE'
  | 'UNKNOWN';

export type Stage =
  | 'GROWTH'
  | 'PRE_STARTUP'
  | 'STARTUP';

/** Who may read the values. */
export type Tier =
  | 'LICENSED'
  | 'OPEN'
  | 'REGISTERED'
  | 'RESTRICTED';

/** A field that is left out stays as it is. */
export type UpdateOrganizationInput = {
  nameEn?: string | null | undefined;
  nameKo?: string | null | undefined;
  organization: string | number;
  /** A changed number needs a new attestation. */
  registrationNumber?: string | null | undefined;
  stage?: Stage | null | undefined;
  url?: string | null | undefined;
};

/** Why a value is not shown; computed from the plan, the release and the asker's licences alone. */
export type WithheldReason =
  /** No heartbeat of its devices was heard in the window. */
  | 'FEED_SILENT'
  /** There may be a value; the one who asks has no licence for it, here and then. */
  | 'LICENCE_SCOPE'
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

export type AuditTrailQueryVariables = Exact<{
  acts?: Array<string> | string | null | undefined;
  subjectId?: string | number | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type AuditTrailQuery = { auditTrail: { nodes: Array<{ number: number, at: string, act: string, subjectKind: string, subjectId: string, reason: string | null, before: string | null, after: string | null, personal: string | null, personalErased: boolean, previous: string, hash: string, actor: { id: string, name: string | null } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type AuditVerifiedQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditVerifiedQuery = { auditVerified: { ok: boolean, entries: number, head: string | null, faults: Array<{ number: number, fault: string }> } };

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


export type DatasetQuery = { dataset: { id: string, slug: string, kind: DatasetKind, sourceUrl: string | null, domain: Domain, layer: Layer, tier: Tier, isSynthetic: boolean, title: { ko: string, en: string }, description: { ko: string, en: string }, bias: { ko: string, en: string } | null, provider: { slug: string, url: string | null, name: { ko: string, en: string } }, city: { slug: string, timeZone: string, isSynthetic: boolean, bounds: Array<number>, backdrop: GeoJson | null, name: { ko: string, en: string } }, licence: { name: string, url: string | null, attribution: string }, unit: { ko: string, en: string } | null, plan: { version: number, statistic: string, split: string | null, population: string, contributionBound: number, epsilon: number, scale: number, mechanism: string, interval95: number, step: string, lateness: string, grace: string, schedule: string, threshold: number | null, additive: boolean, bins: Array<{ from: number, to: number | null, unit: BinUnit }> } | null, outages: { nodes: Array<{ id: string, reason: OutageReason, declaredAt: string, window: { from: string, to: string }, text: { ko: string, en: string }, declaredBy: { name: { ko: string, en: string } }, correction: { state: CorrectionState, reason: AnnotationReason | null, version: number | null, epsilon: number | null, interval95: number | null } }> }, freshness: { expectedEvery: string | null, lastWindowEnd: string | null, lastPublishedAt: string | null, state: FreshnessState }, extent: { from: string, to: string } | null, privacyCard: { coverage: string, person: { typicalUnits: number, epsilonPerDay: number, horizons: Array<{ days: number, pure: number, deltaEpsilon: number }> } | null, unit: { epsilonPerDay: number, datasetEpsilonPerDay: number, cap: number, text: { ko: string, en: string }, today: { day: string, spent: number } | null, horizons: Array<{ days: number, pure: number, deltaEpsilon: number }> } | null, expectedError: Array<{ count: number, meanAbsolute: number, meanShare: number, halfWidth95: number, share95: number, shown: number | null }>, protects: { ko: string, en: string }, doesNotProtect: { ko: string, en: string }, knownLimits: Array<{ id: string, text: { ko: string, en: string } }>, retention: { ko: string, en: string }, legalBasis: { ko: string, en: string }, collection: Array<{ basis: CollectionBasis, zones: number }> } | null, places: { nodes: Array<{ slug: string, kind: ZoneKind, geometry: GeoJson, centre: Array<number>, areaSquareMetres: number | null, name: { ko: string, en: string } }>, pageInfo: { hasNextPage: boolean } }, distributions: Array<{ format: string, mediaType: string, href: string }>, offers: Array<{ id: string, tier: Tier, finestStep: string | null, name: { ko: string, en: string } }> | null } | null };

export type DatasetReleasesQueryVariables = Exact<{
  dataset: string;
}>;


export type DatasetReleasesQuery = { releases: { nodes: Array<{ id: string, planVersion: number, epsilonPerDay: number, publishedAt: string, valuesSha256: string | null, logIndex: number | null, window: { from: string, to: string }, withheld: { reason: WithheldReason } | null }> } };

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

export type OrganizationKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationKeysQuery = { viewer: { person: { id: string }, organizations: Array<{ role: MemberRole, organization: { id: string, keys: Array<{ id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null }> | null } }> } | null, licences: { nodes: Array<{ id: string, number: number, state: LicenceState, seq: number, tier: Tier, purpose: string, createdAt: string, dueAt: string | null, decidedAt: string | null, endedAt: string | null, allowedActions: Array<LicenceAction>, asked: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number }, granted: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number } | null, offer: { id: string, name: { ko: string, en: string } }, organization: { id: string, stage: Stage | null, attestedAt: string | null, name: { ko: string, en: string } }, dataset: { slug: string, title: { ko: string, en: string }, city: { timeZone: string } } }> } };

export type NewKeyFragment = { secret: string | null, key: { id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null } };

export type CreateSandboxKeyMutationVariables = Exact<{
  organization: string | number;
  name: string;
}>;


export type CreateSandboxKeyMutation = { createSandboxKey:
    | { __typename: 'KeyPayload', secret: string | null, key: { id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type CreateKeyMutationVariables = Exact<{
  input: CreateKeyInput;
}>;


export type CreateKeyMutation = { createKey:
    | { __typename: 'KeyPayload', secret: string | null, key: { id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type RotateKeyMutationVariables = Exact<{
  key: string | number;
  overlapHours: number;
}>;


export type RotateKeyMutation = { rotateKey:
    | { __typename: 'KeyPayload', secret: string | null, key: { id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type RevokeKeyMutationVariables = Exact<{
  key: string | number;
  reason?: string | null | undefined;
}>;


export type RevokeKeyMutation = { revokeKey:
    | { __typename: 'KeyPayload', key: { id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type ScopePartsFragment = { area: Array<string> | null, from: string, to: string, step: string | null, quota: number };

export type LicenceLineFragment = { id: string, number: number, state: LicenceState, seq: number, tier: Tier, purpose: string, createdAt: string, dueAt: string | null, decidedAt: string | null, endedAt: string | null, allowedActions: Array<LicenceAction>, asked: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number }, granted: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number } | null, offer: { id: string, name: { ko: string, en: string } }, organization: { id: string, stage: Stage | null, attestedAt: string | null, name: { ko: string, en: string } }, dataset: { slug: string, title: { ko: string, en: string }, city: { timeZone: string } } };

export type LicencesQueryVariables = Exact<{
  scope: LicenceScope;
  states?: Array<LicenceState> | LicenceState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type LicencesQuery = { licences: { nodes: Array<{ id: string, number: number, state: LicenceState, seq: number, tier: Tier, purpose: string, createdAt: string, dueAt: string | null, decidedAt: string | null, endedAt: string | null, allowedActions: Array<LicenceAction>, asked: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number }, granted: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number } | null, offer: { id: string, name: { ko: string, en: string } }, organization: { id: string, stage: Stage | null, attestedAt: string | null, name: { ko: string, en: string } }, dataset: { slug: string, title: { ko: string, en: string }, city: { timeZone: string } } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type KeyPartsFragment = { id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null };

export type LicencePartsFragment = { agreement: Record<string, unknown> | null, purposeText: string, conditions: string | null, priceMinor: number | null, currency: string, activatedAt: string | null, id: string, number: number, state: LicenceState, seq: number, tier: Tier, purpose: string, createdAt: string, dueAt: string | null, decidedAt: string | null, endedAt: string | null, allowedActions: Array<LicenceAction>, renews: { id: string, number: number } | null, requestedBy: { id: string, name: string | null } | null, offer: { terms: Record<string, unknown>, id: string, tier: Tier, version: number, priceModel: PriceModel, priceMinor: number, currency: string, unitPriceMicro: number, freeQuota: number, monthlyCapMinor: number | null, carryOver: boolean, purposes: Array<string>, quotaMonthly: number, noticeDays: number, priceNoticeDays: number, decisionDays: number, finestStep: string | null, name: { ko: string, en: string }, text: { ko: string, en: string } }, dataset: { slug: string, isSynthetic: boolean, plan: { step: string } | null, places: { nodes: Array<{ slug: string, name: { ko: string, en: string } }> }, title: { ko: string, en: string }, city: { timeZone: string } }, events: Array<{ seq: number, action: LicenceAction, from: LicenceState | null, to: LicenceState, at: string, reason: string | null, logIndex: number | null, actor: { id: string, name: string | null } | null }>, messages: Array<{ id: string, body: string | null, createdAt: string, fromSteward: boolean, author: { id: string, name: string | null } | null }>, keys: Array<{ id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null }>, proofs: Array<{ seq: number, logIndex: number | null, salt: string, body: string }>, usage: { month: string, quota: number, used: number, resetAt: string, byDay: Array<{ at: string, units: number }> } | null, asked: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number }, granted: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number } | null, organization: { id: string, stage: Stage | null, attestedAt: string | null, name: { ko: string, en: string } } };

export type LicenceQueryVariables = Exact<{
  id: string | number;
}>;


export type LicenceQuery = { licence: { agreement: Record<string, unknown> | null, purposeText: string, conditions: string | null, priceMinor: number | null, currency: string, activatedAt: string | null, id: string, number: number, state: LicenceState, seq: number, tier: Tier, purpose: string, createdAt: string, dueAt: string | null, decidedAt: string | null, endedAt: string | null, allowedActions: Array<LicenceAction>, renews: { id: string, number: number } | null, requestedBy: { id: string, name: string | null } | null, offer: { terms: Record<string, unknown>, id: string, tier: Tier, version: number, priceModel: PriceModel, priceMinor: number, currency: string, unitPriceMicro: number, freeQuota: number, monthlyCapMinor: number | null, carryOver: boolean, purposes: Array<string>, quotaMonthly: number, noticeDays: number, priceNoticeDays: number, decisionDays: number, finestStep: string | null, name: { ko: string, en: string }, text: { ko: string, en: string } }, dataset: { slug: string, isSynthetic: boolean, plan: { step: string } | null, places: { nodes: Array<{ slug: string, name: { ko: string, en: string } }> }, title: { ko: string, en: string }, city: { timeZone: string } }, events: Array<{ seq: number, action: LicenceAction, from: LicenceState | null, to: LicenceState, at: string, reason: string | null, logIndex: number | null, actor: { id: string, name: string | null } | null }>, messages: Array<{ id: string, body: string | null, createdAt: string, fromSteward: boolean, author: { id: string, name: string | null } | null }>, keys: Array<{ id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null }>, proofs: Array<{ seq: number, logIndex: number | null, salt: string, body: string }>, usage: { month: string, quota: number, used: number, resetAt: string, byDay: Array<{ at: string, units: number }> } | null, asked: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number }, granted: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number } | null, organization: { id: string, stage: Stage | null, attestedAt: string | null, name: { ko: string, en: string } } } | null };

export type StewardLicenceQueryVariables = Exact<{
  id: string | number;
}>;


export type StewardLicenceQuery = { licence: { agreement: Record<string, unknown> | null, purposeText: string, conditions: string | null, priceMinor: number | null, currency: string, activatedAt: string | null, id: string, number: number, state: LicenceState, seq: number, tier: Tier, purpose: string, createdAt: string, dueAt: string | null, decidedAt: string | null, endedAt: string | null, allowedActions: Array<LicenceAction>, organization: { id: string, slug: string, url: string | null, registrationNumber: string | null, closedAt: string | null, stage: Stage | null, attestedAt: string | null, licences: { nodes: Array<{ id: string, number: number, state: LicenceState, createdAt: string, dataset: { slug: string, title: { ko: string, en: string } } }> } | null, name: { ko: string, en: string } }, risk: { highRisk: boolean, approvalsNeeded: number, epsilonPerDay: number | null, activeLicences: number, earlierRefusals: number, firstApprover: { id: string, name: string | null } | null } | null, dataset: { slug: string, isSynthetic: boolean, places: { nodes: Array<{ slug: string, kind: ZoneKind, geometry: GeoJson, centre: Array<number>, name: { ko: string, en: string } }> }, city: { backdrop: GeoJson | null, timeZone: string }, privacyCard: { person: { typicalUnits: number, epsilonPerDay: number } | null, unit: { epsilonPerDay: number, datasetEpsilonPerDay: number, cap: number } | null } | null, plan: { step: string } | null, title: { ko: string, en: string } }, renews: { id: string, number: number } | null, requestedBy: { id: string, name: string | null } | null, offer: { terms: Record<string, unknown>, id: string, tier: Tier, version: number, priceModel: PriceModel, priceMinor: number, currency: string, unitPriceMicro: number, freeQuota: number, monthlyCapMinor: number | null, carryOver: boolean, purposes: Array<string>, quotaMonthly: number, noticeDays: number, priceNoticeDays: number, decisionDays: number, finestStep: string | null, name: { ko: string, en: string }, text: { ko: string, en: string } }, events: Array<{ seq: number, action: LicenceAction, from: LicenceState | null, to: LicenceState, at: string, reason: string | null, logIndex: number | null, actor: { id: string, name: string | null } | null }>, messages: Array<{ id: string, body: string | null, createdAt: string, fromSteward: boolean, author: { id: string, name: string | null } | null }>, keys: Array<{ id: string, name: string, start: string, environment: KeyEnvironment, scopes: Array<string>, makerLeft: boolean, createdAt: string, expiresAt: string | null, revokedAt: string | null, lastUsedOn: string | null, ipAllow: Array<string>, licence: { id: string, number: number } | null }>, proofs: Array<{ seq: number, logIndex: number | null, salt: string, body: string }>, usage: { month: string, quota: number, used: number, resetAt: string, byDay: Array<{ at: string, units: number }> } | null, asked: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number }, granted: { area: Array<string> | null, from: string, to: string, step: string | null, quota: number } | null } | null };

export type RequestLicenceMutationVariables = Exact<{
  input: RequestLicenceInput;
}>;


export type RequestLicenceMutation = { requestLicence:
    | { __typename: 'LicencePayload', licence: { id: string, number: number } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type ActOnLicenceMutationVariables = Exact<{
  input: ActOnLicenceInput;
}>;


export type ActOnLicenceMutation = { actOnLicence:
    | { __typename: 'LicencePayload', licence: { id: string, state: LicenceState, seq: number } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type WriteMessageMutationVariables = Exact<{
  licence: string | number;
  body: string;
}>;


export type WriteMessageMutation = { writeMessage:
    | { __typename: 'MessagePayload', message: { id: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type RefusedPartsFragment = { code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> };

export type PreviewActionQueryVariables = Exact<{
  licence: string | number;
  action: LicenceAction;
}>;


export type PreviewActionQuery = { previewAction: { stopsAccess: boolean, people: number, usedLastDay: number, usedThisMonth: number, keys: Array<{ id: string, name: string, start: string }> } | null };

export type OfferPartsFragment = { id: string, tier: Tier, version: number, priceModel: PriceModel, priceMinor: number, currency: string, unitPriceMicro: number, freeQuota: number, monthlyCapMinor: number | null, carryOver: boolean, purposes: Array<string>, quotaMonthly: number, noticeDays: number, priceNoticeDays: number, decisionDays: number, finestStep: string | null, name: { ko: string, en: string }, text: { ko: string, en: string } };

export type OffersQueryVariables = Exact<{
  dataset?: string | null | undefined;
  tier?: Tier | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type OffersQuery = { offers: { nodes: Array<{ id: string, tier: Tier, version: number, priceModel: PriceModel, priceMinor: number, currency: string, unitPriceMicro: number, freeQuota: number, monthlyCapMinor: number | null, carryOver: boolean, purposes: Array<string>, quotaMonthly: number, noticeDays: number, priceNoticeDays: number, decisionDays: number, finestStep: string | null, dataset: { slug: string, domain: Domain, isSynthetic: boolean, title: { ko: string, en: string }, provider: { name: { ko: string, en: string } }, city: { name: { ko: string, en: string } } }, name: { ko: string, en: string }, text: { ko: string, en: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } }, marketFigures: { all: { requests: number, granted: number, refused: number, lapsed: number, medianDecisionDays: number | null }, byDataset: Array<{ dataset: { slug: string }, counts: { requests: number, granted: number, refused: number, medianDecisionDays: number | null } }> } };

export type OfferQueryVariables = Exact<{
  id: string | number;
}>;


export type OfferQuery = { offer: { terms: Record<string, unknown>, id: string, tier: Tier, version: number, priceModel: PriceModel, priceMinor: number, currency: string, unitPriceMicro: number, freeQuota: number, monthlyCapMinor: number | null, carryOver: boolean, purposes: Array<string>, quotaMonthly: number, noticeDays: number, priceNoticeDays: number, decisionDays: number, finestStep: string | null, dataset: { slug: string, isSynthetic: boolean, title: { ko: string, en: string }, description: { ko: string, en: string }, unit: { ko: string, en: string } | null, plan: { step: string } | null, extent: { from: string, to: string } | null, provider: { name: { ko: string, en: string } }, city: { timeZone: string, backdrop: GeoJson | null, name: { ko: string, en: string } }, offers: Array<{ id: string, tier: Tier, finestStep: string | null, name: { ko: string, en: string } }> | null }, name: { ko: string, en: string }, text: { ko: string, en: string } } | null };

export type OfferZonesQueryVariables = Exact<{
  dataset: string;
  after?: string | null | undefined;
}>;


export type OfferZonesQuery = { dataset: { slug: string, places: { nodes: Array<{ slug: string, kind: ZoneKind, geometry: GeoJson, centre: Array<number>, name: { ko: string, en: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type EstimateQueryVariables = Exact<{
  offer: string | number;
  quota: number;
  from: string;
  to: string;
}>;


export type EstimateQuery = { estimate: { priceMinor: number, currency: string, decisionBy: string, lines: Array<{ amountMinor: number, text: { ko: string, en: string } }> } | null };

export type MyOrganizationsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyOrganizationsQuery = { viewer: { person: { id: string }, organizations: Array<{ role: MemberRole, organization: { id: string, slug: string, url: string | null, stage: Stage | null, registrationNumber: string | null, attestedAt: string | null, closedAt: string | null, name: { ko: string, en: string }, members: Array<{ role: MemberRole, joinedAt: string, person: { id: string, name: string | null, email: string | null } }> | null, invitations: Array<{ id: string, email: string | null, role: MemberRole, createdAt: string, expiresAt: string, state: InvitationState }> | null, keys: Array<{ id: string, revokedAt: string | null, expiresAt: string | null }> | null, licences: { nodes: Array<{ id: string, number: number, state: LicenceState }> } | null } }> } | null };

export type CreateOrganizationMutationVariables = Exact<{
  input: CreateOrganizationInput;
}>;


export type CreateOrganizationMutation = { createOrganization:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type OrganizationDoneFragment = { organization: { id: string, slug: string } };

export type UpdateOrganizationMutationVariables = Exact<{
  input: UpdateOrganizationInput;
}>;


export type UpdateOrganizationMutation = { updateOrganization:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type AttestOrganizationMutationVariables = Exact<{
  organization: string | number;
}>;


export type AttestOrganizationMutation = { attestOrganization:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type CloseOrganizationMutationVariables = Exact<{
  organization: string | number;
  reason: string;
}>;


export type CloseOrganizationMutation = { closeOrganization:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type AcceptInvitationMutationVariables = Exact<{
  invitation?: string | number | null | undefined;
  token?: string | null | undefined;
}>;


export type AcceptInvitationMutation = { acceptInvitation:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type WithdrawInvitationMutationVariables = Exact<{
  invitation: string | number;
}>;


export type WithdrawInvitationMutation = { withdrawInvitation:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type ChangeRoleMutationVariables = Exact<{
  organization: string | number;
  person: string | number;
  role: MemberRole;
}>;


export type ChangeRoleMutation = { changeRole:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type RemoveMemberMutationVariables = Exact<{
  organization: string | number;
  person: string | number;
}>;


export type RemoveMemberMutation = { removeMember:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type LeaveOrganizationMutationVariables = Exact<{
  organization: string | number;
}>;


export type LeaveOrganizationMutation = { leaveOrganization:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type TransferOwnershipMutationVariables = Exact<{
  organization: string | number;
  person: string | number;
}>;


export type TransferOwnershipMutation = { transferOwnership:
    | { __typename: 'OrganizationPayload', organization: { id: string, slug: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type InviteMutationVariables = Exact<{
  organization: string | number;
  email: string;
  role: MemberRole;
}>;


export type InviteMutation = { invite:
    | { __typename: 'InvitePayload', token: string, invitation: { id: string, email: string | null, expiresAt: string } }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type EraseMeMutationVariables = Exact<{ [key: string]: never; }>;


export type EraseMeMutation = { eraseMe:
    | { __typename: 'ErasePayload', erased: boolean }
    | { __typename: 'Refused', code: string, message: { ko: string, en: string }, fields: Array<{ field: string, rule: { ko: string, en: string }, fix: { ko: string, en: string } }> }
   };

export type PopulationsQueryVariables = Exact<{ [key: string]: never; }>;


export type PopulationsQuery = { populations: Array<{ slug: string, unit: string, cap: number, planned: number, controller: { name: { ko: string, en: string } } }> };

export type DestroyedKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type DestroyedKeysQuery = { keyRecords: { nodes: Array<{ number: number, kind: string, at: string, population: string | null, day: string | null, signature: string }> } };

export type VerifyLicenceEventQueryVariables = Exact<{
  licence: string | number;
  seq: number;
}>;


export type VerifyLicenceEventQuery = { verifyLicenceEvent: { state: LogState, index: number | null, proof: string | null } | null };

export type SeriesPartsFragment = { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } };

export type DatasetSeriesQueryVariables = Exact<{
  dataset: string;
  area?: AreaInput | null | undefined;
  period: PeriodInput;
  step?: string | null | undefined;
}>;


export type DatasetSeriesQuery = { dataset: { slug: string, series: { step: string, window: { from: string, to: string } | null, columns: { start: number[], end: number[], place: (string | null)[], destination: (string | null)[], category: (string | null)[], value: (number | null)[], lower95: (number | null)[], upper95: (number | null)[], withheld: (string | null)[] }, uncertainty: { halfWidth95: number, level: number, noiseOnly: boolean }, coverage: { expected: number, present: number }, method: { statistic: string, threshold: number | null, planVersion: number, corrected: boolean, mechanism: string, scale: number, leaves: number }, provenance: { releases: number, firstLogIndex: number | null, lastLogIndex: number | null, publishedAt: string | null } } | null } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { roles: Array<RealmRole>, emailVerified: boolean, person: { id: string, name: string | null, email: string | null }, organizations: Array<{ role: MemberRole, joinedAt: string, organization: { id: string, slug: string, stage: Stage | null, attestedAt: string | null, closedAt: string | null, name: { ko: string, en: string } } }>, invitations: Array<{ id: string, role: MemberRole, expiresAt: string, organization: { id: string, name: { ko: string, en: string } } }> } | null };

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
export const KeyPartsFragmentDoc = new TypedDocumentString(`
    fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
    `, {"fragmentName":"KeyParts"}) as unknown as TypedDocumentString<KeyPartsFragment, unknown>;
export const NewKeyFragmentDoc = new TypedDocumentString(`
    fragment NewKey on KeyPayload {
  key {
    ...KeyParts
  }
  secret
}
    fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}`, {"fragmentName":"NewKey"}) as unknown as TypedDocumentString<NewKeyFragment, unknown>;
export const ScopePartsFragmentDoc = new TypedDocumentString(`
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}
    `, {"fragmentName":"ScopeParts"}) as unknown as TypedDocumentString<ScopePartsFragment, unknown>;
export const LicenceLineFragmentDoc = new TypedDocumentString(`
    fragment LicenceLine on Licence {
  id
  number
  state
  seq
  tier
  purpose
  createdAt
  dueAt
  decidedAt
  endedAt
  allowedActions
  asked {
    ...ScopeParts
  }
  granted {
    ...ScopeParts
  }
  offer {
    id
    name {
      ko
      en
    }
  }
  organization {
    id
    name {
      ko
      en
    }
    stage
    attestedAt
  }
  dataset {
    slug
    title {
      ko
      en
    }
    city {
      timeZone
    }
  }
}
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}`, {"fragmentName":"LicenceLine"}) as unknown as TypedDocumentString<LicenceLineFragment, unknown>;
export const OfferPartsFragmentDoc = new TypedDocumentString(`
    fragment OfferParts on Offer {
  id
  tier
  version
  name {
    ko
    en
  }
  text {
    ko
    en
  }
  priceModel
  priceMinor
  currency
  unitPriceMicro
  freeQuota
  monthlyCapMinor
  carryOver
  purposes
  quotaMonthly
  noticeDays
  priceNoticeDays
  decisionDays
  finestStep
}
    `, {"fragmentName":"OfferParts"}) as unknown as TypedDocumentString<OfferPartsFragment, unknown>;
export const LicencePartsFragmentDoc = new TypedDocumentString(`
    fragment LicenceParts on Licence {
  ...LicenceLine
  agreement
  purposeText
  conditions
  priceMinor
  currency
  activatedAt
  renews {
    id
    number
  }
  requestedBy {
    id
    name
  }
  offer {
    ...OfferParts
    terms
  }
  dataset {
    slug
    isSynthetic
    plan {
      step
    }
    places(first: 100) {
      nodes {
        slug
        name {
          ko
          en
        }
      }
    }
  }
  events {
    seq
    action
    from
    to
    at
    reason
    logIndex
    actor {
      id
      name
    }
  }
  messages {
    id
    body
    createdAt
    fromSteward
    author {
      id
      name
    }
  }
  keys {
    ...KeyParts
  }
  proofs {
    seq
    logIndex
    salt
    body
  }
  usage {
    month
    quota
    used
    resetAt
    byDay {
      at
      units
    }
  }
}
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}
fragment LicenceLine on Licence {
  id
  number
  state
  seq
  tier
  purpose
  createdAt
  dueAt
  decidedAt
  endedAt
  allowedActions
  asked {
    ...ScopeParts
  }
  granted {
    ...ScopeParts
  }
  offer {
    id
    name {
      ko
      en
    }
  }
  organization {
    id
    name {
      ko
      en
    }
    stage
    attestedAt
  }
  dataset {
    slug
    title {
      ko
      en
    }
    city {
      timeZone
    }
  }
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment OfferParts on Offer {
  id
  tier
  version
  name {
    ko
    en
  }
  text {
    ko
    en
  }
  priceModel
  priceMinor
  currency
  unitPriceMicro
  freeQuota
  monthlyCapMinor
  carryOver
  purposes
  quotaMonthly
  noticeDays
  priceNoticeDays
  decisionDays
  finestStep
}`, {"fragmentName":"LicenceParts"}) as unknown as TypedDocumentString<LicencePartsFragment, unknown>;
export const RefusedPartsFragmentDoc = new TypedDocumentString(`
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
    `, {"fragmentName":"RefusedParts"}) as unknown as TypedDocumentString<RefusedPartsFragment, unknown>;
export const OrganizationDoneFragmentDoc = new TypedDocumentString(`
    fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}
    `, {"fragmentName":"OrganizationDone"}) as unknown as TypedDocumentString<OrganizationDoneFragment, unknown>;
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
export const AuditTrailDocument = new TypedDocumentString(`
    query AuditTrail($acts: [String!], $subjectId: ID, $first: Int, $after: String, $last: Int, $before: String) {
  auditTrail(
    acts: $acts
    subjectId: $subjectId
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    nodes {
      number
      at
      act
      subjectKind
      subjectId
      reason
      before
      after
      personal
      personalErased
      previous
      hash
      actor {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AuditTrailQuery, AuditTrailQueryVariables>;
export const AuditVerifiedDocument = new TypedDocumentString(`
    query AuditVerified {
  auditVerified {
    ok
    entries
    head
    faults {
      number
      fault
    }
  }
}
    `) as unknown as TypedDocumentString<AuditVerifiedQuery, AuditVerifiedQueryVariables>;
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
      finestStep
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
export const OrganizationKeysDocument = new TypedDocumentString(`
    query OrganizationKeys {
  viewer {
    person {
      id
    }
    organizations {
      role
      organization {
        id
        keys {
          ...KeyParts
        }
      }
    }
  }
  licences(scope: MINE, states: [ACTIVE, SUSPENDED], first: 100) {
    nodes {
      ...LicenceLine
    }
  }
}
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}
fragment LicenceLine on Licence {
  id
  number
  state
  seq
  tier
  purpose
  createdAt
  dueAt
  decidedAt
  endedAt
  allowedActions
  asked {
    ...ScopeParts
  }
  granted {
    ...ScopeParts
  }
  offer {
    id
    name {
      ko
      en
    }
  }
  organization {
    id
    name {
      ko
      en
    }
    stage
    attestedAt
  }
  dataset {
    slug
    title {
      ko
      en
    }
    city {
      timeZone
    }
  }
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}`) as unknown as TypedDocumentString<OrganizationKeysQuery, OrganizationKeysQueryVariables>;
export const CreateSandboxKeyDocument = new TypedDocumentString(`
    mutation CreateSandboxKey($organization: ID!, $name: String!) {
  createSandboxKey(organization: $organization, name: $name) {
    __typename
    ...NewKey
    ...RefusedParts
  }
}
    fragment NewKey on KeyPayload {
  key {
    ...KeyParts
  }
  secret
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<CreateSandboxKeyMutation, CreateSandboxKeyMutationVariables>;
export const CreateKeyDocument = new TypedDocumentString(`
    mutation CreateKey($input: CreateKeyInput!) {
  createKey(input: $input) {
    __typename
    ...NewKey
    ...RefusedParts
  }
}
    fragment NewKey on KeyPayload {
  key {
    ...KeyParts
  }
  secret
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<CreateKeyMutation, CreateKeyMutationVariables>;
export const RotateKeyDocument = new TypedDocumentString(`
    mutation RotateKey($key: ID!, $overlapHours: Int!) {
  rotateKey(key: $key, overlapHours: $overlapHours) {
    __typename
    ...NewKey
    ...RefusedParts
  }
}
    fragment NewKey on KeyPayload {
  key {
    ...KeyParts
  }
  secret
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<RotateKeyMutation, RotateKeyMutationVariables>;
export const RevokeKeyDocument = new TypedDocumentString(`
    mutation RevokeKey($key: ID!, $reason: String) {
  revokeKey(key: $key, reason: $reason) {
    __typename
    ... on KeyPayload {
      key {
        ...KeyParts
      }
    }
    ...RefusedParts
  }
}
    fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const LicencesDocument = new TypedDocumentString(`
    query Licences($scope: LicenceScope!, $states: [LicenceState!], $first: Int, $after: String, $last: Int, $before: String) {
  licences(
    scope: $scope
    states: $states
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    nodes {
      ...LicenceLine
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}
fragment LicenceLine on Licence {
  id
  number
  state
  seq
  tier
  purpose
  createdAt
  dueAt
  decidedAt
  endedAt
  allowedActions
  asked {
    ...ScopeParts
  }
  granted {
    ...ScopeParts
  }
  offer {
    id
    name {
      ko
      en
    }
  }
  organization {
    id
    name {
      ko
      en
    }
    stage
    attestedAt
  }
  dataset {
    slug
    title {
      ko
      en
    }
    city {
      timeZone
    }
  }
}`) as unknown as TypedDocumentString<LicencesQuery, LicencesQueryVariables>;
export const LicenceDocument = new TypedDocumentString(`
    query Licence($id: ID!) {
  licence(id: $id) {
    ...LicenceParts
  }
}
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}
fragment LicenceLine on Licence {
  id
  number
  state
  seq
  tier
  purpose
  createdAt
  dueAt
  decidedAt
  endedAt
  allowedActions
  asked {
    ...ScopeParts
  }
  granted {
    ...ScopeParts
  }
  offer {
    id
    name {
      ko
      en
    }
  }
  organization {
    id
    name {
      ko
      en
    }
    stage
    attestedAt
  }
  dataset {
    slug
    title {
      ko
      en
    }
    city {
      timeZone
    }
  }
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment LicenceParts on Licence {
  ...LicenceLine
  agreement
  purposeText
  conditions
  priceMinor
  currency
  activatedAt
  renews {
    id
    number
  }
  requestedBy {
    id
    name
  }
  offer {
    ...OfferParts
    terms
  }
  dataset {
    slug
    isSynthetic
    plan {
      step
    }
    places(first: 100) {
      nodes {
        slug
        name {
          ko
          en
        }
      }
    }
  }
  events {
    seq
    action
    from
    to
    at
    reason
    logIndex
    actor {
      id
      name
    }
  }
  messages {
    id
    body
    createdAt
    fromSteward
    author {
      id
      name
    }
  }
  keys {
    ...KeyParts
  }
  proofs {
    seq
    logIndex
    salt
    body
  }
  usage {
    month
    quota
    used
    resetAt
    byDay {
      at
      units
    }
  }
}
fragment OfferParts on Offer {
  id
  tier
  version
  name {
    ko
    en
  }
  text {
    ko
    en
  }
  priceModel
  priceMinor
  currency
  unitPriceMicro
  freeQuota
  monthlyCapMinor
  carryOver
  purposes
  quotaMonthly
  noticeDays
  priceNoticeDays
  decisionDays
  finestStep
}`) as unknown as TypedDocumentString<LicenceQuery, LicenceQueryVariables>;
export const StewardLicenceDocument = new TypedDocumentString(`
    query StewardLicence($id: ID!) {
  licence(id: $id) {
    ...LicenceParts
    organization {
      id
      slug
      url
      registrationNumber
      closedAt
      licences(first: 10) {
        nodes {
          id
          number
          state
          createdAt
          dataset {
            slug
            title {
              ko
              en
            }
          }
        }
      }
    }
    risk {
      highRisk
      approvalsNeeded
      epsilonPerDay
      activeLicences
      earlierRefusals
      firstApprover {
        id
        name
      }
    }
    dataset {
      slug
      places(first: 100) {
        nodes {
          slug
          kind
          geometry
          centre
        }
      }
      city {
        backdrop
      }
      privacyCard {
        person {
          typicalUnits
          epsilonPerDay
        }
        unit {
          epsilonPerDay
          datasetEpsilonPerDay
          cap
        }
      }
    }
  }
}
    fragment ScopeParts on LicenceScopeTerms {
  area
  from
  to
  step
  quota
}
fragment LicenceLine on Licence {
  id
  number
  state
  seq
  tier
  purpose
  createdAt
  dueAt
  decidedAt
  endedAt
  allowedActions
  asked {
    ...ScopeParts
  }
  granted {
    ...ScopeParts
  }
  offer {
    id
    name {
      ko
      en
    }
  }
  organization {
    id
    name {
      ko
      en
    }
    stage
    attestedAt
  }
  dataset {
    slug
    title {
      ko
      en
    }
    city {
      timeZone
    }
  }
}
fragment KeyParts on ApiKey {
  id
  name
  start
  environment
  scopes
  makerLeft
  createdAt
  expiresAt
  revokedAt
  lastUsedOn
  ipAllow
  licence {
    id
    number
  }
}
fragment LicenceParts on Licence {
  ...LicenceLine
  agreement
  purposeText
  conditions
  priceMinor
  currency
  activatedAt
  renews {
    id
    number
  }
  requestedBy {
    id
    name
  }
  offer {
    ...OfferParts
    terms
  }
  dataset {
    slug
    isSynthetic
    plan {
      step
    }
    places(first: 100) {
      nodes {
        slug
        name {
          ko
          en
        }
      }
    }
  }
  events {
    seq
    action
    from
    to
    at
    reason
    logIndex
    actor {
      id
      name
    }
  }
  messages {
    id
    body
    createdAt
    fromSteward
    author {
      id
      name
    }
  }
  keys {
    ...KeyParts
  }
  proofs {
    seq
    logIndex
    salt
    body
  }
  usage {
    month
    quota
    used
    resetAt
    byDay {
      at
      units
    }
  }
}
fragment OfferParts on Offer {
  id
  tier
  version
  name {
    ko
    en
  }
  text {
    ko
    en
  }
  priceModel
  priceMinor
  currency
  unitPriceMicro
  freeQuota
  monthlyCapMinor
  carryOver
  purposes
  quotaMonthly
  noticeDays
  priceNoticeDays
  decisionDays
  finestStep
}`) as unknown as TypedDocumentString<StewardLicenceQuery, StewardLicenceQueryVariables>;
export const RequestLicenceDocument = new TypedDocumentString(`
    mutation RequestLicence($input: RequestLicenceInput!) {
  requestLicence(input: $input) {
    __typename
    ... on LicencePayload {
      licence {
        id
        number
      }
    }
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<RequestLicenceMutation, RequestLicenceMutationVariables>;
export const ActOnLicenceDocument = new TypedDocumentString(`
    mutation ActOnLicence($input: ActOnLicenceInput!) {
  actOnLicence(input: $input) {
    __typename
    ... on LicencePayload {
      licence {
        id
        state
        seq
      }
    }
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<ActOnLicenceMutation, ActOnLicenceMutationVariables>;
export const WriteMessageDocument = new TypedDocumentString(`
    mutation WriteMessage($licence: ID!, $body: String!) {
  writeMessage(licence: $licence, body: $body) {
    __typename
    ... on MessagePayload {
      message {
        id
      }
    }
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<WriteMessageMutation, WriteMessageMutationVariables>;
export const PreviewActionDocument = new TypedDocumentString(`
    query PreviewAction($licence: ID!, $action: LicenceAction!) {
  previewAction(licence: $licence, action: $action) {
    stopsAccess
    people
    usedLastDay
    usedThisMonth
    keys {
      id
      name
      start
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewActionQuery, PreviewActionQueryVariables>;
export const OffersDocument = new TypedDocumentString(`
    query Offers($dataset: String, $tier: Tier, $first: Int, $after: String, $last: Int, $before: String) {
  offers(
    dataset: $dataset
    tier: $tier
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    nodes {
      ...OfferParts
      dataset {
        slug
        title {
          ko
          en
        }
        domain
        isSynthetic
        provider {
          name {
            ko
            en
          }
        }
        city {
          name {
            ko
            en
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
  marketFigures {
    all {
      requests
      granted
      refused
      lapsed
      medianDecisionDays
    }
    byDataset {
      dataset {
        slug
      }
      counts {
        requests
        granted
        refused
        medianDecisionDays
      }
    }
  }
}
    fragment OfferParts on Offer {
  id
  tier
  version
  name {
    ko
    en
  }
  text {
    ko
    en
  }
  priceModel
  priceMinor
  currency
  unitPriceMicro
  freeQuota
  monthlyCapMinor
  carryOver
  purposes
  quotaMonthly
  noticeDays
  priceNoticeDays
  decisionDays
  finestStep
}`) as unknown as TypedDocumentString<OffersQuery, OffersQueryVariables>;
export const OfferDocument = new TypedDocumentString(`
    query Offer($id: ID!) {
  offer(id: $id) {
    ...OfferParts
    terms
    dataset {
      slug
      title {
        ko
        en
      }
      description {
        ko
        en
      }
      unit {
        ko
        en
      }
      isSynthetic
      plan {
        step
      }
      extent {
        from
        to
      }
      provider {
        name {
          ko
          en
        }
      }
      city {
        name {
          ko
          en
        }
        timeZone
        backdrop
      }
      offers {
        id
        tier
        name {
          ko
          en
        }
        finestStep
      }
    }
  }
}
    fragment OfferParts on Offer {
  id
  tier
  version
  name {
    ko
    en
  }
  text {
    ko
    en
  }
  priceModel
  priceMinor
  currency
  unitPriceMicro
  freeQuota
  monthlyCapMinor
  carryOver
  purposes
  quotaMonthly
  noticeDays
  priceNoticeDays
  decisionDays
  finestStep
}`) as unknown as TypedDocumentString<OfferQuery, OfferQueryVariables>;
export const OfferZonesDocument = new TypedDocumentString(`
    query OfferZones($dataset: String!, $after: String) {
  dataset(slug: $dataset) {
    slug
    places(first: 100, after: $after) {
      nodes {
        slug
        name {
          ko
          en
        }
        kind
        geometry
        centre
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OfferZonesQuery, OfferZonesQueryVariables>;
export const EstimateDocument = new TypedDocumentString(`
    query Estimate($offer: ID!, $quota: BigInt!, $from: Date!, $to: Date!) {
  estimate(offer: $offer, quota: $quota, from: $from, to: $to) {
    priceMinor
    currency
    decisionBy
    lines {
      text {
        ko
        en
      }
      amountMinor
    }
  }
}
    `) as unknown as TypedDocumentString<EstimateQuery, EstimateQueryVariables>;
export const MyOrganizationsDocument = new TypedDocumentString(`
    query MyOrganizations {
  viewer {
    person {
      id
    }
    organizations {
      role
      organization {
        id
        slug
        url
        name {
          ko
          en
        }
        stage
        registrationNumber
        attestedAt
        closedAt
        members {
          role
          joinedAt
          person {
            id
            name
            email
          }
        }
        invitations {
          id
          email
          role
          createdAt
          expiresAt
          state
        }
        keys {
          id
          revokedAt
          expiresAt
        }
        licences(
          first: 50
          states: [REQUESTED, INFO_NEEDED, APPROVED, ACTIVE, SUSPENDED]
        ) {
          nodes {
            id
            number
            state
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MyOrganizationsQuery, MyOrganizationsQueryVariables>;
export const CreateOrganizationDocument = new TypedDocumentString(`
    mutation CreateOrganization($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<CreateOrganizationMutation, CreateOrganizationMutationVariables>;
export const UpdateOrganizationDocument = new TypedDocumentString(`
    mutation UpdateOrganization($input: UpdateOrganizationInput!) {
  updateOrganization(input: $input) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<UpdateOrganizationMutation, UpdateOrganizationMutationVariables>;
export const AttestOrganizationDocument = new TypedDocumentString(`
    mutation AttestOrganization($organization: ID!) {
  attestOrganization(organization: $organization) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<AttestOrganizationMutation, AttestOrganizationMutationVariables>;
export const CloseOrganizationDocument = new TypedDocumentString(`
    mutation CloseOrganization($organization: ID!, $reason: String!) {
  closeOrganization(organization: $organization, reason: $reason) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<CloseOrganizationMutation, CloseOrganizationMutationVariables>;
export const AcceptInvitationDocument = new TypedDocumentString(`
    mutation AcceptInvitation($invitation: ID, $token: String) {
  acceptInvitation(invitation: $invitation, token: $token) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<AcceptInvitationMutation, AcceptInvitationMutationVariables>;
export const WithdrawInvitationDocument = new TypedDocumentString(`
    mutation WithdrawInvitation($invitation: ID!) {
  withdrawInvitation(invitation: $invitation) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<WithdrawInvitationMutation, WithdrawInvitationMutationVariables>;
export const ChangeRoleDocument = new TypedDocumentString(`
    mutation ChangeRole($organization: ID!, $person: ID!, $role: MemberRole!) {
  changeRole(organization: $organization, person: $person, role: $role) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<ChangeRoleMutation, ChangeRoleMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($organization: ID!, $person: ID!) {
  removeMember(organization: $organization, person: $person) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const LeaveOrganizationDocument = new TypedDocumentString(`
    mutation LeaveOrganization($organization: ID!) {
  leaveOrganization(organization: $organization) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<LeaveOrganizationMutation, LeaveOrganizationMutationVariables>;
export const TransferOwnershipDocument = new TypedDocumentString(`
    mutation TransferOwnership($organization: ID!, $person: ID!) {
  transferOwnership(organization: $organization, person: $person) {
    __typename
    ...OrganizationDone
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}
fragment OrganizationDone on OrganizationPayload {
  organization {
    id
    slug
  }
}`) as unknown as TypedDocumentString<TransferOwnershipMutation, TransferOwnershipMutationVariables>;
export const InviteDocument = new TypedDocumentString(`
    mutation Invite($organization: ID!, $email: String!, $role: MemberRole!) {
  invite(organization: $organization, email: $email, role: $role) {
    __typename
    ... on InvitePayload {
      token
      invitation {
        id
        email
        expiresAt
      }
    }
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<InviteMutation, InviteMutationVariables>;
export const EraseMeDocument = new TypedDocumentString(`
    mutation EraseMe {
  eraseMe {
    __typename
    ... on ErasePayload {
      erased
    }
    ...RefusedParts
  }
}
    fragment RefusedParts on Refused {
  code
  message {
    ko
    en
  }
  fields {
    field
    rule {
      ko
      en
    }
    fix {
      ko
      en
    }
  }
}`) as unknown as TypedDocumentString<EraseMeMutation, EraseMeMutationVariables>;
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
export const VerifyLicenceEventDocument = new TypedDocumentString(`
    query VerifyLicenceEvent($licence: ID!, $seq: Int!) {
  verifyLicenceEvent(licence: $licence, seq: $seq) {
    state
    index
    proof
  }
}
    `) as unknown as TypedDocumentString<VerifyLicenceEventQuery, VerifyLicenceEventQueryVariables>;
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
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    person {
      id
      name
      email
    }
    roles
    emailVerified
    organizations {
      role
      joinedAt
      organization {
        id
        slug
        name {
          ko
          en
        }
        stage
        attestedAt
        closedAt
      }
    }
    invitations {
      id
      role
      expiresAt
      organization {
        id
        name {
          ko
          en
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
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