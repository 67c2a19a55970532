import { LEAST_PUBLIC_AREA_M2 } from "../../core/crowd/level.ts";
import { type FieldError, HubError } from "../../core/errors.ts";
import { type PlanCost, validatePlans } from "../../core/ledger/budget.ts";
import { priceFaults } from "../../core/licence/price.ts";
import { type OfferTerms, termsFaults } from "../../core/licence/terms.ts";
import { clockFaults, planFaults, populationFaults } from "../../core/privacy/plan.ts";
import { STEPS } from "../../core/time.ts";
import type { CityConfig, DatasetConfig, OfferConfig } from "./city.ts";

const TIERS = ["OPEN", "REGISTERED", "LICENSED", "RESTRICTED"] as const;

/** A contradiction in words, and where it is a plan's also by field, rule and fix. */
export type Contradiction = string | { readonly message: string; readonly fault: FieldError };

/** What a configuration says that cannot be: names that lead nowhere, doubled names, plans that break a rule or the budget. */
export function contradictions(value: CityConfig): Contradiction[] {
  const found: Contradiction[] = [];
  const known = (what: string, names: readonly string[]) => {
    const set = new Set<string>();
    for (const one of names) {
      if (set.has(one)) found.push(`${what} ${one} stands twice`);
      set.add(one);
    }
    return (where: string, one: string | null) => {
      if (one !== null && !set.has(one)) found.push(`${where}: there is no ${what} ${one}`);
    };
  };
  const organization = known(
    "organization",
    value.organizations.map((one) => one.slug),
  );
  const place = known(
    "zone",
    value.zones.map((one) => one.slug),
  );
  const units = known(
    "population",
    value.populations.map((one) => one.slug),
  );
  const stream = known(
    "feed",
    value.feeds.map((one) => one.id),
  );
  const machine = known(
    "device",
    value.devices.map((one) => one.id),
  );
  known(
    "dataset",
    value.datasets.map((one) => one.id),
  );
  known(
    "covered zone",
    value.devices.flatMap((one) => one.covers),
  );

  for (const one of value.zones) {
    place(`zone ${one.slug}`, one.parent);
    if (one.kind === "PLAZA" && (one.areaM2 ?? 0) < LEAST_PUBLIC_AREA_M2) found.push(`plaza ${one.slug} is too small`);
    if (one.kind === "CELL" && one.h3 === null) found.push(`cell ${one.slug} has no h3`);
  }
  const refuse = (what: string, path: string, faults: readonly FieldError[]) => {
    for (const { field, rule, fix } of faults) {
      found.push({ message: `${what}: ${field}: ${rule}; ${fix}`, fault: { field: `${path}.${field}`, rule, fix } });
    }
  };
  for (const one of value.populations) {
    organization(`population ${one.slug}`, one.controller);
    refuse(`population ${one.slug}`, `populations.${one.slug}`, populationFaults(one));
  }
  for (const one of value.feeds) units(`feed ${one.id}`, one.population);
  for (const one of value.edgeModels) organization(`model ${one.version}`, one.organization);
  for (const one of value.devices) {
    organization(`device ${one.id}`, one.organization);
    place(`device ${one.id}`, one.zone);
    for (const covered of one.covers) place(`device ${one.id}`, covered);
    for (const target of one.feeds) stream(`device ${one.id}`, target);
    for (const target of one.vouches) {
      if (!one.feeds.includes(target)) found.push(`device ${one.id} vouches on ${target}, which it may not write to`);
    }
  }
  for (const { version, points } of value.snapSets) {
    known(
      `snap point of version ${version}`,
      points.map((one) => one.slug),
    );
    for (const one of points) place(`snap point ${one.slug}`, one.zone);
  }
  const planned = new Map<string, PlanCost[]>();
  for (const one of value.datasets) {
    organization(`dataset ${one.id}`, one.organization);
    for (const target of one.feeds) stream(`dataset ${one.id}`, target);
    if ((one.kind === "NOISED") !== one.plans.length > 0)
      found.push(`dataset ${one.id}: NOISED has plans, others none`);
    found.push(...tierFaults(one));
    for (const release of one.plans) {
      units(`plan of ${one.id}`, release.population);
      const of = value.populations.find(({ slug }) => slug === release.population);
      const faults = [...planFaults(release), ...(of === undefined ? [] : clockFaults(release, of))];
      refuse(`plan of ${one.id}`, `datasets.${one.id}.plans.${release.version}`, faults);
      const cost = {
        dataset: `${one.id}@${release.version}`,
        contributions: release.bound,
        microEpsilon: release.epsilonMicro,
        picoDelta: release.deltaPico,
      };
      planned.set(release.population, [...(planned.get(release.population) ?? []), cost]);
    }
  }
  for (const [one, costs] of planned) found.push(...overspent(one, costs));
  for (const one of value.feeds) {
    if (!one.readingTypes.includes("report")) continue;
    if (value.snapSets.length === 0) found.push(`feed ${one.id}: reports need snap points`);
    if (!planned.has(one.population))
      found.push(`feed ${one.id}: reports need a population with a plan, whose days open`);
  }
  if (value.source !== null) {
    machine("source", value.source.device);
    stream("source", value.source.feed);
  }
  return found;
}

