import { setTimeout as sleep } from "node:timers/promises";
import { HubError } from "../core/errors.ts";
import { type Decision, decide, type Entitlement, type TierView } from "../core/licence/entitlement.ts";
import { ANONYMOUS, type Principal } from "../core/licence/principal.ts";
import { refusalText } from "../core/licence/refusal-texts.ts";
import { dayBounds, type Step, type TimeWindow } from "../core/time.ts";
import type { Context } from "./context.ts";
import { query } from "./query.ts";

/** What the hub knows of the licences of the one who asks; made for one request, by `server/access`. */
export type Access = {
  /** The version of all access, null while it is not confirmed: what is remembered is remembered for one version. */
  version: () => number | null;
  /**
   * The licences of the one who asks, as they are now.
   * @throws HubError ACCESS_UNCONFIRMED
   */
  entitlements: () => Promise<readonly Entitlement[]>;
  /**
   * Called before values are read under a licence: keeps units of its quota for this request.
   * @throws HubError QUOTA_EXCEEDED, RATE_LIMITED, ACCESS_UNCONFIRMED
   */
  opened: (licence: string) => Promise<void>;
  /** Notes that values were answered under a licence: they are counted before the answer ends. */
  used: (licence: string, dataset: string, units: number) => void;
};

/** What is told of the use of licences: the request's bill. */
export type Billing = Pick<Access, "opened" | "used">;

/** The access of someone who has no licences. */
export const NO_LICENCES: Access = {
  version: () => null,
  entitlements: async () => [],
  opened: async () => {},
  used: () => {},
};

/** What is asked of a dataset: `area` are slugs of zones, null all of its places. */
export type AccessQuestion = {
  dataset: string;
  area: readonly string[] | null;
  period: TimeWindow;
  /** null: whatever is allowed; what has no step, an event or a station, asks so too */
  step: Step | null;
};

/** What is answered. `licence`: under which the values count, null where none is needed; `until`: windows that end by then. */
export type Granted = { step: Step | null; licence: string | null; until: number };

/** What is known of a dataset before anybody asks; statistic and step are null for rows about things. */
export type DatasetFacts = {
  dataset: string;
  city: string;
  kind: "NOISED" | "EVENTS" | "AVAILABILITY";
  statistic: string | null;
  step: Step | null;
  isSynthetic: boolean;
  tierViews: TierView[];
};
type FactsByDataset = ReadonlyMap<string, DatasetFacts>;

const factRows = query<DatasetFacts, []>(new URL("./access-facts.sql", import.meta.url));

/** Facts of one version of access, by the database they were read from. New plans raise no version. */
const KNOWN = new WeakMap<object, { version: number; until: number; facts: Promise<FactsByDataset> }>();
const KNOWN_FOR_MS = 5_000;
/** How long a look is waited for while access is not confirmed: the database may be out of reach. */
const PATIENCE_MS = 300;

/**
 * Facts of all datasets: remembered for one version of access. While none is confirmed they are read each time, and those
 * known last count where the database does not answer: what needs a licence rests then by itself.
 */
async function factsOf(context: Context): Promise<FactsByDataset> {
  const { hub, access, now } = context;
  const read = async () => new Map((await factRows(context)).map((row) => [row.dataset, row]));
  const version = access.version();
  const known = KNOWN.get(hub);
  if (version === null) {
    const fresh = read();
    if (known === undefined) return fresh;
    fresh.catch(() => {});
    return Promise.race([fresh.catch(() => known.facts), sleep(PATIENCE_MS).then(() => known.facts)]);
  }
  if (known?.version === version && now() < known.until) return known.facts;
  const facts = read();
  KNOWN.set(hub, { version, until: now() + KNOWN_FOR_MS, facts });
  facts.catch(() => KNOWN.delete(hub));
  return facts;
}

/** Decides for the one who asks, without throwing what is refused. */
type Judge = (question: AccessQuestion) => Promise<Decision>;

/**
 * What is open to everyone is answered without a look at licences, so that it is never metered and goes on while access
 * cannot be confirmed; a sandbox key alone sees less than everyone.
 */
const isLessThanAnyone = (principal: Principal): boolean => principal.kind === "KEY" && principal.licence === null;

/** Prepares decisions about datasets for the one who asks. Every reader of released values asks one before it reads. */
async function judge(context: Context): Promise<{ facts: FactsByDataset; ask: Judge }> {
  const { principal, access } = context;
  const facts = await factsOf(context);
  const now = context.now();
  const ask: Judge = async ({ dataset, area, period, step }) => {
    const { isSynthetic, tierViews } = facts.get(dataset) ?? { isSynthetic: false, tierViews: [] };
    const question = { dataset, tierViews, isSynthetic, area, period, step, purpose: null };
    if (!isLessThanAnyone(principal)) {
      const open = decide(question, ANONYMOUS, [], now);
      if (open.effect === "ALLOW" || principal.kind === "ANONYMOUS") return open;
    }
    return decide(question, principal, await access.entitlements(), now);
  };
  return { facts, ask };
}

const FIELDS: Partial<Record<Refused["reason"], string>> = {
  AREA: "area",
  PERIOD: "period",
  NOT_YET: "period",
  DELAY: "period",
  STEP: "step",
  PURPOSE: "purpose",
};

type Refused = Extract<Decision, { effect: "REFUSE" }>;

