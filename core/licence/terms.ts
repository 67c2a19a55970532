import type { BiText } from "../privacy/card-texts.ts";
import type { Step } from "../time.ts";
import type { Price } from "./price.ts";
import { clauses } from "./terms-texts.ts";

/**
 * The terms of an offer, three times the same: as fields, which are what is enforced; as ODRL 2.2 in JSON-LD, for
 * machines; in Korean and English, for people. This file makes the policy and the words from the fields and refuses an
 * offer whose policy or words say something else.
 */
export type Tier = "OPEN" | "REGISTERED" | "LICENSED" | "RESTRICTED";

export const PURPOSES = [
  "RESEARCH",
  "PRODUCT_DEVELOPMENT",
  "COMMERCIAL_SERVICE",
  "PUBLIC_SERVICE",
  "EDUCATION",
  "JOURNALISM",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export type OfferTerms = Price & {
  readonly tier: Tier;
  readonly purposes: readonly Purpose[];
  /** LICENSED: units a calendar month that are granted as a rule */
  readonly quotaMonthly: bigint;
  readonly noticeDays: number;
  readonly priceNoticeDays: number;
  /** LICENSED: days within which a request is decided */
  readonly decisionDays: number;
  /** of the tier's view: the finest step; null: as released */
  readonly finestStep: Step | null;
  /** of the tier's view: how long after its end a window shows */
  readonly delaySeconds: number;
};

/** What a licence narrows an offer to. Days are the city's, both inclusive. */
export type Grant = {
  readonly area: readonly string[] | null;
  readonly validFrom: string;
  readonly validTo: string;
  readonly step: Step | null;
  readonly purpose: Purpose;
  readonly quota: bigint;
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Policy = { readonly [key: string]: Json };

const CONTEXT = ["http://www.w3.org/ns/odrl.jsonld", { madang: "urn:madang:market:" }] as const;
const constraint = (leftOperand: string, operator: string, rightOperand: Json, unit?: string) => ({
  leftOperand,
  operator,
  rightOperand,
  ...(unit !== undefined && { unit }),
});
const typed = (value: string, type: string) => ({ "@value": value, "@type": type });

/** Who may use it without being told to: everyone, whoever signs in, or whoever holds a licence. */
const AUDIENCE: Readonly<Record<Tier, string>> = {
  OPEN: "madang:everyone",
  REGISTERED: "madang:registered",
  LICENSED: "madang:licensed",
  RESTRICTED: "madang:agency",
};

function duties(terms: OfferTerms): Json[] {
  const pay = (amount: bigint, ...more: Json[]) => ({
    action: "compensate",
    constraint: [constraint("payAmount", "eq", typed(amount.toString(), "xsd:integer"), terms.currency), ...more],
  });
  const monthly = constraint("madang:every", "eq", typed("P1M", "xsd:duration"));
  const paid: Json[] = [];
  if (terms.priceModel === "FLAT") paid.push(pay(terms.price));
  if (terms.priceModel === "SUBSCRIPTION") {
    paid.push(pay(terms.price, monthly, constraint("madang:carryOver", "eq", terms.carryOver)));
  }
  if (terms.priceModel === "METERED") {
    const perMillion = constraint("madang:forUnits", "eq", typed("1000000", "xsd:integer"));
    const above = constraint("madang:unitsAbove", "gt", typed(terms.freeQuota.toString(), "xsd:integer"));
    const cap =
      terms.monthlyCap === null
        ? []
        : [constraint("madang:monthlyCap", "lteq", typed(terms.monthlyCap.toString(), "xsd:integer"), terms.currency)];
    paid.push(pay(terms.unitPriceMicro, perMillion, above, monthly, ...cap));
  }
  return [{ action: "attribute" }, ...paid];
}

/**
 * The ODRL policy of an offer (without its target), or of the agreement that a licence is.
 * @param grant null: the offer
 */
export function policyOf(terms: OfferTerms, grant: Grant | null = null): Policy {
  const isLicensed = terms.tier === "LICENSED";
  const purposes = grant === null ? terms.purposes : [grant.purpose];
  const isForAll = PURPOSES.every((purpose) => purposes.includes(purpose));
  const step = grant === null ? terms.finestStep : grant.step;
  const constraints: Json[] = [constraint("recipient", "isA", AUDIENCE[terms.tier])];
  if (!isForAll)
    constraints.push(
      constraint(
        "purpose",
        "isAnyOf",
        purposes.map((one) => `madang:${one}`),
      ),
    );
  if (step !== null) constraints.push(constraint("resolution", "gteq", typed(step, "xsd:duration")));
  if (terms.delaySeconds > 0)
    constraints.push(constraint("delayPeriod", "gteq", typed(`PT${terms.delaySeconds}S`, "xsd:duration")));
  if (isLicensed) {
    const quota = (grant === null ? terms.quotaMonthly : grant.quota).toString();
    constraints.push(constraint("count", "lteq", typed(quota, "xsd:integer"), "madang:unitsAMonth"));
  }
  if (grant !== null) {
    if (grant.area !== null) constraints.push(constraint("spatial", "isAnyOf", [...grant.area]));
    constraints.push(constraint("dateTime", "gteq", typed(grant.validFrom, "xsd:date")));
    constraints.push(constraint("dateTime", "lteq", typed(grant.validTo, "xsd:date")));
  }
  const passOn = isLicensed ? [] : ["distribute"];
  const sell = purposes.includes("COMMERCIAL_SERVICE") ? ["commercialize"] : [];
  return {
    "@context": CONTEXT,
    "@type": grant === null ? "Offer" : "Agreement",
    permission: [
      { action: ["use", "reproduce", "derive", ...passOn, ...sell], constraint: constraints, duty: duties(terms) },
    ],
    prohibition: [{ action: "madang:identifyPersons" }, ...(isLicensed ? [{ action: "distribute" }] : [])],
    "madang:noticeDays": terms.noticeDays,
    "madang:priceNoticeDays": terms.priceNoticeDays,
    ...(isLicensed && { "madang:decisionDays": terms.decisionDays }),
  };
}

/** The words of an offer: one sentence for each thing that its policy says. */
export const wordsOf = (terms: OfferTerms): BiText => ({
  ko: clauses(terms, "ko").join(" "),
  en: clauses(terms, "en").join(" "),
});

/** One text for one value, whatever the order in which its keys were written. */
export function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

/** Where the words or the policy of an offer say something else than its fields; empty: nowhere. */
export function termsFaults(terms: OfferTerms, said: { textKo: string; textEn: string; policy: unknown }): string[] {
  const faults: string[] = [];
  if (terms.purposes.length === 0) faults.push("an offer has a purpose");
  // Word for word from the beginning, so that nothing can be slipped in between; what else is to say comes after.
  const words = wordsOf(terms);
  if (!said.textKo.startsWith(words.ko)) faults.push(`textKo does not begin with "${words.ko}"`);
  if (!said.textEn.startsWith(words.en)) faults.push(`textEn does not begin with "${words.en}"`);
  if (canonical(said.policy) !== canonical(policyOf(terms))) {
    faults.push(`terms are not the policy of the fields, which is ${canonical(policyOf(terms))}`);
  }
  return faults;
}
