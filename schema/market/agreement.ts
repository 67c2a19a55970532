import { type OfferTerms, type Policy, policyOf } from "../../core/licence/terms.ts";
import { priceOf } from "./estimate.ts";
import type { LicenceRow, OfferRow } from "./rows.ts";

const termsOf = (offer: OfferRow): OfferTerms => ({
  ...priceOf(offer),
  tier: offer.tier,
  purposes: offer.purposes,
  quotaMonthly: BigInt(offer.quotaMonthly),
  noticeDays: offer.noticeDays,
  priceNoticeDays: offer.priceNoticeDays,
  decisionDays: offer.decisionDays,
  finestStep: offer.finestStep,
  delaySeconds: offer.delaySeconds,
});

/**
 * What a licence permits and demands, for machines: an ODRL 2.2 agreement made of the very fields that are enforced.
 * @returns null before it is decided
 */
export function agreementOf(licence: LicenceRow, offer: OfferRow): Policy | null {
  const { id, area, validFrom, validTo, step, purpose, quota, dataset, organization } = licence;
  if (validFrom === null || validTo === null || quota === null) return null;
  return {
    ...policyOf(termsOf(offer), { area, validFrom, validTo, step, purpose, quota: BigInt(quota) }),
    uid: `urn:uuid:${id}`,
    target: `urn:madang:dataset:${dataset}`,
    assigner: `urn:uuid:${offer.organization}`,
    assignee: `urn:uuid:${organization}`,
  };
}
