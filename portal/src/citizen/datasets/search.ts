import type { Domain, Tier } from "../../generated/graphql.ts";

/** What the list's address holds: a shared link shows the same list. */
export type ListSearch = {
  q?: string;
  domain?: Domain;
  city?: string;
  tier?: Tier;
  after?: string;
  before?: string;
};

const DOMAINS: readonly Domain[] = ["CROWD", "MOBILITY", "SAFETY"];
const TIERS: readonly Tier[] = ["OPEN", "REGISTERED", "LICENSED", "RESTRICTED"];
const LONGEST = 200;

/** Reads the list's address; whatever is not understood is left out, never an error. */
export function readListSearch(raw: Record<string, unknown>): ListSearch {
  const domain = DOMAINS.find((known) => known === raw["domain"]);
  const tier = TIERS.find((known) => known === raw["tier"]);
  const q = text(raw["q"]);
  const city = text(raw["city"]);
  const after = text(raw["after"]);
  const before = after ? undefined : text(raw["before"]);
  return {
    ...(q ? { q } : {}),
    ...(domain ? { domain } : {}),
    ...(city ? { city } : {}),
    ...(tier ? { tier } : {}),
    ...(after ? { after } : {}),
    ...(before ? { before } : {}),
  };
}

function text(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value).slice(0, LONGEST) || undefined;
}