/** What the budget of a population has against its plans (rule P1); nothing when it bears them. */
function overspent(population: string, costs: readonly PlanCost[]): Contradiction[] {
  try {
    validatePlans(costs);
    return [];
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return error.errors.map(({ field, rule, fix }) => ({
      message: `population ${population}: ${field}: ${rule}; ${fix}`,
      fault: { field: `populations.${population}.${field}`, rule, fix },
    }));
  }
}

/** An offer as the rules of core/licence see it, with the view of its tier. */
export function termsOf(offer: OfferConfig, view: Pick<OfferTerms, "finestStep" | "delaySeconds">): OfferTerms {
  return {
    ...offer,
    price: BigInt(offer.price),
    unitPriceMicro: BigInt(offer.unitPriceMicro),
    freeQuota: BigInt(offer.freeQuota),
    monthlyCap: offer.monthlyCap === null ? null : BigInt(offer.monthlyCap),
    quotaMonthly: BigInt(offer.quotaMonthly),
    finestStep: view.finestStep,
    delaySeconds: view.delaySeconds,
  };
}

/** What the tiers of a dataset have against each other: an offer without a view, a higher tier that sees less, other words. */
function tierFaults({ id, tier, kind, views, offers }: DatasetConfig): Contradiction[] {
  const found: Contradiction[] = [];
  const ordered = TIERS.flatMap((name) => views.filter((view) => view.tier === name));
  if (new Set(views.map((view) => view.tier)).size !== views.length) found.push(`dataset ${id}: a tier has one view`);
  if (ordered[0]?.tier !== tier) found.push(`dataset ${id}: its tier is the lowest one with a view`);
  ordered.slice(1).forEach((view, index) => {
    const below = ordered[index];
    if (below === undefined) return;
    const rank = (step: OfferTerms["finestStep"]) => (step === null ? -1 : STEPS.indexOf(step));
    if (rank(view.finestStep) > rank(below.finestStep) || view.delaySeconds > below.delaySeconds) {
      found.push(`dataset ${id}: ${view.tier} sees less than ${below.tier}`);
    }
  });
  // Event rows and docks have no step to make coarser: whoever sees them sees them whole.
  if (kind !== "NOISED" && views.some((view) => view.finestStep !== null)) {
    found.push(`dataset ${id}: only a noised dataset has views by step`);
  }
  for (const offer of offers) {
    const what = `offer ${offer.tier} ${offer.version} of ${id}`;
    const view = views.find((one) => one.tier === offer.tier);
    if (view === undefined) {
      found.push(`${what}: the tier sees nothing`);
      continue;
    }
    const terms = termsOf(offer, view);
    const said = { textKo: offer.textKo, textEn: offer.textEn, policy: offer.terms };
    for (const fault of [...priceFaults(terms), ...termsFaults(terms, said)]) found.push(`${what}: ${fault}`);
  }
  return found;
}
