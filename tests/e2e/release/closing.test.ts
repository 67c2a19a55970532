import { setTimeout as sleep } from "node:timers/promises";
import { addDays, dayBounds, windowsOf } from "../../../core/time.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { noonToday } from "../../support/stage/clock.ts";
import { openContext } from "../../support/stage/context.ts";
import { number, observations, slots } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addBatch, addScene, beat, contribute, declareBackfill, endDay } from "../../support/stage/scene.ts";

const OCCUPANCY = { statistic: "OCCUPANCY", step: "PT10M", bound: 24, microEpsilon: 600_000, cells: 3 };
const FLOW = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 2 };
const HOUR = 3_600_000;

onStage("closing windows and days", (stage) => {
  const withContext = async (
    work: (context: ReturnType<typeof openContext>) => Promise<void>,
    destroyed?: string[],
  ) => {
    const context = openContext(stage().addresses("madang_release"), {
      destroyKey: async (population, day) => void destroyed?.push(`${population}.${day}`),
    });
    try {
      await work(context);
    } finally {
      await context.close();
    }
  };

  test("a batch that arrives in the last second of a window's grace is in it, however late it is processed", () =>
    withContext(async (context) => {
      // kills: a watermark at the window's end; a freeze that does not wait for the inbox
      const { timeZone, day, window } = noonToday();
      const scene = await addScene(stage(), { timeZone, plans: [OCCUPANCY] });
      const [plan = 0] = scene.plans;
      const batch = await addBatch(stage(), scene, { day, receivedAt: window.to + 59_000 });
      await workDay(context, scene.population, day);
      const before = await slots(stage(), plan, "COMMITTED");
      expect(before.at(-1)).toBe(window.from - 600_000);

      await contribute(stage(), day, [{ plan, window: window.from, cell: 2, unit: "late" }]);
      await stage().edge.query("UPDATE edge.batch SET state = 'DONE' WHERE id = $1", [batch]);
      await workDay(context, scene.population, day);
      expect(await slots(stage(), plan, "COMMITTED")).toContain(window.from);
      expect(await number(stage().edge, "SELECT count(*) AS n FROM edge.bounded WHERE plan = $1", [plan])).toBe(1);
      // kills: a freeze that does not say so, after which rows would come for windows that are released
      const last = (await slots(stage(), plan, "COMMITTED")).at(-1) ?? 0;
      const frozen = "SELECT extract(epoch FROM frozen_until) * 1000 AS n FROM edge.plan_day WHERE plan = $1";
      expect(await number(stage().edge, frozen, [plan])).toBe(last + 600_000);
    }));

  test("a batch received after the grace holds nothing up", () =>
    withContext(async (context) => {
      const { timeZone, day, window } = noonToday();
      const scene = await addScene(stage(), { timeZone, plans: [OCCUPANCY] });
      await addBatch(stage(), scene, { day, receivedAt: window.to + 60_000 });
      await workDay(context, scene.population, day);
      expect((await slots(stage(), scene.plans[0] ?? 0, "COMMITTED")).at(-1)).toBe(window.from);
    }));

  test("a window that is not over stays open", () =>
    withContext(async (context) => {
      const { timeZone, day } = noonToday();
      const scene = await addScene(stage(), { timeZone, plans: [OCCUPANCY] });
      await workDay(context, scene.population, day);
      const committed = await slots(stage(), scene.plans[0] ?? 0, "COMMITTED");
      expect((committed.at(-1) ?? 0) + 600_000 + 65_000).toBeLessThan(Date.now());
    }));

  test("history closes by its end-of-day marker alone, then the day is sealed and leaves no pseudonym", async () => {
    // kills: sealing without deleting; a key that outlives its day; a marker that closes while batches wait
    const destroyed: string[] = [];
    await withContext(async (context) => {
      const scene = await addScene(stage(), { live: false, plans: [FLOW, OCCUPANCY] });
      const [flow = 0] = scene.plans;
      const day = "2026-03-02";
      const { from } = dayBounds(day, "Asia/Seoul");
      const backfill = await declareBackfill(stage(), scene, day, "2026-03-05");
      await addBatch(stage(), scene, { day, backfill });
      await workDay(context, scene.population, day);
      const units = Array.from({ length: 9 }, (_, hour) => ({
        plan: flow,
        window: from + hour * HOUR,
        cell: 1,
        unit: "a",
      }));
      await contribute(stage(), day, units);
      await workDay(context, scene.population, day);
      expect(await slots(stage(), flow, "COMMITTED")).toEqual([]);

      await endDay(stage(), scene, day);
      // Another population has the day open: its chunks stay, so the rows must go one by one.
      const other = await addScene(stage(), { live: false, plans: [FLOW] });
      await addBatch(stage(), other, { day, backfill: await declareBackfill(stage(), other, day, day) });
      await workDay(context, other.population, day);
      await contribute(stage(), day, [{ plan: other.plans[0] ?? 0, window: from, cell: 1, unit: "b" }]);
      const straggler = await addBatch(stage(), scene, { day, backfill });
      await workDay(context, scene.population, day);
      expect(await slots(stage(), flow, "COMMITTED")).toEqual([]);

      await stage().edge.query("UPDATE edge.batch SET state = 'DONE' WHERE id = $1", [straggler]);
      await workDay(context, scene.population, day);
      expect(await slots(stage(), flow, "COMMITTED")).toHaveLength(24);
      const state = await stage().edge.query(
        "SELECT state, key_destroyed_at IS NOT NULL AS destroyed FROM edge.population_day WHERE population = $1",
        [scene.population],
      );
      expect(state.rows).toEqual([{ state: "SEALED", destroyed: true }]);
      const report = await stage().edge.query(
        "SELECT contributions, bounded_away FROM edge.day_report WHERE plan = $1 AND day = $2",
        [flow, day],
      );
      expect(report.rows).toEqual([{ contributions: 9, bounded_away: 3 }]);
      expect(
        await number(
          stage().edge,
          `SELECT (SELECT count(*) FROM edge.contribution WHERE plan = $1) + (SELECT count(*) FROM edge.bounded WHERE plan = $1) AS n`,
          [flow],
        ),
      ).toBe(0);
      expect(
        await number(stage().edge, "SELECT count(*) AS n FROM edge.contribution WHERE plan = $1", [other.plans[0]]),
      ).toBe(1);
      expect(destroyed).toEqual([`${scene.population}.${day}`]);
    }, destroyed);
  });

  test("a backfill that reaches now leaves today open: what is over closes at once, the rest lives on", () =>
    withContext(async (context) => {
      // kills: sealing today with its marker
      const { timeZone, day, midnight, window } = noonToday();
      const scene = await addScene(stage(), { timeZone, plans: [OCCUPANCY] });
      const [plan = 0] = scene.plans;
      const backfill = await declareBackfill(stage(), scene, addDays(day, -1), day);
      await addBatch(stage(), scene, { day, backfill });
      await workDay(context, scene.population, day);
      expect(await slots(stage(), plan, "COMMITTED")).toEqual([]);

      await endDay(stage(), scene, day);
      await workDay(context, scene.population, day);
      const past = windowsOf({ from: midnight, to: window.to }, "PT10M", timeZone).map(({ from }) => from);
      expect((await slots(stage(), plan, "COMMITTED")).slice(0, past.length)).toEqual(past);
      const state = await stage().edge.query("SELECT state FROM edge.population_day WHERE population = $1", [
        scene.population,
      ]);
      expect(state.rows).toEqual([{ state: "OPEN" }]);
    }));

  test("at most two days of a population are open: the third waits", () =>
    withContext(async (context) => {
      const scene = await addScene(stage(), { live: false, plans: [FLOW] });
      const backfill = await declareBackfill(stage(), scene, "2026-04-01", "2026-04-03");
      for (const day of ["2026-04-01", "2026-04-02", "2026-04-03"]) {
        await addBatch(stage(), scene, { day, backfill });
        await workDay(context, scene.population, day);
      }
      const open = () =>
        number(stage().edge, "SELECT count(*) AS n FROM edge.population_day WHERE population = $1", [scene.population]);
      expect(await open()).toBe(2);
      await endDay(stage(), scene, "2026-04-01");
      await workDay(context, scene.population, "2026-04-01");
      await workDay(context, scene.population, "2026-04-03");
      expect(await open()).toBe(3);
    }));

  test("a day is neither opened nor sealed while chunks of days are dropped", () =>
    withContext(async (context) => {
      // kills: a drop that takes the first rows of a population along, of a day that another has just sealed
      const scene = await addScene(stage(), { live: false, plans: [FLOW] });
      const day = "2026-04-10";
      const backfill = await declareBackfill(stage(), scene, day, day);
      await addBatch(stage(), scene, { day, backfill });
      const states = async () => {
        const { rows } = await stage().edge.query<{ state: string }>(
          "SELECT state FROM edge.population_day WHERE population = $1",
          [scene.population],
        );
        return rows.map(({ state }) => state);
      };
      const dropping = await stage().edge.connect();
      try {
        for (const [before, after] of [
          [[], ["OPEN"]],
          [["OPEN"], ["SEALED"]],
        ]) {
          await dropping.query("BEGIN; SELECT pg_advisory_xact_lock(7302, 0)");
          const work = workDay(context, scene.population, day);
          await sleep(300);
          expect(await states()).toEqual(before);
          await dropping.query("COMMIT");
          await work;
          expect(await states()).toEqual(after);
          await endDay(stage(), scene, day);
        }
      } finally {
        await dropping.query("ROLLBACK");
        dropping.release();
      }
    }));

  test("every public cell gets a row, also where nothing came; a silent device's cells are withheld", () =>
    withContext(async (context) => {
      // kills: rows for cells with contributions alone; silence read from the counts
      const { timeZone, day, window } = noonToday();
      const scene = await addScene(stage(), {
        timeZone,
        devices: ["heard", "silent"],
        plans: [
          { ...OCCUPANCY, cells: 4, watchedBy: (cell) => [null, "heard", "silent", "heard", null][cell] ?? null },
        ],
      });
      const [plan = 0] = scene.plans;
      await beat(stage(), scene, `${scene.slug}-heard`, [window.from + 1_000]);
      await beat(stage(), scene, `${scene.slug}-silent`, [window.from - 1, window.to]);
      const batch = await addBatch(stage(), scene, { day, receivedAt: window.from });
      await workDay(context, scene.population, day);
      await contribute(stage(), day, [{ plan, window: window.from, cell: 2, unit: "unseen" }]);
      await stage().edge.query("UPDATE edge.batch SET state = 'DONE' WHERE id = $1", [batch]);
      await workDay(context, scene.population, day);
      const seen = await observations(stage(), plan, window.from);
      expect(seen.map(({ cell, withheld }) => [cell, withheld])).toEqual([
        [1, null],
        [2, "FEED_SILENT"],
        [3, null],
        [4, null],
      ]);
      expect(seen.filter(({ value }) => Number.isInteger(value))).toHaveLength(3);
    }));

  test("a counter without a reading is withheld, one that read zero is not", () =>
    withContext(async (context) => {
      const plan = { statistic: "COUNTER", step: "PT1H", bound: 1, microEpsilon: 100_000, cells: 2 };
      const scene = await addScene(stage(), { live: false, plans: [plan] });
      const [counter = 0] = scene.plans;
      const day = "2026-05-01";
      const { from } = dayBounds(day, "Asia/Seoul");
      const backfill = await declareBackfill(stage(), scene, day, day);
      await addBatch(stage(), scene, { day, backfill });
      await workDay(context, scene.population, day);
      await stage().edge.query(
        "INSERT INTO edge.counter (day, plan, cell, window_start, value) VALUES ($1, $2, 1, to_timestamp($3::float8 / 1000), 0)",
        [day, counter, from],
      );
      await endDay(stage(), scene, day);
      await workDay(context, scene.population, day);
      expect((await observations(stage(), counter, from)).map(({ withheld }) => withheld)).toEqual([
        null,
        "FEED_SILENT",
      ]);
    }));
});
