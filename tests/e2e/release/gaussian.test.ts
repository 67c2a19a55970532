import { readFileSync } from "node:fs";
import { microEpsilonOfRho, nanoRho, planMechanism } from "../../../core/ledger/budget.ts";
import { gaussianPmf, gaussianTail } from "../../../core/privacy/gaussian.ts";
import { fitZ, ONE_IN_A_MILLION } from "../../../core/testing/statistics.ts";
import { dayBounds, windowsOf } from "../../../core/time.ts";
import { parseCity } from "../../../prisma/cities/city.ts";
import { declareOutage } from "../../../prisma/outages.ts";
import { applyCity } from "../../../prisma/seed.ts";
import { releaseWindows } from "../../../workers/release/release-windows.ts";
import { debit } from "../../../workers/release/reserve.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { openContext } from "../../support/stage/context.ts";
import { number } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { HOURLY, releasedYesterday, wishOf } from "../../support/stage/outage.ts";
import { addBatch, addScene, declareBackfill, endDay, type PlanWish } from "../../support/stage/scene.ts";

const DAY = "2026-06-01";
const FLOW: PlanWish = {
  statistic: "DEPARTURES",
  step: "PT1H",
  bound: 24,
  microEpsilon: 600_000,
  picoDelta: 100_000,
  cells: 250,
};
const cost = { dataset: "flow", contributions: 24, microEpsilon: 600_000, picoDelta: 100_000 };

