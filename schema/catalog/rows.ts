import type { Law } from "../../core/privacy/mechanism.ts";
import { query } from "../query.ts";
import type { LocalText } from "../values.ts";

export type CityRow = {
  slug: string;
  name: LocalText;
  timeZone: string;
  bounds: [west: number, south: number, east: number, north: number];
  isSynthetic: boolean;
};

export type ZoneRow = {
  key: string;
  slug: string;
  kind: string;
  name: LocalText;
  city: string;
  geometry: object;
  centre: [longitude: number, latitude: number];
  /** m² */
  area: number | null;
  h3: string | null;
  parent: string | null;
  basis: string;
};

export type PlanRow = {
  number: number;
  version: number;
  statistic: string;
  step: string;
  split: string;
  classes: string[];
  bound: number;
  binEdges: number[];
  daypartHours: number[];
  daypartBounds: number[];
  epsilonMicro: number;
  mechanism: Law;
  /** δ of a unit-day, 1e-12 */
  deltaPico: number;
  /** n/d: the scale t of Laplace noise, the variance σ² of Gaussian noise */
  n: number;
  d: number;
  halfWidth95: number;
  threshold: number | null;
  additive: boolean;
  graceSeconds: number;
  scheduleSeconds: number;
  unit: string;
  latenessSeconds: number;
  population: string;
};

/** Instants in epoch ms. */
export type DatasetRow = {
  slug: string;
  city: string;
  organization: string;
  kind: "NOISED" | "EVENTS" | "AVAILABILITY";
  domain: string;
  layer: string;
  tier: string;
  title: LocalText;
  description: LocalText;
  bias: LocalText | null;
  keywords: string[];
  isSynthetic: boolean;
  licenceName: string;
  licenceUrl: string | null;
  attribution: string;
  sourceUrl: string | null;
  plan: PlanRow | null;
  freshness: { state: string; at: number; lastHeartbeat: number | null; heartbeatSeconds: number } | null;
  extent: { from: number; to: number; published: number } | null;
};

type Facet = { key: string; count: number }[];
export type FacetsRow = { total: number; domain: Facet; city: Facet; tier: Facet };

type Text = string | null;
type Keys = readonly string[] | null;

export const cityRows = query<CityRow, [slugs: Keys]>(new URL("./cities.sql", import.meta.url));
export const backdropRows = query<{ backdrop: object | null }, [slug: string]>(
  new URL("./backdrop.sql", import.meta.url),
);
export const zoneRows = query<
  ZoneRow,
  [
    keys: Keys,
    city: Text,
    kinds: Keys,
    slugs: Keys,
    parents: Keys,
    dataset: Text,
    after: Text,
    before: Text,
    inverted: boolean,
    limit: number | null,
  ]
>(new URL("./zones.sql", import.meta.url));
export const datasetRows = query<
  DatasetRow,
  [
    slugs: Keys,
    words: Text,
    domain: Text,
    city: Text,
    tier: Text,
    provider: Text,
    after: Text,
    before: Text,
    inverted: boolean,
    limit: number | null,
  ]
>(new URL("./datasets.sql", import.meta.url));
export const facetRows = query<FacetsRow, [words: Text, domain: Text, city: Text, tier: Text, provider: Text]>(
  new URL("./facets.sql", import.meta.url),
);
