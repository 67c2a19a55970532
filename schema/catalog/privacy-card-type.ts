import type { ExpectedError, PrivacyCard } from "../../core/privacy/card.ts";
import type { KnownLimit } from "../../core/privacy/card-texts.ts";
import type { Builder } from "../builder.ts";
import type { Values } from "../values.ts";
import type { addPlaces } from "./zone.ts";

type Places = Pick<ReturnType<typeof addPlaces>, "CollectionBasis">;
type Unit = NonNullable<PrivacyCard["unit"]>;
type Person = NonNullable<PrivacyCard["person"]>;
type Horizon = Unit["horizons"][number];
type BasisCount = { basis: PrivacyCard["collection"][number]["basis"]; zones: number };
type Today = NonNullable<Unit["today"]>;

/** What a dataset page says of privacy: core/privacy/card.ts as a type of the graph. */
export function addPrivacyCard(builder: Builder, { Text }: Values, { CollectionBasis }: Places) {
  const PrivacyHorizon = builder.objectRef<Horizon>("PrivacyHorizon").implement({
    description: "What the population's plans cost one that is there every day.",
    fields: (t) => ({
      days: t.exposeInt("days"),
      pure: t.exposeFloat("pure", { description: "ε, the sum of the days." }),
      pureDelta: t.exposeFloat("pureDelta", {
        description: "δ of `pure`; 0 where no plan of the population is Gaussian.",
      }),
      deltaEpsilon: t.exposeFloat("deltaEpsilon", {
        description: "ε at δ = 1e-6, by zCDP or purely, whichever is less.",
      }),
    }),
  });
  const CardPerson = builder.objectRef<Person>("PrivacyPerson").implement({
    description: "What a person may have to bear who is seen as the typical number of units.",
    fields: (t) => ({
      typicalUnits: t.exposeInt("typicalUnits", { description: "k" }),
      epsilonPerDay: t.exposeFloat("epsilonPerDay", {
        description: "k·ε of a day over all datasets of the population.",
      }),
      horizons: t.field({ type: [PrivacyHorizon], resolve: ({ horizons }) => horizons }),
    }),
  });
  const CardToday = builder.objectRef<Today>("PrivacyToday").implement({
    description: "What the ledger holds of the city's present day.",
    fields: (t) => ({
      day: t.field({ type: "Date", resolve: ({ day }) => day }),
      spent: t.exposeFloat("spent", { description: "ε of the population." }),
      dataset: t.exposeFloat("dataset", { description: "The part of this dataset." }),
      remaining: t.exposeFloat("remaining", { description: "Of the cap." }),
    }),
  });
  const CardUnit = builder.objectRef<Unit>("PrivacyUnitCost").implement({
    description: "What one counted unit costs.",
    fields: (t) => ({
      code: t.exposeString("code"),
      text: t.field({ type: Text, resolve: ({ text }) => text }),
      population: t.exposeString("population"),
      epsilonPerDay: t.exposeFloat("epsilonPerDay", {
        description: "ε of a unit-day over all datasets of the population.",
      }),
      deltaPerDay: t.exposeFloat("deltaPerDay", {
        description: "δ of a unit-day over all datasets of the population; 0 where none of its plans is Gaussian.",
      }),
      datasetEpsilonPerDay: t.exposeFloat("datasetEpsilonPerDay", { description: "The part of this dataset." }),
      cap: t.exposeFloat("cap"),
      planned: t.exposeFloat("planned"),
      delta: t.exposeFloat("delta", { description: "δ of `deltaEpsilon`." }),
      today: t.field({ type: CardToday, nullable: true, resolve: ({ today }) => today }),
      horizons: t.field({ type: [PrivacyHorizon], resolve: ({ horizons }) => horizons }),
    }),
  });
  const CardError = builder.objectRef<ExpectedError>("ExpectedError").implement({
    description: "The noise of one value beside a true count; shares are of the count.",
    fields: (t) => ({
      count: t.exposeInt("count"),
      meanAbsolute: t.exposeFloat("meanAbsolute"),
      meanShare: t.exposeFloat("meanShare"),
      halfWidth95: t.exposeInt("halfWidth95"),
      share95: t.exposeFloat("share95"),
      shown: t.exposeFloat("shown", {
        nullable: true,
        description: "Sparse releases: the probability that such a count is shown.",
      }),
    }),
  });
  const Limit = builder.objectRef<KnownLimit>("KnownLimit").implement({
    fields: (t) => ({
      id: t.exposeString("id"),
      text: t.field({ type: Text, resolve: ({ ko, en }) => ({ ko, en }) }),
    }),
  });
  const Basis = builder.objectRef<BasisCount>("CollectionBasisCount").implement({
    fields: (t) => ({
      basis: t.field({ type: CollectionBasis, resolve: ({ basis }) => basis }),
      zones: t.exposeInt("zones"),
    }),
  });
  return builder.objectRef<PrivacyCard>("PrivacyCard").implement({
    description: "What the noise protects, what it does not, and how much. As JSON: /privacy/<dataset>.json",
    fields: (t) => ({
      coverage: t.exposeString("coverage", {
        description: "COVERED by the statement on noised statistics, or OUTSIDE it: rows about things.",
      }),
      person: t.field({ type: CardPerson, nullable: true, resolve: ({ person }) => person }),
      unit: t.field({ type: CardUnit, nullable: true, resolve: ({ unit }) => unit }),
      expectedError: t.field({ type: [CardError], resolve: ({ expectedError }) => expectedError }),
      protects: t.field({ type: Text, resolve: ({ protects }) => protects }),
      doesNotProtect: t.field({ type: Text, resolve: ({ doesNotProtect }) => doesNotProtect }),
      knownLimits: t.field({ type: [Limit], resolve: ({ knownLimits }) => knownLimits }),
      retention: t.field({ type: Text, resolve: ({ retention }) => retention.text }),
      legalBasis: t.field({ type: Text, resolve: ({ legalBasis }) => legalBasis }),
      collection: t.field({
        type: [Basis],
        description: "How many zones it is collected in, by basis; the zones themselves are the dataset's places.",
        resolve: ({ collection }) => {
          const counts = new Map<BasisCount["basis"], number>();
          for (const { basis } of collection) counts.set(basis, (counts.get(basis) ?? 0) + 1);
          return [...counts].map(([basis, zones]) => ({ basis, zones }));
        },
      }),
    }),
  });
}
