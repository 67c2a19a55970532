import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  AuditTrailDocument,
  AuditVerifiedDocument,
  EstimateDocument,
  type EstimateQueryVariables,
  type LicenceAction,
  LicenceDocument,
  type LicenceScope,
  type LicenceState,
  LicencesDocument,
  MyOrganizationsDocument,
  OfferDocument,
  OffersDocument,
  OfferZonesDocument,
  OrganizationKeysDocument,
  PreviewActionDocument,
  StewardLicenceDocument,
  type Tier,
  ViewerDocument,
} from "../generated/graphql.ts";
import { PRIVATE } from "./act.ts";
import { execute } from "./execute.ts";
import { type Cursor, pageOf } from "./page.ts";

/** How often a page asks whether its licence has changed, in milliseconds. */
const POLL = 15_000;
const PAGE = 25;
const OFFERS = 50;

export const offerList = (tier: Tier | null, cursor: Cursor) =>
  queryOptions({
    queryKey: ["offers", tier, cursor],
    queryFn: ({ signal }) => execute(OffersDocument, { tier, ...pageOf(cursor, OFFERS) }, signal),
    placeholderData: keepPreviousData,
    meta: { keep: true },
  });

export const offerPage = (id: string) =>
  queryOptions({ queryKey: ["offer", id], queryFn: ({ signal }) => execute(OfferDocument, { id }, signal) });

/** The zones of a dataset, as far as one page of the graph holds them. */
export const offerZones = (dataset: string) =>
  queryOptions({
    queryKey: ["offer-zones", dataset],
    queryFn: ({ signal }) => execute(OfferZonesDocument, { dataset }, signal),
  });

export const estimateOf = (variables: EstimateQueryVariables) =>
  queryOptions({
    queryKey: [PRIVATE, "estimate", variables],
    queryFn: ({ signal }) => execute(EstimateDocument, variables, signal),
    placeholderData: keepPreviousData,
  });

/** Who is signed in: person, roles, organisations, invitations. */
export const viewerNow = () =>
  queryOptions({
    queryKey: [PRIVATE, "viewer"],
    queryFn: ({ signal }) => execute(ViewerDocument, {}, signal),
  });

export const licenceList = (scope: LicenceScope, states: readonly LicenceState[] | null, cursor: Cursor) =>
  queryOptions({
    queryKey: [PRIVATE, "licences", scope, states, cursor],
    queryFn: ({ signal }) =>
      execute(LicencesDocument, { scope, states: states ? [...states] : null, ...pageOf(cursor, PAGE) }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 2 * POLL,
  });

export const licencePage = (id: string) =>
  queryOptions({
    queryKey: [PRIVATE, "licence", id],
    queryFn: ({ signal }) => execute(LicenceDocument, { id }, signal),
    refetchInterval: POLL,
  });

export const auditPage = (subject: string | null, acts: readonly string[] | null, cursor: Cursor) =>
  queryOptions({
    queryKey: [PRIVATE, "audit", subject, acts, cursor],
    queryFn: ({ signal }) =>
      execute(
        AuditTrailDocument,
        { subjectId: subject, acts: acts ? [...acts] : null, ...pageOf(cursor, 2 * PAGE) },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

/** What an act would do now. */
export const previewOf = (licence: string, action: LicenceAction) =>
  queryOptions({
    queryKey: [PRIVATE, "preview", licence, action],
    queryFn: ({ signal }) => execute(PreviewActionDocument, { licence, action }, signal),
    staleTime: 0,
  });

/** The keys of my organisations, and the licences that may have some. */
export const myKeys = () =>
  queryOptions({
    queryKey: [PRIVATE, "keys"],
    queryFn: ({ signal }) => execute(OrganizationKeysDocument, {}, signal),
  });

/** My organisations with their people. */
export const myOrganizations = () =>
  queryOptions({
    queryKey: [PRIVATE, "organizations"],
    queryFn: ({ signal }) => execute(MyOrganizationsDocument, {}, signal),
  });

/** A request with all that a steward weighs. */
export const stewardPage = (id: string) =>
  queryOptions({
    queryKey: [PRIVATE, "steward", id],
    queryFn: ({ signal }) => execute(StewardLicenceDocument, { id }, signal),
    refetchInterval: POLL,
  });

/** Whether the chain of the audit trail holds; asked for by hand. */
export const auditChain = () =>
  queryOptions({
    queryKey: [PRIVATE, "audit-chain"],
    queryFn: ({ signal }) => execute(AuditVerifiedDocument, {}, signal),
    enabled: false,
    gcTime: 0,
  });
