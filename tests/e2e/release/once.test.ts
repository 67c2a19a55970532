import { addDays, dayBounds, windowOf, windowsOf } from "../../../core/time.ts";
import { freeze } from "../../../workers/release/freeze.ts";
import { releaseWindows } from "../../../workers/release/release-windows.ts";
import { debit, reserve, slotsOf } from "../../../workers/release/reserve.ts";
import { reconcile, resumeSlots } from "../../../workers/release/sweep.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { openContext } from "../../support/stage/context.ts";
import { drawOf, number, observations, slots } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import {
  addBatch,
  addScene,
  contribute,
  declareBackfill,
  endDay,
  loseReleases,
  type PlanWish,
  type Scene,
} from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";

const TRIPS: PlanWish = { statistic: "DEPARTURES", step: "PT1H", bound: 1, microEpsilon: 250_000, cells: 5 };
const DAY = "2026-06-01";
const { from } = dayBounds(DAY, "Asia/Seoul");

/** A history day that is open, with a few trips in its first hours. */
async function openDayOf(stage: Stage, context: ReturnType<typeof openContext>, plans: PlanWish[]): Promise<Scene> {
  const scene = await addScene(stage, { live: false, plans });
  const backfill = await declareBackfill(stage, scene, DAY, DAY);
  await addBatch(stage, scene, { day: DAY, backfill });
  await workDay(context, scene.population, DAY);
  const trips = Array.from({ length: 40 }, (_, i) => ({
    plan: scene.plans[0] ?? 0,
    window: from + (i % 4) * 3_600_000,
    cell: 1 + (i % 5),
    unit: `trip-${i}`,
  }));
  await contribute(stage, DAY, trips);
  return scene;
}

