import { type CardInput, makeCard } from "./card.ts";

const PLAN = {
  version: 1,
  statistic: "OCCUPANCY",
  unit: "TRACK_DAY",
  typicalUnits: 3,
  bound: 24,
  microEpsilon: 600_000,
  noise: { mechanism: "LAPLACE", n: 40, d: 1 } as const,
  threshold: null,
  latenessSeconds: 21_600,
  population: "people",
  populationPlans: [
    { microEpsilon: 600_000, picoDelta: 0, nanoRho: 30_000_000 },
    { microEpsilon: 600_000, picoDelta: 0, nanoRho: 7_500_000 },
  ],
  capMicro: 2_000_000,
  plannedMicro: 1_600_000,
};
const INPUT: CardInput = {
  dataset: "crowd",
  kind: "NOISED",
  isSynthetic: true,
  retentionDays: 1,
  legalBasis: { ko: "근거", en: "basis" },
  collection: [{ slug: "plaza", name: { ko: "광장", en: "Plaza" }, basis: "PUBLIC_NOTICE" }],
  plan: PLAN,
  today: { day: "2026-11-27", spentMicro: 1_200_000, datasetMicro: 600_000 },
};

test("a card says first what a person bears: k·ε of a day, and of a year", () => {
  const card = makeCard(INPUT);
  expect(card.person?.epsilonPerDay).toBe(3.6);
  expect(card.person?.horizons.map(({ days, pure }) => [days, pure])).toEqual([
    [1, 3.6],
    [7, 25.2],
    [30, 108],
    [365, 1314],
  ]);
  expect(card.knownLimits.slice(0, 2).map(({ id }) => id)).toEqual(["PERSON_IS_K_UNITS", "DAYS_ADD_UP"]);
  expect(card.knownLimits[1]?.en).toContain("438");
  expect(card.knownLimits[1]?.en).toContain("1314");
});

test("ε at δ of a person is that of k units together: k² ρ, never k times that of one unit", () => {
  // kills: k·ε(ρ), which is not a bound at the same δ
  const { person, unit } = makeCard(INPUT);
  for (const [index, { pure, deltaEpsilon }] of (person?.horizons ?? []).entries()) {
    expect(deltaEpsilon).toBeLessThanOrEqual(pure);
    expect(deltaEpsilon).toBeGreaterThan(unit?.horizons[index]?.deltaEpsilon ?? Number.NaN);
  }
  const year = person?.horizons[3];
  const rho = 9 * 365 * (0.36 / 12 + 0.36 / 48);
  // (ε, δ) of ρ-zCDP lies above ρ and below ρ + 2·√(ρ·ln(1/δ)).
  expect(year?.deltaEpsilon).toBeGreaterThan(rho);
  expect(year?.deltaEpsilon).toBeLessThan(rho + 2 * Math.sqrt(rho * Math.log(1e6)));
});

test("the ledger's day stands beside the cap", () => {
  expect(makeCard(INPUT).unit?.today).toEqual({ day: "2026-11-27", spent: 1.2, dataset: 0.6, remaining: 0.8 });
  expect(makeCard({ ...INPUT, today: null }).unit?.today).toBeNull();
});

test("the expected error is the noise's, as a share of counts from 10 to 1000", () => {
  const errors = makeCard(INPUT).expectedError;
  expect(errors.map(({ count }) => count)).toEqual([10, 50, 200, 1000]);
  expect(errors.map(({ halfWidth95 }) => halfWidth95)).toEqual([120, 120, 120, 120]);
  expect(errors[2]).toMatchObject({ meanAbsolute: 40, meanShare: 0.2, share95: 0.6, shown: null });
});

test("a sparse release says how likely a count is shown at all", () => {
  const plan = { ...PLAN, statistic: "ORIGIN_DESTINATION", bound: 1, noise: { ...PLAN.noise, n: 2 }, threshold: 12 };
  const card = makeCard({ ...INPUT, plan });
  expect(card.expectedError[0]?.shown).toBeCloseTo(0.229, 3);
  expect(card.expectedError[1]?.shown).toBe(1);
  expect(card.knownLimits.map(({ id }) => id)).toContain("SPARSE_TOTALS");
});

test("rows about things are outside the statement, and their card says so", () => {
  const card = makeCard({ ...INPUT, kind: "EVENTS", plan: null, today: null });
  expect(card).toMatchObject({ coverage: "OUTSIDE", person: null, unit: null, plan: null, expectedError: [] });
  expect(card.knownLimits.map(({ id }) => id)).toEqual(["THINGS_ARE_EXACT", "FALSE_REPORTS"]);
  expect(() => makeCard({ ...INPUT, plan: null })).toThrow(TypeError);
});

test("every text stands in Korean and English", () => {
  for (const kind of ["NOISED", "EVENTS", "AVAILABILITY"] as const) {
    const card = makeCard({ ...INPUT, kind, plan: kind === "NOISED" ? PLAN : null });
    for (const { ko, en } of [card.protects, card.doesNotProtect, card.retention.text, ...card.knownLimits]) {
      expect(ko).toMatch(/[가-힣]/);
      expect(en).toMatch(/^[^가-힣]+$/);
    }
  }
});

test("a Gaussian plan's card says its δ: in the statement, of a day and over horizons", () => {
  // kills: δ of one unit for a person of k units; the statement of pure ε where there is a δ
  const populationPlans = [
    { microEpsilon: 600_000, picoDelta: 100_000, nanoRho: 7_670_000 },
    { microEpsilon: 600_000, picoDelta: 0, nanoRho: 7_500_000 },
  ];
  const noise = { mechanism: "GAUSSIAN", n: 1_200_000, d: 767 } as const;
  const card = makeCard({ ...INPUT, plan: { ...PLAN, noise, populationPlans } });
  expect(card.unit?.deltaPerDay).toBe(1e-7);
  expect(card.protects.en).toContain("a factor e^1.2 and an addition of δ = 1e-7.");
  expect(card.protects.ko).toContain("e^1.2배에 δ = 1e-7을 더한 것 넘게");
  expect(card.unit?.horizons.map(({ pureDelta }) => pureDelta)).toEqual([1e-7, 7e-7, 3e-6, 3.65e-5]);
  expect(card.person?.horizons[0]?.pureDelta).toBeCloseTo(3 * Math.exp(2.4) * 1e-7, 11);
  expect(card.plan).toMatchObject({ mechanism: "GAUSSIAN", scale: Math.sqrt(1_200_000 / 767), halfWidth95: 78 });
  expect(card.expectedError[0]?.meanAbsolute).toBe(31.6);
});
