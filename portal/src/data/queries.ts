import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type AreaInput,
  CityNowDocument,
  CityShapeDocument,
  DatasetDocument,
  DatasetLatestDocument,
  DatasetReleasesDocument,
  DatasetSeriesDocument,
  DatasetsDocument,
  type DatasetsQueryVariables,
  DestroyedKeysDocument,
  IncidentsDocument,
  type IncidentsQueryVariables,
  type PeriodInput,
  PopulationsDocument,
  ZoneDayDocument,
  ZoneDocument,
} from "../generated/graphql.ts";
import { execute } from "./execute.ts";

/** How often a page about now asks again, in milliseconds. */
const POLL = 30_000;
const keep = { keep: true };

/** The city's outlines: they change with the city's configuration only. */
export const cityShape = (city?: string) =>
  queryOptions({
    queryKey: ["city-shape", city ?? ""],
    queryFn: ({ signal }) => execute(CityShapeDocument, { city: city ?? null }, signal),
    staleTime: 3_600_000,
    meta: keep,
  });

/** What the city is like now; asks again by itself. */
export const cityNow = (city?: string) =>
  queryOptions({
    queryKey: ["city-now", city ?? ""],
    queryFn: ({ signal }) => execute(CityNowDocument, { city: city ?? null }, signal),
    refetchInterval: POLL,
    meta: keep,
  });

/** The crowd of one zone in a period. */
export const zoneDay = (zone: string, city: string | null, period: PeriodInput) =>
  queryOptions({
    queryKey: ["zone-day", city, zone, period],
    queryFn: ({ signal }) => execute(ZoneDayDocument, { zone, city, period }, signal),
    placeholderData: keepPreviousData,
    meta: keep,
  });

export const zonePage = (zone: string, city: string | null, period: PeriodInput) =>
  queryOptions({
    queryKey: ["zone", city, zone, period],
    queryFn: ({ signal }) => execute(ZoneDocument, { zone, city, period }, signal),
    refetchInterval: POLL,
    placeholderData: keepPreviousData,
    meta: keep,
  });

export const datasetList = (variables: DatasetsQueryVariables) =>
  queryOptions({
    queryKey: ["datasets", variables],
    queryFn: ({ signal }) => execute(DatasetsDocument, variables, signal),
    placeholderData: keepPreviousData,
    meta: keep,
  });

export const datasetPage = (dataset: string) =>
  queryOptions({
    queryKey: ["dataset", dataset],
    queryFn: ({ signal }) => execute(DatasetDocument, { dataset }, signal),
    refetchInterval: 2 * POLL,
    meta: keep,
  });

export const datasetReleases = (dataset: string) =>
  queryOptions({
    queryKey: ["dataset-releases", dataset],
    queryFn: ({ signal }) => execute(DatasetReleasesDocument, { dataset }, signal),
  });

export const datasetLatest = (dataset: string) =>
  queryOptions({
    queryKey: ["dataset-latest", dataset],
    queryFn: ({ signal }) => execute(DatasetLatestDocument, { dataset }, signal),
    refetchInterval: 2 * POLL,
    meta: keep,
  });

export const datasetSeries = (dataset: string, area: AreaInput | null, period: PeriodInput, step: string | null) =>
  queryOptions({
    queryKey: ["dataset-series", dataset, area, period, step],
    queryFn: ({ signal }) => execute(DatasetSeriesDocument, { dataset, area, period, step }, signal),
    placeholderData: keepPreviousData,
    meta: keep,
  });

export const incidentList = (variables: IncidentsQueryVariables) =>
  queryOptions({
    queryKey: ["incidents", variables],
    queryFn: ({ signal }) => execute(IncidentsDocument, variables, signal),
    refetchInterval: POLL,
    placeholderData: keepPreviousData,
    meta: keep,
  });

/** The newest records of the keyring, among them those of destroyed keys. */
export const destroyedKeys = () =>
  queryOptions({
    queryKey: ["destroyed-keys"],
    queryFn: ({ signal }) => execute(DestroyedKeysDocument, {}, signal),
  });

export const populations = () =>
  queryOptions({ queryKey: ["populations"], queryFn: ({ signal }) => execute(PopulationsDocument, {}, signal) });
