import { addDays, dayBounds, localDay } from "../../core/time.ts";
import { connect } from "../connection.ts";
import { opaqueId } from "../opaque.ts";
import { estimateOf } from "./estimate.ts";
import { keyBehind } from "./identify.ts";
import type { Market } from "./refs.ts";
import { type OfferRow, offerOf, offerRows, offersOfDataset } from "./rows.ts";

type EstimateOf = ReturnType<typeof estimateOf> & { offer: OfferRow; decisionBy: number };

/** What is offered, on which terms, and what it would cost. Everybody may read it. */
export function addOffers({ builder, Text, Tier, PriceModel, Dataset, Offer, Offers }: Market): void {
  builder.scalarType("Terms", {
    description: "Machine-readable terms: an ODRL 2.2 policy as JSON-LD.",
    serialize: (value) => value,
  });
  Offer.implement({
    description: "A standing offer of a dataset at a tier. A version is never changed; a change is a new version.",
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => opaqueId("Offer", id) }),
      dataset: t.field({ type: Dataset, resolve: ({ dataset }) => ({ slug: dataset }) }),
      tier: t.field({ type: Tier, resolve: ({ tier }) => tier }),
      version: t.exposeInt("version"),
      isCurrent: t.exposeBoolean("isCurrent", { description: "Whether it can be asked for: no newer version stands." }),
      name: t.field({ type: Text, resolve: ({ name }) => name }),
      text: t.field({ type: Text, description: "The terms in words.", resolve: ({ text }) => text }),
      terms: t.field({ type: "Terms", resolve: ({ terms }) => terms }),
      priceModel: t.field({ type: PriceModel, resolve: ({ priceModel }) => priceModel }),
      priceMinor: t.exposeInt("price", {
        description: "Flat, or of a month, in minor units of the currency; 0 is free.",
      }),
      currency: t.exposeString("currency", { description: "ISO 4217." }),
      unitPriceMicro: t.field({
        type: "BigInt",
        description: "Millionths of a minor unit for one unit of use: a value or a row that is answered.",
        resolve: ({ unitPriceMicro }) => unitPriceMicro,
      }),
      freeQuota: t.field({
        type: "BigInt",
        description: "Units of a month without a price.",
        resolve: ({ freeQuota }) => freeQuota,
      }),
      monthlyCapMinor: t.field({
        type: "BigInt",
        nullable: true,
        description: "The most that use of a month costs.",
        resolve: ({ monthlyCap }) => monthlyCap,
      }),
      carryOver: t.exposeBoolean("carryOver", {
        description: "Whether the unused of a month may be used in the next.",
      }),
      purposes: t.exposeStringList("purposes", { description: "What it may be asked for; empty: any purpose." }),
      quotaMonthly: t.field({
        type: "BigInt",
        description: "Units of a month that are granted without more ado.",
        resolve: ({ quotaMonthly }) => quotaMonthly,
      }),
      noticeDays: t.exposeInt("noticeDays", { description: "Notice before the terms of a licence change." }),
      priceNoticeDays: t.exposeInt("priceNoticeDays", { description: "Notice before a price rises." }),
      decisionDays: t.exposeInt("decisionDays", { description: "Days within which a request is decided." }),
      finestStep: t.field({
        type: "Duration",
        nullable: true,
        description: "The finest step of its view; null: as released.",
        resolve: ({ finestStep }) => finestStep,
      }),
    }),
  });

  const Line = builder.objectRef<EstimateOf["lines"][number]>("EstimateLine").implement({
    fields: (t) => ({
      text: t.field({ type: Text, resolve: ({ text }) => text }),
      quantity: t.field({ type: "BigInt", resolve: ({ quantity }) => quantity }),
      unitPriceMicro: t.field({
        type: "BigInt",
        description: "Millionths of a minor unit.",
        resolve: ({ unitPriceMicro }) => unitPriceMicro,
      }),
      amountMinor: t.field({ type: "BigInt", resolve: ({ amountMinor }) => amountMinor }),
    }),
  });
  const Estimate = builder.objectRef<EstimateOf>("Estimate").implement({
    description: "What a licence would cost when its whole quota were used, and until when a request is decided.",
    fields: (t) => ({
      offer: t.field({ type: Offer, resolve: ({ offer }) => offer }),
      priceMinor: t.field({ type: "BigInt", resolve: ({ priceMinor }) => priceMinor }),
      currency: t.string({ resolve: ({ offer }) => offer.currency }),
      lines: t.field({ type: [Line], resolve: ({ lines }) => lines }),
      decisionBy: t.field({ type: "DateTime", resolve: ({ decisionBy }) => decisionBy }),
    }),
  });

  builder.objectField(Dataset, "offers", (t) =>
    t.field({
      type: [Offer],
      nullable: true,
      resolve: async ({ slug }, _args, context) => (await offersOfDataset(context, slug)) ?? [],
    }),
  );
  builder.queryFields((t) => ({
    offers: t.field({
      type: Offers,
      description: "The offers that stand, by dataset and tier.",
      args: { ...t.arg.connectionArgs(), dataset: t.arg.string(), tier: t.arg({ type: Tier }) },
      resolve: (_root, { dataset, tier, ...page }, context) =>
        connect<OfferRow>(
          page,
          ({ dataset: slug, tier: of }) => `${slug}/${of}`,
          ({ after, before, inverted, limit }) =>
            offerRows(
              context,
              null,
              dataset == null ? null : [dataset],
              null,
              tier ?? null,
              true,
              after,
              before,
              inverted,
              limit,
            ),
        ),
    }),
    offer: t.field({
      type: Offer,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_root, { id }, context) => {
        const key = keyBehind("Offer", id);
        return key === null ? null : offerOf(context, key);
      },
    }),
    estimate: t.field({
      type: Estimate,
      nullable: true,
      description: "Null for an offer that there is not.",
      args: {
        offer: t.arg.id({ required: true }),
        quota: t.arg({ type: "BigInt", required: true, description: "Units of a month." }),
        from: t.arg({ type: "Date", required: true }),
        to: t.arg({ type: "Date", required: true, description: "The last day." }),
      },
      resolve: async (_root, { offer: id, quota, from, to }, context) => {
        const key = keyBehind("Offer", id);
        const offer = key === null ? null : await offerOf(context, key);
        if (offer === null) return null;
        const due = addDays(localDay(context.now(), offer.timeZone), offer.decisionDays);
        return { ...estimateOf(offer, { quota, from, to }), offer, decisionBy: dayBounds(due, offer.timeZone).to };
      },
    }),
  }));
}
