import { dayBounds, windowOf } from "../../../core/time.ts";
import { callLocal } from "../../../runtime/unix-http.ts";
import { CRASH_POINTS } from "../../../workers/release/crash.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { openContext } from "../../support/stage/context.ts";
import { ending, type House, openHouse } from "../../support/stage/house.ts";
import { drawOf, number, observations, slots } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addBatch, addScene, contribute, declareBackfill, endDay, type PlanWish } from "../../support/stage/scene.ts";
import { until } from "../../support/wait.ts";

const DAY = "2026-08-31";
const { from } = dayBounds(DAY, "Asia/Seoul");
const HOUR = 3_600_000;
const month = windowOf(from, "P1M", "Asia/Seoul").from;
const HOURLY: PlanWish = { statistic: "DEPARTURES", step: "PT1H", bound: 1, microEpsilon: 250_000, cells: 4 };
const MONTHLY: PlanWish = { ...HOURLY, step: "P1M" };
/** Until then the counts of the hourly windows are drawn; before, they may be drawn after the restart. */
const DRAWN = CRASH_POINTS.slice(CRASH_POINTS.indexOf("freeze.committed"));

onStage("a release worker killed with −9", (stage) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  test.each(CRASH_POINTS)(
    "at %s: the next one finishes, with one debit, one draw and one vector a slot",
    async (point) => {
      // kills: drawing again after a crash; a second debit; a value that differs from the draw; exact counts, rows or
      // keys that outlive their day
      const addresses = stage().addresses("madang_release");
      const context = openContext(addresses);
      const scene = await addScene(stage(), { live: false, plans: [HOURLY, MONTHLY] });
      const [hourly = 0, monthly = 0] = scene.plans;
      const backfill = await declareBackfill(stage(), scene, DAY, DAY);
      await addBatch(stage(), scene, { day: DAY, backfill });
      await callLocal(house.publicSocket, "POST", "/public-key", {
        population: scene.population,
        day: DAY,
        backfill: true,
      });
      if (point === "open.debited") {
        expect(await ending(house.release(addresses, point))).toBe("SIGKILL");
        expect(await number(stage().hub, "SELECT count(*) AS n FROM ledger.debit WHERE plan = $1", [hourly])).toBe(1);
      }
      // The lock of the population is held until the server notices that its worker was killed.
      await until("the day is open", async () => {
        await workDay(context, scene.population, DAY);
        const days = "SELECT count(*) AS n FROM edge.population_day WHERE population = $1";
        return (await number(stage().edge, days, [scene.population])) === 1;
      });
      await contribute(
        stage(),
        DAY,
        Array.from({ length: 60 }, (_, i) => [
          { plan: hourly, window: from + (i % 6) * HOUR, cell: 1 + (i % 4), unit: `${i}` },
          { plan: monthly, window: month, cell: 1 + (i % 4), unit: `${i}` },
        ]).flat(),
      );
      await endDay(stage(), scene, DAY);
      if (point !== "open.debited") expect(await ending(house.release(addresses, point))).toBe("SIGKILL");
      const drawnBefore = await drawOf(stage(), scene, hourly, from);
      if (point !== "open.debited") expect(drawnBefore !== null).toBe(DRAWN.includes(point));

      const worker = house.release(addresses);
      await until("the day is sealed and its month released", async () => {
        const month = await slots(stage(), monthly, "COMMITTED");
        const sealed = await number(
          stage().edge,
          "SELECT count(*) AS n FROM edge.population_day WHERE population = $1 AND key_destroyed_at IS NOT NULL",
          [scene.population],
        );
        return sealed === 1 && month.length === 1;
      });
      await until(
        "no exact count is left",
        async () => (await number(stage().edge, "SELECT count(*) AS n FROM edge.frozen")) === 0,
      );
      worker.kill("SIGKILL");
      await ending(worker);

      const drawn = await drawOf(stage(), scene, hourly, from);
      if (drawnBefore !== null) expect(drawn).toEqual(drawnBefore);
      expect((await observations(stage(), hourly, from)).map(({ value }) => value)).toEqual(drawn?.values);
      expect(await slots(stage(), hourly, "COMMITTED")).toHaveLength(24);
      const count = (sql: string) => number(stage().hub, sql, [scene.plans]);
      expect(await count("SELECT count(*) AS n FROM open.release WHERE plan = ANY ($1)")).toBe(25);
      expect(await count("SELECT count(*) AS n FROM open.observation WHERE plan = ANY ($1)")).toBe(25 * 4);
      expect(await count("SELECT count(*) AS n FROM ledger.debit WHERE plan = ANY ($1)")).toBe(1 + 31);
      expect(
        await count(
          "SELECT spent_micro AS n FROM ledger.population_day d JOIN hub.plan p ON p.population_number = d.population AND p.number = ANY ($1) WHERE d.day = '2026-08-31' LIMIT 1",
        ),
      ).toBe(500_000);
      const left = await number(
        stage().edge,
        `SELECT (SELECT count(*) FROM edge.contribution WHERE plan = ANY ($1)) + (SELECT count(*) FROM edge.bounded WHERE plan = ANY ($1)) AS n`,
        [scene.plans],
      );
      expect(left).toBe(0);
      const answer = await callLocal(house.publicSocket, "POST", "/public-key", {
        population: scene.population,
        day: DAY,
        backfill: true,
      });
      expect(answer).toEqual({ status: 409, body: { code: "DAY_SEALED" } });
      await context.close();
    },
    60_000,
  );
});
