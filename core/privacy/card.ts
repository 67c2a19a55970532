import { HORIZON_DELTA, horizons, type Spend } from "../ledger/budget.ts";
import { type BiText, doesNotProtect, knownLimits, protects, retentionText, unitText } from "./card-texts.ts";
import { halfWidth } from "./interval.ts";
import { tail } from "./laplace.ts";
import { deviation, meanError, mechanismOf, type NoiseRow, scaleOf } from "./mechanism.ts";

/** Counts at which a card tells the error that is to be expected. */
export const ERROR_AT = [10, 50, 200, 1000] as const;
/** How long processing records are kept, in years (Personal Information Protection Act, art. 28-4). */
export const RECORDS_YEARS = 3;

/** A zone in which the data are collected, and on which basis. */
export type CollectionZone = {
  readonly slug: string;
  readonly name: BiText;
  readonly basis: "PRIVATE_SITE_CONSENT" | "PUBLIC_STATUTORY" | "PUBLIC_NOTICE";
};

/** The release plan and its population, as far as a card speaks of them. */
export type CardPlan = {
  readonly version: number;
  readonly statistic: string;
  readonly unit: string;
  readonly typicalUnits: number;
  readonly bound: number;
  readonly microEpsilon: number;
  readonly noise: NoiseRow;
  readonly threshold: number | null;
  readonly latenessSeconds: number;
  readonly population: string;
  readonly populationPlans: readonly Spend[];
  readonly capMicro: number;
  readonly plannedMicro: number;
};

/** What the ledger says of one local day of the population; all zero before the day is opened. */
export type LedgerDay = { readonly day: string; readonly spentMicro: number; readonly datasetMicro: number };

export type CardInput = {
  readonly dataset: string;
  readonly kind: "NOISED" | "EVENTS" | "AVAILABILITY";
  readonly isSynthetic: boolean;
  readonly retentionDays: number;
  readonly legalBasis: BiText;
  readonly collection: readonly CollectionZone[];
  readonly plan: CardPlan | null;
  readonly today: LedgerDay | null;
};

/** The noise of one value beside a true count. Shares are of the count, 0.05 = 5 %. */
export type ExpectedError = {
  readonly count: number;
  /** E|noise|, in counts. */
  readonly meanAbsolute: number;
  readonly meanShare: number;
  /** 95 % of the noise lies within ± this, in counts. */
  readonly halfWidth95: number;
  readonly share95: number;
  /** Sparse releases: the probability that such a count is shown at all; else null. */
  readonly shown: number | null;
};

export type PrivacyCard = ReturnType<typeof makeCard>;

const epsilon = (micro: number): number => micro / 1e6;
const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits));

/**
 * The privacy card of a dataset: what holds, what it costs, what does not hold, from plan and ledger alone. Its JSON is
 * what machines read, its texts are what people read. ε is of a unit-day unless a name says otherwise.
 * @throws TypeError for a noised dataset without a plan
 */
export function makeCard(input: CardInput) {
  const { dataset, kind, isSynthetic, retentionDays, legalBasis, plan, today } = input;
  if (kind === "NOISED" && plan === null) throw new TypeError("a noised dataset has a plan");
  return {
    schema: "madang.privacy-card.v1" as const,
    dataset,
    isSynthetic,
    coverage: plan === null ? ("OUTSIDE" as const) : ("COVERED" as const),
    ...(plan === null ? { person: null, unit: null, plan: null, expectedError: [] } : covered(plan, today)),
    protects: protects(plan),
    doesNotProtect: doesNotProtect(plan),
    knownLimits: knownLimits(kind, plan),
    retention: {
      pseudonymisedDays: plan === null ? 0 : retentionDays,
      keyDestroyedAfterSeconds: plan?.latenessSeconds ?? null,
      processingRecordsYears: RECORDS_YEARS,
      releasedValues: "NEVER_DELETED" as const,
      text: retentionText(retentionDays, plan),
    },
    legalBasis,
    collection: input.collection,
  };
}

function covered(plan: CardPlan, today: LedgerDay | null) {
  const daily = plan.populationPlans.reduce((sum, { microEpsilon }) => sum + microEpsilon, 0);
  const picoDelta = plan.populationPlans.reduce((sum, plan) => sum + plan.picoDelta, 0);
  const mechanism = mechanismOf(plan.noise);
  const k = plan.typicalUnits;
  return {
    // First what one person may have to bear, then what one unit does.
    person: {
      typicalUnits: k,
      epsilonPerDay: epsilon(k * daily),
      horizons: costs(plan, k),
    },
    unit: {
      code: plan.unit,
      text: unitText(plan.unit),
      population: plan.population,
      epsilonPerDay: epsilon(daily),
      deltaPerDay: picoDelta / 1e12,
      datasetEpsilonPerDay: epsilon(plan.microEpsilon),
      cap: epsilon(plan.capMicro),
      planned: epsilon(plan.plannedMicro),
      today:
        today === null
          ? null
          : {
              day: today.day,
              spent: epsilon(today.spentMicro),
              dataset: epsilon(today.datasetMicro),
              remaining: epsilon(plan.capMicro - today.spentMicro),
            },
      delta: HORIZON_DELTA,
      horizons: costs(plan, 1),
    },
    plan: {
      version: plan.version,
      statistic: plan.statistic,
      contributionBound: plan.bound,
      mechanism: mechanism.law,
      scale: scaleOf(mechanism),
      standardDeviation: rounded(deviation(mechanism)),
      halfWidth95: halfWidth(mechanism),
      threshold: plan.threshold,
    },
    expectedError: ERROR_AT.map((count) => expectedError(count, plan)),
  };
}

const costs = ({ populationPlans }: CardPlan, units: number) =>
  horizons(populationPlans, units).map(({ days, pureMicroEpsilon, picoDelta, approximateMicroEpsilon }) => ({
    days,
    pure: epsilon(pureMicroEpsilon),
    pureDelta: picoDelta / 1e12,
    deltaEpsilon: epsilon(approximateMicroEpsilon),
  }));

function expectedError(count: number, { noise, threshold }: CardPlan): ExpectedError {
  const mechanism = mechanismOf(noise);
  const mean = meanError(mechanism);
  const width = halfWidth(mechanism);
  return {
    count,
    meanAbsolute: rounded(mean),
    meanShare: rounded(mean / count),
    halfWidth95: width,
    share95: rounded(width / count),
    shown: threshold === null ? null : rounded(tail(threshold - count, noise)),
  };
}
