import { HubError } from "../../core/errors.ts";
import { isDay } from "../../core/time.ts";

/** What of an offer makes its price; money in minor units, prices of a unit in millionths of one. */
export type Priced = {
  priceModel: "FREE" | "FLAT" | "METERED" | "SUBSCRIPTION";
  /** FLAT: once; SUBSCRIPTION: of a month */
  price: number;
  unitPriceMicro: number;
  /** units of a month without a price */
  freeQuota: number;
  /** the most that use of a month costs */
  monthlyCap: number | null;
};

export type PriceLine = {
  text: { ko: string; en: string };
  quantity: number;
  unitPriceMicro: number;
  amountMinor: number;
};

const MICRO = 1_000_000n;

/**
 * What units of use of one month cost: those beyond the free ones, rounded half up to a minor unit, never above the cap.
 * @param units of use; whole, not negative
 */
export function chargeOfMonth({ unitPriceMicro, freeQuota, monthlyCap }: Priced, units: number): number {
  const paid = BigInt(Math.max(0, units - freeQuota));
  const exact = Number((paid * BigInt(unitPriceMicro) + MICRO / 2n) / MICRO);
  return monthlyCap === null ? exact : Math.min(exact, monthlyCap);
}

/** Calendar months that a span of days touches, both ends included. */
export function monthsOf(from: string, to: string): number {
  const count = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return count(to) - count(from) + 1;
}

/**
 * What a licence costs when its whole quota is used, month by month of the calendar.
 * @param asked.quota units of a month · `from`, `to` days, both included
 * @throws HubError BAD_USER_INPUT, PERIOD_INVALID, LIMIT_EXCEEDED when the sum is no exact number
 */
export function priceOf(offer: Priced, { quota, from, to }: { quota: number; from: string; to: string }) {
  if (!isDay(from) || !isDay(to) || from > to || monthsOf(from, to) > 120) {
    throw new HubError("PERIOD_INVALID", "The first day is not after the last, within ten years.", { field: "to" });
  }
  if (!Number.isSafeInteger(quota) || quota < 0) {
    throw new HubError("BAD_USER_INPUT", "A quota is a whole number of units, not negative.", { field: "quota" });
  }
  const lines = linesOf(offer, quota, monthsOf(from, to));
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (!Number.isSafeInteger(totalMinor)) throw new HubError("LIMIT_EXCEEDED", "The sum is too large.");
  return { lines, totalMinor };
}

function linesOf(offer: Priced, quota: number, months: number): PriceLine[] {
  const flat = offer.price * Number(MICRO);
  if (offer.priceModel === "FREE") return [];
  if (offer.priceModel === "FLAT") {
    const text = { ko: "이용 기간 전체", en: "Whole period" };
    return [{ text, quantity: 1, unitPriceMicro: flat, amountMinor: offer.price }];
  }
  if (offer.priceModel === "SUBSCRIPTION") {
    const text = { ko: "월 이용료 (개월)", en: "Subscription (months)" };
    return [{ text, quantity: months, unitPriceMicro: flat, amountMinor: offer.price * months }];
  }
  const month = chargeOfMonth(offer, quota);
  const paid = Math.max(0, quota - offer.freeQuota);
  return [
    {
      text: { ko: "무료 사용량 (단위, 매월)", en: "Free use (units a month)" },
      quantity: Math.min(quota, offer.freeQuota),
      unitPriceMicro: 0,
      amountMinor: 0,
    },
    {
      text: {
        ko: `유료 사용량 (단위, ${months}개월, 월 상한 적용)`,
        en: `Paid use (units, ${months} ${months === 1 ? "month" : "months"}, capped by month)`,
      },
      quantity: paid * months,
      unitPriceMicro: offer.unitPriceMicro,
      amountMinor: month * months,
    },
  ];
}
