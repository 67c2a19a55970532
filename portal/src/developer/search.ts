import type { Cursor } from "../data/page.ts";
import type { Tier } from "../generated/graphql.ts";

const TIERS: readonly Tier[] = ["OPEN", "REGISTERED", "LICENSED"];

/** What the market's address holds. */
export type MarketSearch = Cursor & { tier?: Tier };

/** Reads the market's address; whatever is not understood is left out. */
export function readMarketSearch(raw: Record<string, unknown>): MarketSearch {
  const tier = TIERS.find((known) => known === raw["tier"]);
  const after = text(raw["after"]);
  const before = after ? undefined : text(raw["before"]);
  return { ...(tier ? { tier } : {}), ...(after ? { after } : {}), ...(before ? { before } : {}) };
}

/** The step of the wizard, and the licence that the request renews. */
export type AskSearch = { step?: number; renews?: string };

/** Reads the wizard's address; the first step is not named. */
export function readAskSearch(raw: Record<string, unknown>): AskSearch {
  const step = Number(raw["step"]);
  const renews = text(raw["renews"]);
  return { ...(step === 2 || step === 3 ? { step } : {}), ...(renews ? { renews } : {}) };
}

/** Which organisation is shown. */
export function readOrganizationSearch(raw: Record<string, unknown>): { of?: string } {
  const of = text(raw["of"]);
  return of ? { of } : {};
}

/** Kinds of acts that an auditor looks for. */
export const ACT_GROUPS = ["grants", "refusals", "suspensions", "revocations", "keys", "parties"] as const;
export type ActGroup = (typeof ACT_GROUPS)[number];

/** Which acts of the audit trail are shown, and of which thing. */
export type AuditSearch = { subject?: string; acts?: ActGroup };

export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const subject = text(raw["subject"]);
  const acts = ACT_GROUPS.find((known) => known === raw["acts"]);
  return { ...(subject ? { subject } : {}), ...(acts ? { acts } : {}) };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) || undefined : undefined;
}
