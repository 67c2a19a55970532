import { durationLength } from "../../text/time.ts";

/** What the wizard holds; kept as a draft on this device until it is sent. */
export type RequestDraft = {
  readonly organization: string;
  readonly purpose: string;
  readonly purposeText: string;
  /** Whole dataset, or the zones chosen below. */
  readonly reach: "all" | "zones";
  readonly area: readonly string[];
  /** Local calendar days, both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly step: string;
  /** Units of use a month; null while it is no number. */
  readonly quota: number | null;
  readonly accepted: boolean;
};

/** What is wrong with an entry, by a short name; the page has the words. */
export type RequestFault =
  | "organization.missing"
  | "purpose.missing"
  | "purposeText.short"
  | "purposeText.long"
  | "area.missing"
  | "from.missing"
  | "to.missing"
  | "to.past"
  | "to.before"
  | "to.far"
  | "quota.missing"
  | "accepted.missing";

export const SHORTEST_PURPOSE = 20;
export const LONGEST_PURPOSE = 4000;
const LONGEST_DAYS = 1830;
const DAY = 86_400_000;

const STEPS = ["PT10M", "PT15M", "PT30M", "PT1H", "PT3H", "P1D"] as const;

/** The resolutions that may be asked for: the finest of the offer and whole multiples of it. */
export function stepsFrom(finest: string): string[] {
  const length = durationLength(finest);
  return [finest, ...STEPS.filter((step) => durationLength(step) > length && durationLength(step) % length === 0)];
}

/** First values: from a day on, until a year from now, at the finest step, with the offer's usual quota. */
export function firstDraft(
  { from, today }: { from: string; today: string },
  finest: string,
  quota: number,
  organization: string,
): RequestDraft {
  return {
    organization,
    purpose: "",
    purposeText: "",
    reach: "all",
    area: [],
    from,
    to: addDays(today, 364),
    step: finest,
    quota,
    accepted: false,
  };
}

type Renewable = {
  readonly organization: { readonly id: string };
  readonly purpose: string;
  readonly purposeText: string;
  readonly asked: Terms;
  readonly granted: Terms | null;
};
type Terms = {
  readonly area: readonly string[] | null;
  readonly to: string;
  readonly step: string | null;
  readonly quota: number;
};

/** A renewal begins with the terms that hold, from the day after they end, for another year. */
export function renewalDraft(licence: Renewable, today: string, finest: string): RequestDraft {
  const { area, to, step, quota } = licence.granted ?? licence.asked;
  const from = to < today ? today : addDays(to, 1);
  return {
    ...firstDraft({ from, today: from }, step ?? finest, quota, licence.organization.id),
    purpose: licence.purpose,
    purposeText: licence.purposeText,
    reach: area === null ? "all" : "zones",
    area: area ?? [],
  };
}

/** The first day that a request begins with: a month of the past is taken in, as far as it was released. */
export function firstDay(today: string, released: string | null, timeZone: string): string {
  const month = addDays(today, -30);
  const first = released === null ? today : localDay(Date.parse(released), timeZone);
  return [month, first].sort()[1] ?? today;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The local calendar day of an instant, YYYY-MM-DD. */
export function localDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

/** What is wrong with one step of the wizard (0 purpose, 1 terms, 2 review), in the order of its fields. */
export function faultsOf(draft: RequestDraft, step: number, today: string): RequestFault[] {
  const purposeText = draft.purposeText.trim().length;
  const length = (Date.parse(draft.to) - Date.parse(draft.from)) / DAY;
  const rules: readonly (readonly [number, RequestFault, boolean])[] = [
    [0, "organization.missing", draft.organization === ""],
    [0, "purpose.missing", draft.purpose === ""],
    [0, "purposeText.short", purposeText < SHORTEST_PURPOSE],
    [0, "purposeText.long", purposeText > LONGEST_PURPOSE],
    [1, "area.missing", draft.reach === "zones" && draft.area.length === 0],
    [1, "from.missing", draft.from === ""],
    [1, "to.missing", draft.to === ""],
    [1, "to.past", draft.to !== "" && draft.to < today],
    [1, "to.before", draft.from !== "" && draft.to !== "" && draft.to < draft.from],
    [1, "to.far", length > LONGEST_DAYS],
    [1, "quota.missing", draft.quota === null || !Number.isSafeInteger(draft.quota) || draft.quota < 1],
    [2, "accepted.missing", !draft.accepted],
  ];
  return rules.filter(([at, , broken]) => at === step && broken).map(([, fault]) => fault);
}
