import { randomInt } from "node:crypto";
import { assignSlots } from "../../../core/privacy/bound.ts";
import { stratumOf } from "../../../core/privacy/daypart.ts";
import { dayBounds } from "../../../core/time.ts";
import { inTransaction } from "../../../runtime/postgres.ts";
import { count } from "../../../workers/release/freeze.ts";
import { openContext } from "../../support/stage/context.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addScene, type Contribution, contribute, type PlanWish, pseudonym } from "../../support/stage/scene.ts";

const DAY = "2026-07-01";
const { from } = dayBounds(DAY, "Asia/Seoul");
const TEN = 600_000;
const HOUR = 3_600_000;

onStage("the bound on contributions", (stage) => {
  let context: ReturnType<typeof openContext>;
  beforeAll(() => {
    context = openContext(stage().addresses("madang_release"));
  });
  afterAll(() => context.close());

  async function planOf(bound: number, more: Partial<PlanWish> = {}) {
    const wish = { statistic: "OCCUPANCY", step: "PT10M", bound, microEpsilon: 600_000, cells: 20, ...more };
    const scene = await addScene(stage(), { plans: [wish] });
    const plan = (await context.catalogue.population(scene.population, 0))?.plans[0];
    if (plan === undefined) throw new Error("the scene has a plan");
    return plan;
  }

  const boundedRows = async (plan: number) => {
    const { rows } = await stage().edge.query<{ row: string }>(
      `SELECT concat_ws(' ', encode(pseudonym, 'hex'), stratum, floor(extract(epoch FROM window_start) * 1000)::bigint, cell, slot) AS row
         FROM edge.bounded WHERE plan = $1 ORDER BY 1`,
      [plan],
    );
    return rows.map(({ row }) => row);
  };

  test.each<{ bound: number; dayparts: [number, number][] }>([
    { bound: 1, dayparts: [] },
    { bound: 2, dayparts: [] },
    { bound: 6, dayparts: [] },
    { bound: 3, dayparts: [[0, 1], [9, 2]] }, // biome-ignore format: a table
    { bound: 6, dayparts: [[0, 1], [9, 2], [17, 3]] }, // biome-ignore format: a table
  ])("of $bound in parts $dayparts takes the rows that the reference takes, freeze after freeze", async (wish) => {
    // kills: a bound for each freeze instead of the day; one over all strata; rows in order of arrival
    const plan = await planOf(wish.bound, { statistic: "PRESENCE", step: "PT1H", dayparts: wish.dayparts });
    const hours = wish.dayparts.map(([fromHour]) => fromHour);
    const rows: Contribution[] = Array.from({ length: 800 }, () => {
      const hour = randomInt(24);
      return {
        plan: plan.number,
        window: from + HOUR * hour,
        cell: 1 + randomInt(20),
        unit: `unit-${randomInt(25)}`,
        stratum: stratumOf(hours, hour),
      };
    });
    await contribute(stage(), DAY, rows);
    for (const [first, until] of [
      [0, 1],
      [1, 10],
      [10, 18],
      [18, 24],
    ] as const) {
      await inTransaction(context.edge, (edge) =>
        count(edge, DAY, [{ plan, first: from + first * HOUR, until: from + until * HOUR }]),
      );
    }
    const reference = assignSlots(
      rows.map((row) => ({
        pseudonym: pseudonym(row.unit).toString("hex"),
        stratum: row.stratum ?? 0,
        window: row.window,
        cell: String(row.cell).padStart(3, "0"),
      })),
      plan.bounds,
    ).map((row) => [row.pseudonym, row.stratum, row.window, Number(row.cell), row.slot + 1].join(" "));
    expect(await boundedRows(plan.number)).toEqual(reference.sort());
    const { rows: most } = await stage().edge.query<{ whole: number; part: number }>(
      `SELECT (SELECT max(n) FROM (SELECT count(*) AS n FROM edge.bounded WHERE plan = $1 GROUP BY pseudonym) AS u) AS whole,
              (SELECT max(n) FROM (SELECT count(*) - ($2::integer[])[stratum + 1] AS n FROM edge.bounded WHERE plan = $1
                                    GROUP BY pseudonym, stratum) AS p) AS part`,
      [plan.number, plan.bounds],
    );
    expect(most[0]?.whole).toBeLessThanOrEqual(wish.bound);
    expect(most[0]?.part).toBe(0);
  });

  test("by daypart leaves the evening its places after a busy morning; without it nothing is left", async () => {
    // kills: a split that bounds the whole day alone
    const dayparts = [[0, 1], [9, 2], [17, 3]] as const; // biome-ignore format: a table
    const split = await planOf(6, { statistic: "PRESENCE", step: "PT1H", dayparts });
    const whole = await planOf(6, { statistic: "PRESENCE", step: "PT1H" });
    const busy = (plan: number, strata: readonly number[]) =>
      Array.from({ length: 100 }, (_, unit) =>
        [7, 8, 10, 11, 12, 13, 18, 19, 20].map((hour) => ({
          plan,
          window: from + hour * HOUR,
          cell: 3,
          unit: `busy-${unit}`,
          stratum: stratumOf(strata, hour),
        })),
      ).flat();
    await contribute(stage(), DAY, [...busy(split.number, [0, 9, 17]), ...busy(whole.number, [])]);
    const counts = async (plan: typeof split) => {
      const stretch = { plan, first: from, until: from + 24 * HOUR };
      const of = await inTransaction(context.edge, (edge) => count(edge, DAY, [stretch]));
      return [8, 10, 11, 12, 18, 20].map((hour) => of(plan.number, from + hour * HOUR).get(3) ?? 0);
    };
    expect(await counts(split)).toEqual([0, 100, 100, 0, 100, 100]);
    expect(await counts(whole)).toEqual([100, 100, 100, 100, 0, 0]);
  });

  test("keeps a static crowd of four hours whole: all 24 windows of ten minutes", async () => {
    // kills: a bound that takes the first windows of a day and lets an evening's level fall
    const plan = await planOf(24);
    const crowd = Array.from({ length: 100 }, (_, unit) =>
      Array.from({ length: 24 }, (_, window) => ({
        plan: plan.number,
        window: from + window * TEN,
        cell: 5,
        unit: `still-${unit}`,
      })),
    ).flat();
    await contribute(stage(), DAY, crowd);
    for (let window = 0; window < 24; window++) {
      const start = from + window * TEN;
      const countsOf = await inTransaction(context.edge, (edge) =>
        count(edge, DAY, [{ plan, first: start, until: start + TEN }]),
      );
      expect(countsOf(plan.number, start).get(5)).toBe(100);
    }
  });

  test("is held by the database itself: a slot beyond L, or a second row in a cell, is refused", async () => {
    const insert = (slot: number, cell: number) =>
      context.edge.query(
        `INSERT INTO edge.bounded (day, plan, pseudonym, stratum, slot, bound, cell, window_start)
         VALUES ('2026-07-02', 999, decode(repeat('ab', 16), 'hex'), 0, $1, 2, $2, '2026-07-02')`,
        [slot, cell],
      );
    await insert(1, 1);
    await expect(insert(3, 2)).rejects.toMatchObject({ code: "23514" });
    await expect(insert(1, 2)).rejects.toMatchObject({ code: "23505" });
    await expect(insert(2, 1)).rejects.toMatchObject({ code: "23505" });
  });

  test("holds the whole L over all parts of a day, whatever part a row claims to be of", async () => {
    // kills: slot_once with the stratum in it, which lets every part take the plan's L
    const insert = (stratum: number, slot: number) =>
      context.edge.query(
        `INSERT INTO edge.bounded (day, plan, pseudonym, stratum, slot, bound, cell, window_start)
         VALUES ('2026-07-02', 998, decode(repeat('ab', 16), 'hex'), $1::smallint, $2::smallint, 2, $1::integer * 10 + $2::integer, '2026-07-02')`,
        [stratum, slot],
      );
    await insert(0, 1);
    await insert(1, 2);
    await expect(insert(2, 1)).rejects.toMatchObject({
      code: "23505",
      constraint: expect.stringContaining("slot_once"),
    });
    await expect(insert(2, 3)).rejects.toMatchObject({ code: "23514" });
  });

  test.each([
    ["parts that do not sum to L", "PRESENCE", "PT1H", "{0,9}", "{1,6}"],
    ["a first part that begins later", "PRESENCE", "PT1H", "{1,9}", "{1,5}"],
    ["parts out of order", "PRESENCE", "PT1H", "{0,17,9}", "{1,2,3}"],
    ["a part without an L", "PRESENCE", "PT1H", "{0,9,17}", "{1,5}"],
    ["an empty part", "PRESENCE", "PT1H", "{0,9,17}", "{0,2,4}"],
    ["no list", "PRESENCE", "PT1H", "{NULL,9}", "{1,5}"],
    ["an occupancy that is split", "OCCUPANCY", "PT10M", "{0,9}", "{1,5}"],
    ["a counter that is split", "COUNTER", "PT1H", "{0,9}", "{1,5}"],
    ["a day that is split", "PRESENCE", "P1D", "{0,9}", "{1,5}"],
  ])("the hub refuses a plan with %s", async (_, statistic, step, hours, bounds) => {
    const scene = await addScene(stage(), {
      plans: [{ statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 1 }],
    });
    const change = stage().hub.query(
      `UPDATE hub.plan SET statistic = $2::hub."Statistic", step = $3, daypart_hours = $4, daypart_bounds = $5 WHERE number = $1`,
      [scene.plans[0], statistic, step, hours, bounds],
    );
    await expect(change).rejects.toMatchObject({ code: "23514", constraint: "plan_dayparts" });
  });
});