/** A refusal as an error: why in words, what would be answered, and where to ask for more. */
function refusalOf(decision: Refused): HubError {
  const { reason, hint } = decision;
  const { ko, en } = refusalText(decision);
  const within = [
    hint.step === undefined ? null : `step ${hint.step}`,
    hint.area === undefined ? null : `area ${hint.area.slice(0, 10).join(", ")}${hint.area.length > 10 ? ", …" : ""}`,
    hint.from === undefined || hint.to === undefined ? null : `days ${hint.from} to ${hint.to}`,
  ].filter((one) => one !== null);
  const ways = [
    within.length === 0 ? null : `ask for ${within.join(", ")}`,
    hint.ask === null ? null : `ask for access at ${hint.ask}`,
  ].filter((one) => one !== null);
  return new HubError(hint.code, `${en} ${ko}`, {
    field: FIELDS[reason] ?? "dataset",
    rule: reason,
    fix: ways.length === 0 ? "ask for another dataset" : ways.join(", or "),
  });
}

/**
 * What the one who asks may read of a dataset.
 * @returns `step`: the asked one, or the finest allowed where none was asked and the finest there is is not allowed
 * @throws HubError LICENCE_REQUIRED, LICENCE_SCOPE, LICENCE_ENDED, FORBIDDEN, ACCESS_UNCONFIRMED
 */
export async function requireReadable(context: Context, question: AccessQuestion): Promise<Granted> {
  const { ask } = await judge(context);
  const decision = await ask(question);
  if (decision.effect === "REFUSE") throw refusalOf(decision);
  const { step, licence, until } = decision;
  if (licence !== null) await context.access.opened(licence);
  return { step, licence, until };
}

const EVER: TimeWindow = { from: 0, to: Date.UTC(9999, 11, 31) };

/** Whether the one who asks may read something of a dataset, in whatever step. */
export async function mayReadSome(context: Context, dataset: string): Promise<boolean> {
  const { ask } = await judge(context);
  const whole = await ask({ dataset, area: null, period: EVER, step: null });
  if (whole.effect !== "REFUSE") return true;
  for (const { area, period } of await grantsOf(context, dataset)) {
    const part = await ask({ dataset, area, period, step: null });
    if (part.effect !== "REFUSE") return true;
  }
  return false;
}

/**
 * Whether the one who asks may read all that was released of a dataset in a period, as it was released: who may, may also
 * see a digest of it, by which values could be tried out. Nothing is read by asking, and nothing metered.
 */
export async function mayReadWhole(context: Context, dataset: string, period: TimeWindow): Promise<boolean> {
  const { facts, ask } = await judge(context);
  const decision = await ask({ dataset, area: null, period, step: facts.get(dataset)?.step ?? null });
  return decision.effect === "ALLOW" && period.to <= decision.until;
}

/** A part of a dataset that may be read: `area` slugs of zones, null all; windows and rows that lie in [from, to]. */
export type Scope = {
  dataset: string;
  licence: string | null;
  area: ReadonlySet<string> | null;
  from: number;
  to: number;
};

/** What may be read of some datasets, and which of them may not be read as a whole, and why. */
export type Scopes = { parts: readonly Scope[]; limited: readonly { dataset: string; refusal: HubError }[] };

/**
 * The parts of some datasets that the one who asks may read as they were released, for lists that are not about one area and
 * period. Each part is asked for; a coarser view is none. While access cannot be confirmed licensed parts are none.
 */
export async function scopesOf(context: Context, chosen: (facts: DatasetFacts) => boolean): Promise<Scopes> {
  const { facts, ask } = await judge(context);
  const parts: Scope[] = [];
  const limited: { dataset: string; refusal: HubError }[] = [];
  for (const { dataset, step } of [...facts.values()].filter(chosen)) {
    const part = async (area: readonly string[] | null, period: TimeWindow): Promise<HubError | null> => {
      const decision = await ask({ dataset, area, period, step });
      if (decision.effect === "REFUSE") return refusalOf(decision);
      // Rows about things are not made coarser.
      if (decision.effect === "COARSEN")
        return new HubError("LICENCE_SCOPE", "Only coarser values of this may be read.");
      const to = decision.until < context.now() ? Math.min(period.to, decision.until) : period.to;
      const { licence } = decision;
      parts.push({ dataset, licence, area: area === null ? null : new Set(area), from: period.from, to });
      return null;
    };
    try {
      const refusal = await part(null, EVER);
      if (refusal === null) continue;
      limited.push({ dataset, refusal });
      for (const { area, period } of await grantsOf(context, dataset)) await part(area, period);
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== "ACCESS_UNCONFIRMED") throw error;
      limited.push({ dataset, refusal: error });
    }
  }
  for (const licence of new Set(parts.map((one) => one.licence))) {
    if (licence !== null) await context.access.opened(licence);
  }
  return { parts, limited };
}

/** Datasets of which something may be read: those that need no licence, then the others. */
export function readable({ parts }: Scopes): { free: string[]; licensed: string[] } {
  const named = (isFree: boolean) => [
    ...new Set(parts.filter(({ licence }) => (licence === null) === isFree).map(({ dataset }) => dataset)),
  ];
  return { free: named(true), licensed: named(false) };
}

/** Where and when licences of a dataset may give something: what is worth asking for. */
async function grantsOf({ principal, access }: Context, dataset: string) {
  if (principal.kind === "ANONYMOUS") return [];
  const entitlements = await access.entitlements();
  return entitlements
    .filter((one) => one.dataset === dataset)
    .map(({ area, validFrom, validTo, timeZone }) => {
      return { area, period: { from: dayBounds(validFrom, timeZone).from, to: dayBounds(validTo, timeZone).to } };
    });
}

/** The part that shows a window, or a row about a time, of a dataset at a place; null where it is not to be shown. */
export const showing = (
  parts: readonly Scope[],
  dataset: string,
  place: string,
  from: number,
  to: number = from,
): Scope | null =>
  parts.find((one) => one.dataset === dataset && (one.area?.has(place) ?? true) && from >= one.from && to <= one.to) ??
  null;
