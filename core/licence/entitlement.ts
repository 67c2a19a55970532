import { type ErrorCode, HubError } from "../errors.ts";
import { dayBounds, STEPS, type Step, type TimeWindow } from "../time.ts";
import type { LicenceState } from "./machine.ts";
import { endOf, hasMembership, type Principal } from "./principal.ts";
import type { Tier } from "./terms.ts";

/** What a tier sees of a dataset (hub.dataset_view); a tier without a view sees nothing. */
export type TierView = {
  readonly tier: Tier;
  /** null: as released */
  readonly finestStep: Step | null;
  /** how long after its end a window shows */
  readonly delaySeconds: number;
};

/** What a licence gives, or gave (market.entitlement). Days are the city's, both inclusive. */
export type Entitlement = {
  readonly licence: string;
  readonly organization: string;
  readonly dataset: string;
  readonly tier: Tier;
  readonly state: LicenceState;
  /** slugs of zones, those within them included; null: the whole city */
  readonly area: readonly string[] | null;
  readonly validFrom: string;
  readonly validTo: string;
  readonly step: Step | null;
  readonly purpose: string;
  /** units a calendar month */
  readonly quota: bigint;
  /** of the city */
  readonly timeZone: string;
};

export type Question = {
  readonly dataset: string;
  readonly tierViews: readonly TierView[];
  readonly isSynthetic: boolean;
  /** slugs of zones; null: all of them */
  readonly area: readonly string[] | null;
  readonly period: TimeWindow;
  /** null: not asked, as fine as it may be */
  readonly step: Step | null;
  /** null: not said, the licence's own */
  readonly purpose: string | null;
};

export type RefusalReason =
  | "CREDENTIAL_ENDED"
  | "SIGN_IN"
  | "SANDBOX"
  | "NO_LICENCE"
  | "NOT_YET"
  | "SUSPENDED"
  | "ENDED"
  | "AREA"
  | "PERIOD"
  | "STEP"
  | "DELAY"
  | "PURPOSE"
  | "RESTRICTED"
  | "UNKNOWN";

/** What would be answered, and where to ask for more. */
export type Hint = {
  readonly code: ErrorCode;
  /** the finest step that is allowed */
  readonly step?: Step;
  /** the zones that are allowed */
  readonly area?: readonly string[];
  /** the first and last local day that is allowed */
  readonly from?: string;
  readonly to?: string;
  readonly purpose?: string;
  /** epoch ms: windows that end by then are allowed */
  readonly until?: number;
  /** page of the portal where access is asked for; null: nobody gives it there */
  readonly ask: string | null;
};

/** ALLOW and COARSEN: windows that end by `until` (epoch ms), in steps not finer than `step` (null: as released). */
export type Decision =
  | { readonly effect: "ALLOW"; readonly step: Step | null; readonly until: number; readonly licence: string | null }
  | { readonly effect: "COARSEN"; readonly step: Step; readonly until: number; readonly licence: string | null }
  | { readonly effect: "REFUSE"; readonly reason: RefusalReason; readonly hint: Hint };

type Way = { readonly step: Step | null; readonly until: number; readonly licence: string | null };
type No = {
  readonly reason: RefusalReason;
  readonly hint: Omit<Hint, "code" | "ask">;
  /** of a licence of the asker's */
  readonly own?: true;
};

const CODES: Readonly<Record<RefusalReason, ErrorCode>> = {
  CREDENTIAL_ENDED: "UNAUTHENTICATED",
  SIGN_IN: "UNAUTHENTICATED",
  SANDBOX: "LICENCE_REQUIRED",
  NO_LICENCE: "LICENCE_REQUIRED",
  NOT_YET: "LICENCE_SCOPE",
  SUSPENDED: "LICENCE_ENDED",
  ENDED: "LICENCE_ENDED",
  AREA: "LICENCE_SCOPE",
  PERIOD: "LICENCE_SCOPE",
  STEP: "LICENCE_SCOPE",
  DELAY: "LICENCE_SCOPE",
  PURPOSE: "LICENCE_SCOPE",
  RESTRICTED: "FORBIDDEN",
  UNKNOWN: "FORBIDDEN",
};

