import { randomInt } from "node:crypto";
import { assignSlots } from "../../../core/privacy/bound.ts";
import { dayBounds } from "../../../core/time.ts";
import { inTransaction } from "../../../runtime/postgres.ts";
import { count } from "../../../workers/release/freeze.ts";
import { openContext } from "../../support/stage/context.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addScene, type Contribution, contribute, pseudonym } from "../../support/stage/scene.ts";

const DAY = "2026-07-01";
const { from } = dayBounds(DAY, "Asia/Seoul");
const TEN = 600_000;

onStage("the bound on contributions", (stage) => {
  let context: ReturnType<typeof openContext>;
  beforeAll(() => {
    context = openContext(stage().addresses("madang_release"));
  });
  afterAll(() => context.close());

  async function planOf(bound: number) {
    const wish = { statistic: "OCCUPANCY", step: "PT10M", bound, microEpsilon: 600_000, cells: 20 };
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

  test.each([1, 2, 6])("of L = %i takes the rows that the reference takes, freeze after freeze", async (bound) => {
    // kills: a bound for each freeze instead of the day; one over all strata; rows in order of arrival
    const plan = await planOf(bound);
    const rows: Contribution[] = Array.from({ length: 600 }, () => ({
      plan: plan.number,
      window: from + TEN * randomInt(12),
      cell: 1 + randomInt(20),
      unit: `unit-${randomInt(25)}`,
      stratum: 0,
    })).map((row) => ({ ...row, stratum: row.window < from + 6 * TEN ? 0 : 1 }));
    await contribute(stage(), DAY, rows);
    for (const [first, until] of [
      [0, 1],
      [1, 7],
      [7, 12],
    ] as const) {
      await inTransaction(context.edge, (edge) =>
        count(edge, DAY, [{ plan, first: from + first * TEN, until: from + until * TEN }]),
      );
    }
    const reference = assignSlots(
      rows.map((row) => ({
        pseudonym: pseudonym(row.unit).toString("hex"),
        stratum: String(row.stratum),
        window: row.window,
        cell: String(row.cell).padStart(3, "0"),
      })),
      bound,
    ).map((row) => [row.pseudonym, row.stratum, row.window, Number(row.cell), row.slot + 1].join(" "));
    expect(await boundedRows(plan.number)).toEqual(reference.sort());
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
});
