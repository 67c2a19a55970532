import { HubError } from "../../core/errors.ts";
import { type EstimateLine, estimate, monthsOf, type Price, parseUnits } from "../../core/licence/price.ts";
import { isDay } from "../../core/time.ts";
import type { OfferRow } from "./rows.ts";

/** The longest licence: five years touch 61 calendar months. */
const MOST_MONTHS = 61;

const WORDS: Readonly<Record<EstimateLine["kind"], { ko: string; en: string }>> = {
  ONCE: { ko: "이용 기간 전체에 한 번", en: "Once, for the whole period" },
  MONTH: { ko: "월 이용료 (개월)", en: "Subscription (months)" },
  USE: { ko: "무료 사용량을 넘는 사용 (단위, 월 상한 적용)", en: "Use above what is free (units, capped by month)" },
};

/** The price of an offer, exactly. */
export const priceOf = (offer: OfferRow): Price => ({
  priceModel: offer.priceModel,
  price: BigInt(offer.price),
  currency: offer.currency,
  unitPriceMicro: BigInt(offer.unitPriceMicro),
  freeQuota: BigInt(offer.freeQuota),
  monthlyCap: offer.monthlyCap === null ? null : BigInt(offer.monthlyCap),
  carryOver: offer.carryOver,
});

/** A sum as a JSON number. @throws HubError LIMIT_EXCEEDED where it would not be exact */
function exact(amount: bigint): number {
  if (amount <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(amount);
  throw new HubError("LIMIT_EXCEEDED", "The sum is too large to be told.", { field: "quota" });
}

/**
 * The most that a licence of an offer costs: when its quota is used up every month.
 * @throws HubError BAD_USER_INPUT, PERIOD_INVALID, LIMIT_EXCEEDED
 */
export function estimateOf(offer: OfferRow, asked: { quota: number; from: string; to: string }) {
  const { from, to } = asked;
  const months = isDay(from) && isDay(to) ? monthsOf(from, to) : 0;
  if (from > to || months < 1 || months > MOST_MONTHS) {
    throw new HubError("PERIOD_INVALID", "The first day is not after the last, within five years.", { field: "to" });
  }
  const { amount, lines } = estimate(priceOf(offer), parseUnits(asked.quota), months);
  return {
    priceMinor: exact(amount),
    lines: lines.map(({ kind, count, amount: sum }) => ({
      text: WORDS[kind],
      quantity: exact(count),
      unitPriceMicro: kind === "USE" ? offer.unitPriceMicro : offer.price * 1e6,
      amountMinor: exact(sum),
    })),
  };
}