/** Of several reasons the one that helps most: what licences have against it, those that run first, then the rest. */
const TELLING: readonly RefusalReason[] = [
  "STEP",
  "AREA",
  "PERIOD",
  "PURPOSE",
  "DELAY",
  "NOT_YET",
  "SUSPENDED",
  "ENDED",
  "SANDBOX",
  "SIGN_IN",
  "NO_LICENCE",
  "RESTRICTED",
  "UNKNOWN",
];

/** -1 for as released, which no step is finer than; NaN for a step that there is not. */
const rank = (step: Step | null): number => {
  if (step === null) return -1;
  const index = STEPS.indexOf(step);
  return index < 0 ? Number.NaN : index;
};
const coarser = (one: Step | null, other: Step | null): Step | null => (rank(one) >= rank(other) ? one : other);

/** Whether a licence is one of the asker's: a key's own, a person's by their place in its organisation. */
function holds(principal: Principal, { licence, organization }: Entitlement): boolean {
  if (principal.kind === "KEY") {
    return principal.environment === "live" && principal.licence === licence && principal.organization === organization;
  }
  return hasMembership(principal, organization, "OWNER", "MANAGER", "DEVELOPER");
}

/** What a view has against the question: its step and its delay. */
function through(view: TierView, step: Step | null, question: Question, now: number, licence: string | null): Way | No {
  const finest = coarser(view.finestStep, step);
  const until = now - view.delaySeconds * 1000;
  if (!(rank(question.step) >= rank(finest)) && question.step !== null) {
    return finest === null ? { reason: "UNKNOWN", hint: {} } : { reason: "STEP", hint: { step: finest } };
  }
  if (!(question.period.from < until)) return { reason: "DELAY", hint: { until } };
  return { step: finest, until, licence };
}

/** The instants of a licence's days; null where they cannot be read. */
function periodOf({ validFrom, validTo, timeZone }: Entitlement): TimeWindow | null {
  try {
    return { from: dayBounds(validFrom, timeZone).from, to: dayBounds(validTo, timeZone).to };
  } catch (error) {
    if (error instanceof HubError) return null;
    throw error;
  }
}

/** What a licence has against the question. */
function byLicence(one: Entitlement, view: TierView, question: Question, now: number): Way | No {
  const period = periodOf(one);
  if (period === null || Number.isNaN(rank(one.step))) return { reason: "UNKNOWN", hint: {} };
  // The state first: whatever else fits, what is closed is closed. The clock may be a minute late.
  if (one.state === "SUSPENDED") return { reason: "SUSPENDED", hint: {} };
  if (one.state !== "ACTIVE" || !(now < period.to)) return { reason: "ENDED", hint: {} };
  if (!(now >= period.from)) return { reason: "NOT_YET", hint: { from: one.validFrom } };
  if (!(question.period.from >= period.from && question.period.to <= period.to)) {
    return { reason: "PERIOD", hint: { from: one.validFrom, to: one.validTo } };
  }
  const { area } = one;
  if (area !== null && !(question.area?.every((slug) => area.includes(slug)) ?? false)) {
    return { reason: "AREA", hint: { area } };
  }
  if (question.purpose !== null && question.purpose !== one.purpose) {
    return { reason: "PURPOSE", hint: { purpose: one.purpose } };
  }
  return through(view, one.step, question, now, one.licence);
}

