import type { LicenceAction, LicenceState } from "../../core/licence/machine.ts";
import type { MemberRole } from "../../core/licence/principal.ts";
import type { Purpose } from "../../core/licence/terms.ts";
import type { Step } from "../../core/time.ts";
import { batch } from "../batch.ts";
import { type Connection, connect, NUMBERS, type PageArguments } from "../connection.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import type { LocalText } from "../values.ts";
import type { Tier } from "./enums.ts";

/** A person; `email` is null where the one who asks may not see it. */
export type PersonRow = { id: string; name: string | null; email: string | null };
export type MembershipRow = { organization: string; role: MemberRole; joinedAt: number };
export type MemberRow = MembershipRow & { person: string; name: string | null; email: string | null };
export type InvitationRow = {
  id: string;
  organization: string;
  email: string | null;
  role: MemberRole;
  invitedBy: string;
  createdAt: number;
  expiresAt: number;
  state: "PENDING" | "ACCEPTED" | "WITHDRAWN" | "EXPIRED";
};
export type OrganizationRow = {
  id: string;
  slug: string;
  name: LocalText;
  url: string | null;
  stage: "PRE_STARTUP" | "STARTUP" | "GROWTH" | null;
  registrationNumber: string | null;
  attestedAt: number | null;
  closedAt: number | null;
  isProvider: boolean;
};
export type OfferRow = {
  id: string;
  dataset: string;
  organization: string;
  tier: Tier;
  version: number;
  isCurrent: boolean;
  name: LocalText;
  text: LocalText;
  terms: object;
  priceModel: "FREE" | "FLAT" | "METERED" | "SUBSCRIPTION";
  price: number;
  currency: string;
  unitPriceMicro: number;
  freeQuota: number;
  monthlyCap: number | null;
  carryOver: boolean;
  purposes: Purpose[];
  quotaMonthly: number;
  noticeDays: number;
  priceNoticeDays: number;
  decisionDays: number;
  finestStep: Step | null;
  delaySeconds: number;
  timeZone: string;
};
export type LicenceRow = {
  id: string;
  number: number;
  organization: string;
  requestedBy: string;
  offer: string;
  dataset: string;
  tier: Tier;
  state: LicenceState;
  seq: number;
  purpose: Purpose;
  purposeText: string;
  askedArea: string[] | null;
  askedFrom: string;
  askedTo: string;
  askedStep: string | null;
  askedQuota: number;
  area: string[] | null;
  validFrom: string | null;
  validTo: string | null;
  step: Step | null;
  quota: number | null;
  conditions: string | null;
  priceMinor: number | null;
  currency: string;
  createdAt: number;
  dueAt: number;
  firstApprover: string | null;
  decidedAt: number | null;
  decidedBy: string | null;
  activatedAt: number | null;
  endedAt: number | null;
  renews: string | null;
  highRisk: boolean;
  appealed: boolean;
  refusedBy: string[] | null;
};
export type LicenceEventRow = {
  licence: string;
  seq: number;
  action: LicenceAction;
  from: LicenceState | "NONE";
  to: LicenceState;
  actor: string | null;
  at: number;
  reason: string | null;
};
export type MessageRow = {
  id: string;
  licence: string;
  author: string;
  body: string | null;
  createdAt: number;
  fromSteward: boolean;
};
export type KeyRow = {
  id: string;
  lookup: string;
  environment: "live" | "test";
  organization: string;
  licence: string | null;
  name: string;
  scopes: string[];
  ipAllow: string[] | null;
  createdBy: string;
  makerLeft: boolean;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
  lastUsedOn: string | null;
};

export type Keyset = [after: string | null, before: string | null, inverted: boolean, limit: number | null];
type Keys = readonly string[] | null;

const at = (name: string) => new URL(`./${name}.sql`, import.meta.url);

export const organizationRows = query<
  OrganizationRow,
  [ids: Keys, slug: string | null, providersAlone: boolean, ...page: Keyset]
