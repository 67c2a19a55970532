import { HubError } from "../errors.ts";

/**
 * What an offer costs, in integers alone: amounts are minor units of the currency (KRW has none smaller than the won),
 * prices of use are millionths of a minor unit for one unit, quantities are units of use a calendar month.
 */
export const PRICE_MODELS = ["FREE", "FLAT", "METERED", "SUBSCRIPTION"] as const;
export type PriceModel = (typeof PRICE_MODELS)[number];

export type Price = {
  readonly priceModel: PriceModel;
  /** FLAT: once; SUBSCRIPTION: a month; minor units */
  readonly price: bigint;
  readonly currency: string;
  /** METERED: millionths of a minor unit for one unit of use */
  readonly unitPriceMicro: bigint;
  /** METERED: units a month that cost nothing */
  readonly freeQuota: bigint;
  /** METERED: the most that a month costs, minor units; null: no limit */
  readonly monthlyCap: bigint | null;
  /** SUBSCRIPTION: what a month leaves of its quota adds to the next one's, once */
  readonly carryOver: boolean;
};

/** The same bounds as the constraints of hub.offer and market.licence. */
export const MOST_PRICE = 1_000_000_000n;
export const MOST_UNITS = 1_000_000_000_000n;
export const MOST_UNIT_PRICE = 1_000_000_000_000n;
export const MOST_CAP = 1_000_000_000_000n;
const MICRO = 1_000_000n;

/**
 * Reads a quantity of units from a client: a whole number from 1 to 10¹².
 * @throws HubError BAD_USER_INPUT for anything negative, fractional, in exponents, too large or not a number
 */
export function parseUnits(value: unknown, field = "quota"): bigint {
  const text = typeof value === "bigint" || typeof value === "number" ? String(value) : value;
  if (typeof text === "string" && /^[1-9]\d{0,12}$/.test(text)) {
    const units = BigInt(text);
    if (units <= MOST_UNITS) return units;
  }
  throw new HubError("BAD_USER_INPUT", `${field}: a whole number from 1 to ${MOST_UNITS}.`, {
    field,
    rule: `a whole number from 1 to ${MOST_UNITS}`,
    fix: "Give digits alone.",
  });
}

/** What is wrong with a price, in words; empty: nothing. */
export function priceFaults(price: Price): string[] {
  const faults: string[] = [];
  const within = (name: string, value: bigint, most: bigint) => {
    if (value < 0n || value > most) faults.push(`${name} is from 0 to ${most}`);
  };
  within("price", price.price, MOST_PRICE);
  within("unitPriceMicro", price.unitPriceMicro, MOST_UNIT_PRICE);
  within("freeQuota", price.freeQuota, MOST_UNITS);
  if (price.monthlyCap !== null) within("monthlyCap", price.monthlyCap, MOST_CAP);
  if (!/^[A-Z]{3}$/.test(price.currency)) faults.push("currency is three capital letters");
  const { priceModel } = price;
  const isPaid = priceModel === "FLAT" || priceModel === "SUBSCRIPTION";
  if (!PRICE_MODELS.includes(priceModel)) faults.push("there is no such price model");
  if (isPaid !== price.price > 0n) faults.push("FLAT and SUBSCRIPTION have a price, others none");
  if ((priceModel === "METERED") !== price.unitPriceMicro > 0n) faults.push("METERED has a unit price, others none");
  if (priceModel !== "METERED" && price.monthlyCap !== null) faults.push("METERED alone has a monthly cap");
  if (priceModel !== "SUBSCRIPTION" && price.carryOver) faults.push("SUBSCRIPTION alone carries over");
  return faults;
}

/** What one calendar month costs, minor units; fractions of a minor unit are the customer's. */
export function monthPrice(price: Price, units: bigint): bigint {
  if (units < 0n || units > MOST_UNITS) throw new RangeError("units are from 0 to 10^12");
  if (price.priceModel === "SUBSCRIPTION") return price.price;
  if (price.priceModel !== "METERED") return 0n;
  const paid = units > price.freeQuota ? units - price.freeQuota : 0n;
  const sum = (paid * price.unitPriceMicro) / MICRO;
  return price.monthlyCap !== null && sum > price.monthlyCap ? price.monthlyCap : sum;
}

/** What may be used in a month: the quota, and with carry-over what the month before left of its own. */
export function monthQuota(price: Pick<Price, "carryOver">, quota: bigint, usedBefore: bigint | null): bigint {
  if (!price.carryOver || usedBefore === null || usedBefore >= quota) return quota;
  return quota + (quota - usedBefore);
}

export type EstimateLine = {
  readonly kind: "ONCE" | "MONTH" | "USE";
  /** how often, or units above what is free */
  readonly count: bigint;
  readonly amount: bigint;
};
export type Estimate = { readonly amount: bigint; readonly currency: string; readonly lines: readonly EstimateLine[] };

/**
 * The most that a licence costs when its quota is used up every month.
 * @param months calendar months that the licence touches, from 1
 */
export function estimate(price: Price, quota: bigint, months: number): Estimate {
  if (!Number.isInteger(months) || months < 1 || months > 61) throw new RangeError("months are from 1 to 61");
  const times = BigInt(months);
  const month = monthPrice(price, quota);
  const lines: EstimateLine[] = [];
  if (price.priceModel === "FLAT") lines.push({ kind: "ONCE", count: 1n, amount: price.price });
  if (price.priceModel === "SUBSCRIPTION") lines.push({ kind: "MONTH", count: times, amount: month * times });
  if (price.priceModel === "METERED") {
    const paid = quota > price.freeQuota ? quota - price.freeQuota : 0n;
    lines.push({ kind: "USE", count: paid * times, amount: month * times });
  }
  return { amount: lines.reduce((sum, { amount }) => sum + amount, 0n), currency: price.currency, lines };
}

/** Calendar months that a span of days touches. Days are YYYY-MM-DD, both inclusive. */
export function monthsOf(from: string, to: string): number {
  const index = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return index(to) - index(from) + 1;
}

/** An amount of minor units in words of a language: "1,200원", "₩1,200", "$12.00". */
export function formatMoney(minor: bigint, currency: string, language: "ko" | "en"): string {
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 0;
  const text = minor.toString().padStart(digits + 1, "0");
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  const format = new Intl.NumberFormat(language, {
    ...(language === "ko" && currency === "KRW" ? {} : { style: "currency", currency }),
  });
  const shown = format.format(decimal as Intl.StringNumericLiteral);
  return language === "ko" && currency === "KRW" ? `${shown}원` : shown;
}
