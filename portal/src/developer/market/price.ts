import { useLingui } from "@lingui/react/macro";
import type { OfferPartsFragment } from "../../generated/graphql.ts";
import { useLanguage } from "../../text/i18n.tsx";
import { formatMoney, formatUnitPrice } from "../../text/money.ts";
import { formatNumber } from "../../text/number.ts";

type Price = Pick<
  OfferPartsFragment,
  | "priceModel"
  | "priceMinor"
  | "unitPriceMicro"
  | "freeQuota"
  | "monthlyCapMinor"
  | "carryOver"
  | "quotaMonthly"
  | "currency"
>;

/** What an offer costs as one sentence; a price is never shown without how it is counted. */
export function usePriceSentence(): (offer: Price) => string {
  const { t } = useLingui();
  const { language } = useLanguage();
  return (offer) => {
    const money = (minor: number): string => formatMoney(minor, offer.currency, language);
    switch (offer.priceModel) {
      case "FREE":
        return t`Free of charge.`;
      case "FLAT":
        return t`${money(offer.priceMinor)} for the whole period.`;
      case "METERED": {
        const free = formatNumber(offer.freeQuota);
        const each = formatUnitPrice(offer.unitPriceMicro, offer.currency, language);
        if (offer.monthlyCapMinor === null) return t`${free} values a month are free, each further one costs ${each}.`;
        return t`${free} values a month are free, each further one costs ${each}, at most ${money(offer.monthlyCapMinor)} a month.`;
      }
      case "SUBSCRIPTION": {
        const quota = formatNumber(offer.quotaMonthly);
        return offer.carryOver
          ? t`${money(offer.priceMinor)} a month for ${quota} values; what one month leaves may be used in the next.`
          : t`${money(offer.priceMinor)} a month for ${quota} values.`;
      }
    }
  };
}