/** Every way to the data that the asker has, or what stands in it. RESTRICTED is never answered here. */
function waysOf(
  question: Question,
  principal: Principal,
  entitlements: readonly Entitlement[],
  now: number,
): (Way | No)[] {
  const view = (tier: Tier) => question.tierViews.find((one) => one.tier === tier);
  const [open, registered, licensed] = [view("OPEN"), view("REGISTERED"), view("LICENSED")];
  const isSandbox = principal.kind === "KEY" && (principal.environment !== "live" || principal.licence === null);
  if (isSandbox && !question.isSynthetic) return [{ reason: "SANDBOX", hint: {} }];
  const ways: (Way | No)[] = [];
  if (open !== undefined) ways.push(through(open, null, question, now, null));
  if (registered !== undefined) {
    const way = through(registered, null, question, now, null);
    ways.push(principal.kind === "ANONYMOUS" && "until" in way ? { reason: "SIGN_IN", hint: {} } : way);
  }
  if (licensed !== undefined) {
    const own = isSandbox
      ? []
      : entitlements.filter(
          (one) => one.tier === "LICENSED" && one.dataset === question.dataset && holds(principal, one),
        );
    if (own.length === 0) ways.push({ reason: isSandbox ? "SANDBOX" : "NO_LICENCE", hint: {} });
    for (const one of own) {
      const way = byLicence(one, licensed, question, now);
      ways.push("until" in way ? way : { ...way, own: true });
    }
  }
  if (ways.length === 0) ways.push({ reason: view("RESTRICTED") === undefined ? "UNKNOWN" : "RESTRICTED", hint: {} });
  return ways;
}

const KINDS: readonly Principal["kind"][] = ["ANONYMOUS", "PERSON", "KEY", "CLIENT"];

/**
 * Whether, and how finely, a question about released values is answered to somebody. An allow list: whatever is not known
 * is refused. Of several ways the finest counts, then the one that reaches furthest, then one without a licence, so that
 * nothing is metered that is free.
 * @param entitlements any: those of others are passed over
 * @param now epoch ms
 */
export function decide(
  question: Question,
  principal: Principal,
  entitlements: readonly Entitlement[],
  now: number,
): Decision {
  const refuse = ({ reason, hint }: No): Decision => ({
    effect: "REFUSE",
    reason,
    hint: {
      code: CODES[reason],
      ...hint,
      ask: question.tierViews.some(({ tier }) => tier === "LICENSED")
        ? `/market?dataset=${encodeURIComponent(question.dataset)}`
        : null,
    },
  });
  const { period } = question;
  const isReadable =
    KINDS.includes(principal.kind) &&
    Number.isFinite(now) &&
    period.from < period.to &&
    !Number.isNaN(rank(question.step)) &&
    question.tierViews.every((view) => !Number.isNaN(rank(view.finestStep)) && view.delaySeconds >= 0);
  if (!isReadable) return refuse({ reason: "UNKNOWN", hint: {} });
  if (!(now < endOf(principal))) return refuse({ reason: "CREDENTIAL_ENDED", hint: {} });

  const ways = waysOf(question, principal, entitlements, now);
  const open = ways.filter((way): way is Way => "until" in way);
  const reach = ({ until }: Way) => Math.min(until, period.to);
  const [best] = open.sort(
    (one, other) =>
      (question.step === null ? rank(one.step) - rank(other.step) : 0) ||
      reach(other) - reach(one) ||
      Number(one.licence !== null) - Number(other.licence !== null),
  );
  if (best !== undefined) {
    const { until, licence } = best;
    if (question.step !== null) return { effect: "ALLOW", step: question.step, until, licence };
    if (best.step === null) return { effect: "ALLOW", step: null, until, licence };
    return { effect: "COARSEN", step: best.step, until, licence };
  }
  const closed = ways.filter((way): way is No => "reason" in way);
  const [first] = closed.sort(
    (one, other) =>
      Number(other.own ?? false) - Number(one.own ?? false) ||
      TELLING.indexOf(one.reason) - TELLING.indexOf(other.reason) ||
      rank(one.hint.step ?? null) - rank(other.hint.step ?? null),
  );
  // A finer step than the free views have is what licences are for: whoever has none is told of them.
  const lack = closed.find(({ reason }) => reason === "NO_LICENCE" || reason === "SANDBOX");
  if (first?.reason === "STEP" && !first.own && lack !== undefined) return refuse({ ...lack, hint: first.hint });
  return refuse(first ?? { reason: "UNKNOWN", hint: {} });
}