>(at("organizations"));
export const offerRows = query<
  OfferRow,
  [ids: Keys, datasets: Keys, providers: Keys, tier: Tier | null, currentAlone: boolean, ...page: Keyset]
>(at("offers"));
const licenceRows = query<
  LicenceRow,
  [ids: Keys, organizations: Keys, states: readonly LicenceState[] | null, ...page: Keyset]
>(at("licences"));
export const invitationRows = query<InvitationRow, [ids: Keys, organizations: Keys, email: string | null]>(
  at("invitations"),
);
export const keyRows = query<KeyRow, [ids: Keys, organizations: Keys, licences: Keys]>(at("keys"));
export const membershipRows = query<MembershipRow, [person: string]>(at("memberships"));
const personRows = query<PersonRow & { emailVerified: boolean }, [person: string]>(at("person"));
const personsRows = query<PersonRow, [persons: readonly string[]]>(at("persons"));
const memberRows = query<MemberRow, [organizations: readonly string[]]>(at("members"));
const eventRows = query<LicenceEventRow, [licences: readonly string[]]>(at("licence-events"));
const messageRows = query<MessageRow, [licences: readonly string[]]>(at("messages"));

const byKey = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) => new Map(rows.map((row) => [keyOf(row), row]));
const grouped = <Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string | null) =>
  new Map(keys.map((key) => [key, rows.filter((row) => keyOf(row) === key)]));

/** The one who asks, with the address. */
export const oneself = async (context: Context, person: string) =>
  (await personRows(context, person))[0] ?? { id: person, name: null, email: null, emailVerified: false };

/** A person by name alone. */
export const personNamed = batch(async (context, ids) => byKey(await personsRows(context, ids), ({ id }) => id));
export const organizationOf = batch(async (context, ids) =>
  byKey(await organizationRows(context, ids, null, false, null, null, false, null), ({ id }) => id),
);
export const offerOf = batch(async (context, ids) =>
  byKey(await offerRows(context, ids, null, null, null, false, null, null, false, null), ({ id }) => id),
);
export const offersOfDataset = batch(async (context, slugs) =>
  grouped(
    slugs,
    await offerRows(context, null, slugs, null, null, true, null, null, false, null),
    ({ dataset }) => dataset,
  ),
);
export const offersOfProvider = batch(async (context, ids) =>
  grouped(
    ids,
    await offerRows(context, null, null, ids, null, true, null, null, false, null),
    ({ organization }) => organization,
  ),
);
export const licenceOf = batch(async (context, ids) =>
  byKey(await licenceRows(context, ids, null, null, null, null, false, null), ({ id }) => id),
);
export const membersOf = batch(async (context, ids) =>
  grouped(ids, await memberRows(context, ids), ({ organization }) => organization),
);
export const eventsOf = batch(async (context, ids) =>
  grouped(ids, await eventRows(context, ids), ({ licence }) => licence),
);
export const messagesOf = batch(async (context, ids) =>
  grouped(ids, await messageRows(context, ids), ({ licence }) => licence),
);
export const keysOfLicence = batch(async (context, ids) =>
  grouped(ids, await keyRows(context, null, null, ids), ({ licence }) => licence),
);

/**
 * A page of requests and licences, newest first; with `oldestFirst` as they came.
 * @param organizations whose, or null for all
 */
export const licencePage = (
  context: Context,
  page: PageArguments,
  organizations: Keys,
  states: readonly LicenceState[] | null,
  oldestFirst = false,
): Promise<Connection<LicenceRow>> =>
  connect<LicenceRow>(
    page,
    ({ number }) => String(number),
    ({ after, before, inverted, limit }) =>
      oldestFirst
        ? licenceRows(context, null, organizations, states, before, after, !inverted, limit)
        : licenceRows(context, null, organizations, states, after, before, inverted, limit),
    NUMBERS,
  );
