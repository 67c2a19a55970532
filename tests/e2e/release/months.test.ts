import { dayBounds, windowOf } from "../../../core/time.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { openContext } from "../../support/stage/context.ts";
import { observations, slots } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addBatch, addScene, contribute, declareBackfill, endDay, type PlanWish } from "../../support/stage/scene.ts";

const MONTH: PlanWish = { statistic: "DEPARTURES", step: "P1M", bound: 1, microEpsilon: 250_000, cells: 1 };
const [BEFORE, LAST] = ["2026-02-27", "2026-02-28"] as const;

onStage("a month", (stage) => {
  let context: ReturnType<typeof openContext>;
  beforeAll(() => {
    context = openContext(stage().addresses("madang_release"));
  });
  afterAll(() => context.close());

  test("whose last day is sealed before the day before it is released with that one", async () => {
    // kills: looking for longer windows only when the last day of one is sealed
    const scene = await addScene(stage(), { live: false, plans: [MONTH] });
    const [plan = 0] = scene.plans;
    const backfill = await declareBackfill(stage(), scene, BEFORE, LAST);
    const window = windowOf(dayBounds(LAST, "Asia/Seoul").from, "P1M", "Asia/Seoul").from;
    for (const day of [BEFORE, LAST]) {
      await addBatch(stage(), scene, { day, backfill });
      await workDay(context, scene.population, day);
      const units = Array.from({ length: 500 }, (_, i) => `${day}-${i}`);
      await contribute(
        stage(),
        day,
        units.map((unit) => ({ plan, window, cell: 1, unit })),
      );
    }

    for (const day of [LAST, BEFORE]) {
      expect(await slots(stage(), plan, "COMMITTED")).toEqual([]);
      await endDay(stage(), scene, day);
      await workDay(context, scene.population, day);
    }
    expect(await slots(stage(), plan, "COMMITTED")).toEqual([window]);
    const [busy] = await observations(stage(), plan, window);
    expect(Math.abs((busy?.value ?? 0) - 1000)).toBeLessThan(150);
  });
});
