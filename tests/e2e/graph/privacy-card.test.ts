import type { PrivacyCard } from "../../../core/privacy/card.ts";
import { scenario } from "../../support/environment.ts";
import { ask } from "../../support/graphql.ts";

type Answer = {
  datasets: {
    nodes: {
      slug: string;
      kind: string;
      privacyCard: {
        coverage: string;
        person: { epsilonPerDay: number } | null;
        unit: { datasetEpsilonPerDay: number; today: { day: string; spent: number } } | null;
        expectedError: { count: number; halfWidth95: number }[];
        knownLimits: { id: string }[];
        legalBasis: { ko: string; en: string };
        collection: { basis: string; zones: number }[];
      } | null;
      plan: { epsilon: number; interval95: number } | null;
    }[];
  };
};

const DATASETS = `{ datasets(first: 100) { nodes { slug kind plan { epsilon interval95 }
  privacyCard { coverage person { epsilonPerDay } unit { datasetEpsilonPerDay today { day spent } }
    expectedError { count halfWidth95 } knownLimits { id } legalBasis { ko en } collection { basis zones } } } } }`;

scenario("the privacy card", ({ url }) => {
  const json = async (slug: string): Promise<{ status: number; type: string | null; card: PrivacyCard }> => {
    const answer = await fetch(`${url}/privacy/${slug}.json`);
    return { status: answer.status, type: answer.headers.get("content-type"), card: await answer.json() };
  };

  test("every dataset has one, made of its plan, and the same for machines and for people", async () => {
    const { datasets } = await ask<Answer>(url, DATASETS);
    expect(datasets.nodes.length).toBeGreaterThanOrEqual(8);
    for (const { slug, kind, plan, privacyCard } of datasets.nodes) {
      const { status, type, card } = await json(slug);
      expect([status, type]).toEqual([200, "application/json"]);
      expect(card).toMatchObject({ schema: "madang.privacy-card.v1", dataset: slug, coverage: privacyCard?.coverage });
      expect(card.coverage).toBe(kind === "NOISED" ? "COVERED" : "OUTSIDE");
      expect(card.legalBasis).toEqual(privacyCard?.legalBasis);
      expect(card.knownLimits.map(({ id }) => ({ id }))).toEqual(privacyCard?.knownLimits);
      const widths = card.expectedError.map(({ halfWidth95 }) => halfWidth95);
      expect([slug, widths]).toEqual([slug, plan === null ? [] : [10, 50, 200, 1000].map(() => plan.interval95)]);
      expect(card.unit?.datasetEpsilonPerDay).toBe(plan?.epsilon);
      expect(card.collection.length).toBe(privacyCard?.collection.reduce((sum, { zones }) => sum + zones, 0));
    }
  });

  test("tells what the ledger holds of the city's present day", async () => {
    const { card } = await json("sangmu-people-flow");
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Seoul" }).format(Date.now());
    expect(card.unit?.today?.day).toBe(day);
    const { budget } = await ask<{ budget: { spent: number } }>(
      url,
      'query B($day: Date!) { budget(population: "sangmu-people", day: $day) { spent } }',
      { day },
    );
    expect(card.unit?.today?.spent).toBe(budget.spent);
    expect(budget.spent).toBeGreaterThan(0);
  });

  test("of a dataset that does not exist is a problem that says so", async () => {
    for (const path of ["nowhere.json", "sangmu-people-flow", "a%2Fb.json"]) {
      const answer = await fetch(`${url}/privacy/${path}`);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    }
  });
});