onStage("one debit, one draw, one vector", (stage) => {
  let context: ReturnType<typeof openContext>;
  beforeAll(() => {
    context = openContext(stage().addresses("madang_release"));
  });
  afterAll(() => context.close());

  const windowsFor = async (scene: Scene) => {
    const population = await context.catalogue.population(scene.population, 0);
    const plan = population?.plans[0];
    if (population === null || plan === undefined) throw new Error("the scene has a plan");
    const windows = windowsOf(dayBounds(DAY, "Asia/Seoul"), "PT1H", "Asia/Seoul").map((window) => ({ plan, window }));
    return { population, plan, windows };
  };

  test("two workers that race draw once and release the same values", async () => {
    // kills: drawing without the lock of the day and the key of the draw
    const scene = await openDayOf(stage(), context, [TRIPS]);
    await endDay(stage(), scene, DAY);
    const { population, plan, windows } = await windowsFor(scene);
    const waiting = await reserve(context.hub, slotsOf(windows));
    const frozen = await Promise.all([1, 2, 3, 4].map(() => freeze(context, population, DAY, waiting)));
    const sorted = frozen.map(({ vectors }) => vectors.toSorted((a, b) => a.slot.localeCompare(b.slot)));
    for (const vectors of sorted) expect(vectors).toEqual(sorted[0]);
    await Promise.all([1, 2, 3].map(() => releaseWindows(context, population, DAY, windows)));
    expect(await slots(stage(), plan.number, "COMMITTED")).toHaveLength(24);
    const drawn = await drawOf(stage(), scene, plan.number, from);
    expect((await observations(stage(), plan.number, from)).map(({ value }) => value)).toEqual(drawn?.values);
    expect(await number(stage().hub, "SELECT count(*) AS n FROM open.release WHERE plan = $1", [plan.number])).toBe(24);
  });

  test("another vector for a slot that is committed is refused, and the hub's stands", async () => {
    // kills: a commit that overwrites, or that answers as if it were the same
    const scene = await openDayOf(stage(), context, [TRIPS]);
    await endDay(stage(), scene, DAY);
    const { population, plan, windows } = await windowsFor(scene);
    await releaseWindows(context, population, DAY, windows);
    const [slot] = slotsOf(windows);
    const before = await observations(stage(), plan.number, from);
    const commit = (values: string) =>
      context.hub.query("SELECT open.commit_slot($1, '{1,2,3,4,5}', $2::integer[], '{f,f,f,f,f}')", [slot?.id, values]);
    await expect(commit("{1,1,1,1,99999}")).rejects.toMatchObject({ code: "MD001" });
    await expect(commit(`{${before.map(({ value }) => value).join(",")}}`)).resolves.toBeDefined();
    expect(await observations(stage(), plan.number, from)).toEqual(before);
  });

  test("values become visible at a multiple of the schedule after their commit", async () => {
    // kills: publication at commit, whose time would tell how long a release took
    const scene = await openDayOf(stage(), context, [{ ...TRIPS, scheduleSeconds: 300 }]);
    const { population, plan, windows } = await windowsFor(scene);
    await releaseWindows(context, population, DAY, windows);
    const { rows } = await stage().hub.query<{ at: number }>(
      "SELECT DISTINCT extract(epoch FROM published_at)::bigint AS at FROM open.release WHERE plan = $1",
      [plan.number],
    );
    expect(rows).toHaveLength(1);
    expect((rows[0]?.at ?? 1) % 300).toBe(0);
    expect((rows[0]?.at ?? 0) * 1000).toBeGreaterThan(Date.now() - 300_000);
  });

  test("a plan is debited once for a day however often it is opened, and an overspend is refused by the database", async () => {
    // kills: a debit for each window; a budget that code alone guards
    const scene = await openDayOf(stage(), context, [TRIPS]);
    await Promise.all([1, 2, 3].map(() => debit(context.hub, scene.plans, [DAY])));
    const spent = () =>
      number(stage().hub, "SELECT spent_micro AS n FROM ledger.population_day WHERE population = $1 AND day = $2", [
        scene.population,
        DAY,
      ]);
    expect(await spent()).toBe(250_000);
    const next = addDays(DAY, 1);
    await stage().hub.query(
      "INSERT INTO ledger.population_day (population, day, cap_micro, planned_micro) VALUES ($1, $2, 2000000, 249999)",
      [scene.population, next],
    );
    await expect(debit(context.hub, scene.plans, [next])).rejects.toMatchObject({
      code: "23514",
      constraint: "plans_leave_the_reserve",
    });
  });

  test("a slot needs the debit of its day", async () => {
    // kills: slots without a debit
    const scene = await addScene(stage(), { live: false, plans: [TRIPS] });
    const { windows } = await windowsFor(scene);
    await expect(reserve(context.hub, slotsOf(windows))).rejects.toMatchObject({ code: "23503" });
  });

  test("a day whose budget is spent is not opened, so that no row is taken for it", async () => {
    const scene = await addScene(stage(), { live: false, plans: [TRIPS] });
    const backfill = await declareBackfill(stage(), scene, DAY, DAY);
    await stage().hub.query(
      "INSERT INTO ledger.population_day (population, day, cap_micro, planned_micro) VALUES ($1, $2, 2000000, 1000)",
      [scene.population, DAY],
    );
    await addBatch(stage(), scene, { day: DAY, backfill });
    await workDay(context, scene.population, DAY);
    expect(
      await number(stage().edge, "SELECT count(*) AS n FROM edge.population_day WHERE population = $1", [
        scene.population,
      ]),
    ).toBe(0);
  });

  test("a hub restored from before the release gets the same values again, from the draws", async () => {
    // kills: a second draw after a restore
    const scene = await openDayOf(stage(), context, [TRIPS]);
    const plan = scene.plans[0] ?? 0;
    await endDay(stage(), scene, DAY);
    await workDay(context, scene.population, DAY);
    const before = await observations(stage(), plan, from);
    expect(before).toHaveLength(5);
    await loseReleases(stage(), plan);
    await reconcile(context);
    expect(await slots(stage(), plan, "COMMITTED")).toHaveLength(24);
    expect(await observations(stage(), plan, from)).toEqual(before);
  });

  test("a slot whose input and draw are both gone is abandoned: withheld with that reason, its debit kept", async () => {
    // kills: drawing noise on nothing as if it were a count
    const scene = await openDayOf(stage(), context, [TRIPS]);
    const plan = scene.plans[0] ?? 0;
    await endDay(stage(), scene, DAY);
    await workDay(context, scene.population, DAY);
    await loseReleases(stage(), plan);
    await stage().edge.query("DELETE FROM edge.draw");
    await reconcile(context);
    expect(await slots(stage(), plan, "ABANDONED")).toHaveLength(24);
    const seen = await observations(stage(), plan, from);
    expect(seen.map(({ withheld }) => withheld)).toEqual(Array(5).fill("SLOT_ABANDONED"));
    expect(await number(stage().hub, "SELECT count(*) AS n FROM ledger.debit WHERE plan = $1", [plan])).toBe(1);
  });

  test("slots left reserved are resumed by what stands: a draw is copied, a window that is not frozen waits for its rule", async () => {
    const scene = await openDayOf(stage(), context, [TRIPS]);
    const { population, plan, windows } = await windowsFor(scene);
    const [first, second] = slotsOf(windows);
    if (first === undefined || second === undefined) throw new Error("a day has windows");
    await reserve(context.hub, [first, second]);
    await freeze(context, population, DAY, [first]);
    await stage().hub.query("UPDATE ledger.slot SET reserved_at = now() - interval '1 minute' WHERE plan = $1", [
      plan.number,
    ]);
    await resumeSlots(context);
    expect(await slots(stage(), plan.number, "COMMITTED")).toEqual([first.window.from]);
    expect(await slots(stage(), plan.number, "RESERVED")).toEqual([second.window.from]);
    expect(await number(stage().edge, "SELECT count(*) AS n FROM edge.frozen WHERE slot = $1", [first.id])).toBe(0);
  });

  test("a day is sealed only when all that was drawn of it is in the hub", async () => {
    // kills: sealing with slots that are drawn and not copied
    const scene = await openDayOf(stage(), context, [TRIPS]);
    const { population, plan, windows } = await windowsFor(scene);
    await freeze(context, population, DAY, await reserve(context.hub, slotsOf(windows)));
    await endDay(stage(), scene, DAY);
    await workDay(context, scene.population, DAY);
    expect(await slots(stage(), plan.number, "COMMITTED")).toHaveLength(24);
  });

  test("the chunks of a day go when the last population that has it open seals it", async () => {
    // kills: chunks dropped under another population; chunks that stay
    const chunks = () =>
      number(
        stage().edge,
        "SELECT count(*) AS n FROM show_chunks('edge.contribution', newer_than => $1::date, older_than => $1::date + 1)",
        [DAY],
      );
    await stage().edge.query("UPDATE edge.population_day SET state = 'SEALED', sealed_at = now() WHERE state = 'OPEN'");
    const [one, two] = [await openDayOf(stage(), context, [TRIPS]), await openDayOf(stage(), context, [TRIPS])];
    for (const [scene, left] of [
      [one, 1],
      [two, 0],
    ] as const) {
      await endDay(stage(), scene, DAY);
      await workDay(context, scene.population, DAY);
      expect(await chunks()).toBe(left);
    }
  });

  test("a month sums the sealed days, is debited for each of its days, and its counts end with its draw", async () => {
    // kills: a month that debits one day; counts kept after the draw; a month released before its last day
    const month: PlanWish = { statistic: "DEPARTURES", step: "P1M", bound: 1, microEpsilon: 250_000, cells: 2 };
    const pairs: PlanWish = {
      statistic: "ORIGIN_DESTINATION",
      step: "P1M",
      bound: 1,
      microEpsilon: 500_000,
      cells: 3,
      threshold: 12,
    };
    const scene = await addScene(stage(), { live: false, plans: [month, pairs] });
    const [departures = 0, matrix = 0] = scene.plans;
    const days = ["2026-02-27", "2026-02-28"];
    const backfill = await declareBackfill(stage(), scene, days[0] ?? "", days[1] ?? "");
    const window = windowOf(dayBounds(days[0] ?? "", "Asia/Seoul").from, "P1M", "Asia/Seoul").from;
    for (const day of days) {
      await addBatch(stage(), scene, { day, backfill });
      await workDay(context, scene.population, day);
      const units = Array.from({ length: 500 }, (_, i) => `${day}-${i}`);
      await contribute(stage(), day, [
        ...units.map((unit) => ({ plan: departures, window, cell: 1, unit })),
        ...units.map((unit) => ({ plan: matrix, window, cell: 65_536 * 2 + 3, unit })),
      ]);
      expect(await slots(stage(), departures, "COMMITTED")).toEqual([]);
      await endDay(stage(), scene, day);
      await workDay(context, scene.population, day);
    }
    const [busy, empty] = await observations(stage(), departures, window);
    expect(Math.abs((busy?.value ?? 0) - 1000)).toBeLessThan(150);
    expect(Math.abs(empty?.value ?? 1000)).toBeLessThan(150);
    const seen = await observations(stage(), matrix, window);
    expect(seen.find(({ cell }) => cell === 65_536 * 2 + 3)?.value).toBeGreaterThan(900);
    expect(seen.every(({ value }) => (value ?? 0) >= 12)).toBe(true);
    expect(await number(stage().hub, "SELECT count(*) AS n FROM ledger.debit WHERE plan = $1", [departures])).toBe(28);
    expect(
      await number(stage().edge, "SELECT count(*) AS n FROM edge.day_count WHERE plan = ANY ($1)", [scene.plans]),
    ).toBe(0);
    await reconcile(context);
    expect(await observations(stage(), departures, window)).toEqual([busy, empty]);

    // A restored hub gets the month again from its draw, and gives it up where the draw and the counts are gone.
    const reserved = async () => {
      await loseReleases(stage(), departures);
      const population = await context.catalogue.population(scene.population, 0);
      const plan = population?.plans[0];
      if (plan === undefined) throw new Error("the scene has a plan");
      const end = windowOf(window, "P1M", "Asia/Seoul").to;
      await reserve(context.hub, slotsOf([{ plan, window: { from: window, to: end } }]));
      await stage().hub.query("UPDATE ledger.slot SET reserved_at = now() - interval '1 minute' WHERE plan = $1", [
        departures,
      ]);
    };
    await reserved();
    await resumeSlots(context);
    expect(await observations(stage(), departures, window)).toEqual([busy, empty]);
    await reserved();
    await stage().edge.query("DELETE FROM edge.draw");
    await resumeSlots(context);
    expect(await slots(stage(), departures, "ABANDONED")).toEqual([window]);
  });
});