onStage("a plan with Gaussian noise", (stage) => {
  let context: ReturnType<typeof openContext>;
  beforeAll(() => {
    context = openContext(stage().addresses("madang_release"));
  });
  afterAll(() => context.close());

  const ofLedger = (what: string, population: number, day: string): Promise<number> =>
    number(stage().hub, `SELECT ${what} AS n FROM ledger.population_day WHERE population = $1 AND day = $2`, [
      population,
      day,
    ]);

  test("is released with that noise, and debited with its ε, ρ and δ once a day", async () => {
    // kills: Laplace noise for every plan; a debit without δ; δ for each window
    const scene = await addScene(stage(), { live: false, plans: [FLOW] });
    const backfill = await declareBackfill(stage(), scene, DAY, DAY);
    await addBatch(stage(), scene, { day: DAY, backfill });
    await workDay(context, scene.population, DAY);
    await endDay(stage(), scene, DAY);
    const population = await context.catalogue.population(scene.population, 0);
    const plan = population?.plans[0];
    if (population === null || plan === undefined) throw new Error("the scene has a plan");
    expect(plan.mechanism).toEqual(planMechanism(cost));
    const windows = windowsOf(dayBounds(DAY, "Asia/Seoul"), "PT1H", "Asia/Seoul").map((window) => ({ plan, window }));
    await releaseWindows(context, population, DAY, windows);

    const { rows } = await stage().hub.query<{ value: number }>("SELECT value FROM open.observation WHERE plan = $1", [
      plan.number,
    ]);
    expect(rows).toHaveLength(24 * 250);
    const variance = { n: 1_200_000, d: 767 };
    const outside = gaussianTail(121, variance);
    const z = fitZ(
      rows.map(({ value }) => value),
      -120,
      120,
      (x) => gaussianPmf(x, variance),
      [outside, outside],
    );
    expect(z).toBeLessThan(ONE_IN_A_MILLION);

    await debit(context.hub, scene.plans, [DAY]);
    expect(await ofLedger("spent_micro", scene.population, DAY)).toBe(600_000);
    expect(await ofLedger("spent_nano_rho", scene.population, DAY)).toBe(nanoRho(cost));
    expect(await ofLedger("spent_pico_delta", scene.population, DAY)).toBe(100_000);
    const debited = "SELECT delta_pico AS n FROM ledger.debit WHERE plan = $1";
    expect(await number(stage().hub, debited, [plan.number])).toBe(100_000);
  });

  test("is read from a city's configuration", async () => {
    // kills: a δ or a mechanism that the seed drops
    const raw = JSON.parse(readFileSync(new URL("../../../prisma/cities/sangmu.json", import.meta.url), "utf8"));
    const plan = raw.datasets[0].plans[0];
    Object.assign(plan, { mechanism: "GAUSSIAN", deltaPico: 100_000 });
    await applyCity(stage().addresses("madang").hub, parseCity(raw));
    const { rows } = await stage().hub.query(
      `SELECT mechanism, delta_pico, epsilon_micro, scale_numerator, scale_denominator, nano_rho FROM hub.plan
        WHERE dataset_id = $1 AND version = $2`,
      [raw.datasets[0].id, plan.version],
    );
    const planned = { ...cost, contributions: plan.bound, microEpsilon: plan.epsilonMicro };
    const mechanism = planMechanism(planned);
    expect(mechanism).toEqual({
      law: "GAUSSIAN",
      variance: { n: rows[0]?.scale_numerator, d: rows[0]?.scale_denominator },
    });
    expect(rows).toMatchObject([
      { mechanism: "GAUSSIAN", delta_pico: 100_000, epsilon_micro: plan.epsilonMicro, nano_rho: nanoRho(planned) },
    ]);
  });

  test.each([
    ["half the variance", "scale_numerator = scale_numerator / 2", "plan_scale"],
    ["noise of L = 1", "scale_numerator = scale_numerator / 24", "plan_scale"],
    ["an ε that its ρ exceeds", "epsilon_micro = 599881", "plan_scale"],
    ["a δ that its ρ exceeds", "delta_pico = 90000", "plan_scale"],
    ["no δ", "delta_pico = 0", "plan_scale"],
    ["the same numbers as Laplace noise", "mechanism = 'LAPLACE', delta_pico = 0", "plan_scale"],
    ["a Laplace scale of the right ε with a δ", "mechanism = 'LAPLACE', scale_numerator = 40, scale_denominator = 1", "plan_scale"], // biome-ignore format: a table
    [
      "pairs of places",
      "statistic = 'ORIGIN_DESTINATION', threshold = 12, additive = false, step = 'P1M'",
      "plan_sparse_laplace",
    ],
  ])("is refused by the database with %s", async (_name, change, constraint) => {
    // kills: a plan whose numbers only the code that saves it has compared
    const scene = await addScene(stage(), { live: false, plans: [FLOW] });
    const update = (set: string) => stage().hub.query(`UPDATE hub.plan SET ${set} WHERE number = $1`, [scene.plans[0]]);
    await expect(update(change)).rejects.toMatchObject({ code: "23514", constraint });
    await expect(update("epsilon_micro = 599882")).resolves.toBeDefined();
  });

  test("costs what the database itself finds for its ρ and δ", async () => {
    // kills: a conversion that is a little too cheap
    const pairs = Array.from({ length: 40 }, (_, at) => [
      Math.round(10 ** (1 + at / 5)),
      Math.round(10 ** (6 * ((at * 0.618) % 1))),
    ]);
    for (const [nano = 0, pico = 0] of pairs) {
      const sql = "SELECT ledger.micro_epsilon_of_rho($1, $2) AS n";
      expect([nano, pico, microEpsilonOfRho(nano, pico)]).toEqual([nano, pico, await number(stage().hub, sql, [nano, pico])]); // biome-ignore format: one line
    }
  });

  test("leaves a fifth of the day's δ, of which no debit spends more than 1e-6", async () => {
    // kills: δ that is written down and never refused
    await expect(
      addScene(stage(), {
        plans: [
          { ...FLOW, picoDelta: 400_001 },
          { ...FLOW, picoDelta: 400_000 },
        ],
      }),
    ).rejects.toMatchObject({ code: "MD013" });
    const scene = await addScene(stage(), { live: false, plans: [FLOW] });
    const spend = (pico: number) =>
      stage().hub.query(
        `INSERT INTO ledger.population_day (population, day, cap_micro, planned_micro, spent_pico_delta)
         VALUES ($1, $2, 2000000, 1600000, $3)
         ON CONFLICT (population, day) DO UPDATE SET spent_pico_delta = excluded.spent_pico_delta`,
        [scene.population, DAY, pico],
      );
    await spend(900_001);
    await expect(debit(context.hub, scene.plans, [DAY])).rejects.toMatchObject({
      code: "23514",
      constraint: "budget_not_overspent",
    });
    await spend(900_000);
    await debit(context.hub, scene.plans, [DAY]);
    expect(await ofLedger("spent_pico_delta", scene.population, DAY)).toBe(1_000_000);
  });

  test.each([
    [200_000, { version: 2, annotatedOnly: null }, 400_000],
    [600_000, { version: null, annotatedOnly: "RESERVE_EXHAUSTED" }, 600_000],
  ])(
    "of pico-δ %i is corrected at that δ again where the day bears it, else annotated",
    async (picoDelta, answer, spent) => {
      // kills: a correction whose δ nobody counts; Laplace noise in the correction of a Gaussian plan
      const of = await releasedYesterday(stage(), context, [{ ...HOURLY, picoDelta }]);
      const declared = await declareOutage(stage().hub, stage().edge, wishOf(of), Date.now());
      expect(declared).toMatchObject(answer);
      expect(await ofLedger("spent_pico_delta", of.scene.population, of.day)).toBe(spent);
      const { rows } = await stage().hub.query<{ mechanism: string; delta_pico: number }>(
        "SELECT mechanism, delta_pico FROM hub.plan WHERE corrects = $1",
        [of.plan],
      );
      expect(rows).toEqual(answer.version === null ? [] : [{ mechanism: "GAUSSIAN", delta_pico: picoDelta }]);
    },
  );
});
