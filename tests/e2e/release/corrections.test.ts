import { addDays } from "../../../core/time.ts";
import { declareOutage, previewOutage } from "../../../prisma/outages.ts";
import { slotId } from "../../../workers/release/slot-id.ts";
import { reconcile } from "../../../workers/release/sweep.ts";
import { workDay } from "../../../workers/release/work-day.ts";
import { openContext } from "../../support/stage/context.ts";
import { ending, openHouse } from "../../support/stage/house.ts";
import { number, observations, slots } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import {
  endLateness,
  HOUR,
  HOURLY,
  isSealed,
  releasedYesterday,
  sealYesterday,
  wishOf,
  type Yesterday,
} from "../../support/stage/outage.ts";
import { contribute } from "../../support/stage/scene.ts";
import type { Stage } from "../../support/stage/stage.ts";
import { until } from "../../support/wait.ts";

const SPENT = `SELECT spent_micro, corrected_micro FROM ledger.population_day WHERE population = $1 AND day = $2`;

const correctionOf = async ({ hub }: Stage, plan: number): Promise<number> =>
  number(hub, "SELECT number AS n FROM hub.plan WHERE corrects = $1 ORDER BY version DESC LIMIT 1", [plan]);

/** Everything that was released of a plan, as it stands. */
const released = async ({ hub }: Stage, plan: number) =>
  (
    await hub.query(
      `SELECT r.window_start, r.digest, r.log_index, r.published_at, o.cell, o.value, o.withheld
         FROM open.release r JOIN open.observation o USING (plan, window_start) WHERE plan = $1 ORDER BY 1, 5`,
      [plan],
    )
  ).rows;

/** 2000 units in a cell: far more than the noise. */
const crowd = (window: number, name: string) =>
  Array.from({ length: 2_000 }, (_, i) => ({ window, cell: 1, unit: `${name}-${i}` }));

/** As a hub restored from before the releases of a plan. */
async function loseReleases({ hub }: Stage, plan: number): Promise<void> {
  for (const table of ["open.observation", "open.release", "ledger.slot_debit", "ledger.slot"]) {
    await hub.query(`DELETE FROM ${table} WHERE plan = $1`, [plan]);
  }
}

onStage("an outage that is declared in public", (stage) => {
  let context: ReturnType<typeof openContext>;
  beforeAll(() => {
    context = openContext(stage().addresses("madang_release"));
  });
  afterAll(() => context.close());
  const declare = (of: Yesterday, hours?: [number, number]) =>
    declareOutage(stage().hub, stage().edge, wishOf(of, hours), Date.now());
  /** The worker looks at the day, and knows what was declared a moment ago. */
  const work = async ({ scene, day }: Pick<Yesterday, "scene" | "day">) => {
    await context.catalogue.population(scene.population, 0);
    await workDay(context, scene.population, day);
  };
  const late = async (of: Yesterday, plan: number, hour: number) =>
    contribute(
      stage(),
      of.day,
      crowd(hour, "late").map((row) => ({ ...row, plan, window: of.from + hour * HOUR })),
    );

  test("is corrected when its day is sealed, by what came in time and late, and what was released first stands", async () => {
    // kills: a correction that forgets what came in time; one that is frozen before the late rows come; one that rewrites
    const of = await releasedYesterday(stage(), context, [HOURLY], [...crowd(2, "on"), ...crowd(3, "on")]);
    const before = await released(stage(), of.plan);
    expect(await declare(of)).toMatchObject({ version: 2, annotatedOnly: null });
    await work(of);
    const correction = await correctionOf(stage(), of.plan);
    await work(of);
    const { rows: open } = await stage().edge.query("SELECT plan FROM edge.plan_day WHERE corrects = $1", [of.plan]);
    expect(open).toEqual([{ plan: correction }]);
    expect(await slots(stage(), correction, "COMMITTED")).toEqual([]);
    await late(of, correction, 3);
    await sealYesterday(stage(), context, of);

    expect(await slots(stage(), correction, "COMMITTED")).toEqual([of.from + 3 * HOUR, of.from + 4 * HOUR]);
    const [first] = await observations(stage(), of.plan, of.from + 3 * HOUR);
    const [second] = await observations(stage(), correction, of.from + 3 * HOUR);
    const [quiet] = await observations(stage(), correction, of.from + 4 * HOUR);
    expect(Math.abs((first?.value ?? 0) - 2_000)).toBeLessThan(800);
    expect(Math.abs((second?.value ?? 0) - 4_000)).toBeLessThan(800);
    expect(Math.abs(quiet?.value ?? 9_999)).toBeLessThan(800);
    expect(await released(stage(), of.plan)).toEqual(before);
    const { rows } = await stage().hub.query(SPENT, [of.scene.population, of.day]);
    expect(rows).toEqual([{ spent_micro: 500_000, corrected_micro: 250_000 }]);
    expect(
      await number(stage().edge, "SELECT count(*) AS n FROM edge.contribution WHERE plan = $1", [correction]),
    ).toBe(0);
  });

  test("bounds a unit in the correction by its own L, whatever the plan counted of it", async () => {
    // kills: a bound shared with the plan, under which the correction would lose what the plan has counted
    const hours = [0, 1, 2, 3, 4, 5, 6, 7];
    const units = hours.flatMap((window) => [{ window, cell: 1, unit: "busy" }]);
    const of = await releasedYesterday(stage(), context, [HOURLY], units);
    await declare(of, [0, 23]);
    await work(of);
    await sealYesterday(stage(), context, of);
    const kept = (plan: number) =>
      number(stage().edge, "SELECT contributions - bounded_away AS n FROM edge.day_report WHERE plan = $1", [plan]);
    expect(await kept(of.plan)).toBe(6);
    expect(await kept(await correctionOf(stage(), of.plan))).toBe(6);
  });

  test("is corrected with its plan's kind of noise, at an ε of its own, and its δ counts", async () => {
    // kills: a correction that forgets what its plan is, or spends its δ unseen
    const gaussian = { ...HOURLY, bound: 16, picoDelta: 100_000 };
    const of = await releasedYesterday(stage(), context, [gaussian], crowd(3, "on"));
    await declareOutage(stage().hub, stage().edge, { ...wishOf(of), epsilonMicro: 200_000 }, Date.now());
    await work(of);
    await sealYesterday(stage(), context, of);
    const correction = await correctionOf(stage(), of.plan);
    const { rows } = await stage().hub.query(
      `SELECT p.mechanism, p.epsilon_micro, p.delta_pico, d.spent_micro, d.spent_pico_delta
         FROM hub.plan p JOIN ledger.population_day d ON d.population = p.population_number AND d.day = $2
        WHERE p.number = $1`,
      [correction, of.day],
    );
    expect(rows).toEqual([
      {
        mechanism: "GAUSSIAN",
        epsilon_micro: 200_000,
        delta_pico: 100_000,
        spent_micro: 450_000,
        spent_pico_delta: 200_000,
      },
    ]);
    const [value] = await observations(stage(), correction, of.from + 3 * HOUR);
    expect(Math.abs((value?.value ?? 0) - 2_000)).toBeLessThan(1_500);
  });

  test("is corrected on its own day: the next one opens for the plan alone", async () => {
    // kills: a correction that takes part in every day, whose debit refused would keep the day closed
    const of = await releasedYesterday(stage(), context);
    await declare(of);
    const today = addDays(of.day, 1);
    await work({ scene: of.scene, day: today });
    const { rows } = await stage().edge.query("SELECT plan FROM edge.plan_day WHERE population = $1 AND day = $2", [
      of.scene.population,
      today,
    ]);
    expect(rows).toEqual([{ plan: of.plan }]);
  });

  test("stands as an annotation where the reserve does not bear its correction, and takes nothing", async () => {
    // kills: a correction that borrows from what plans may spend, or from the next day
    const of = await releasedYesterday(stage(), context);
    expect(await declare(of)).toMatchObject({ version: 2 });
    expect(await declare(of, [6, 7])).toEqual(expect.objectContaining({ version: 3 }));
    // 0.25 and 0.15: the reserve of 0.4 is gone
    expect(await declare(of, [8, 9])).toMatchObject({ version: null, annotatedOnly: "RESERVE_EXHAUSTED" });
    const { rows } = await stage().hub.query(SPENT, [of.scene.population, of.day]);
    expect(rows).toEqual([{ spent_micro: 650_000, corrected_micro: 400_000 }]);
    const leaves = await stage().hub.query<{ body: Record<string, unknown> }>(
      "SELECT body FROM open.published_leaf WHERE kind = 'OUTAGE' AND body ->> 'dataset' = $1 ORDER BY index",
      [of.dataset],
    );
    expect(leaves.rows.map(({ body }) => [body["annotatedOnly"], body["correction"]])).toEqual([
      [null, { version: 2, corrects: 1, epsilonMicro: 250_000 }],
      [null, { version: 3, corrects: 1, epsilonMicro: 150_000 }],
      ["RESERVE_EXHAUSTED", null],
    ]);
  });

  test("is declared twice at once: the reserve bears one correction, the other is an annotation", async () => {
    // kills: two debits that both looked before either was made; two plans of one version
    const of = await releasedYesterday(stage(), context);
    const wish = { ...wishOf(of), epsilonMicro: 250_000 };
    const both = await Promise.all([1, 2].map(() => declareOutage(stage().hub, stage().edge, wish, Date.now())));
    expect(both.map(({ annotatedOnly }) => annotatedOnly).sort()).toEqual(["RESERVE_EXHAUSTED", null]);
    const { rows } = await stage().hub.query(SPENT, [of.scene.population, of.day]);
    expect(rows).toEqual([{ spent_micro: 500_000, corrected_micro: 250_000 }]);
  });

  test("of a sealed day is refused a correction, and declared without one it is an annotation", async () => {
    // kills: late data that start a release of a sealed day
    const of = await releasedYesterday(stage(), context);
    await sealYesterday(stage(), context, of);
    await expect(declare(of)).rejects.toMatchObject({ code: "BAD_USER_INPUT", field: "correct" });
    expect(await number(stage().hub, "SELECT count(*) AS n FROM hub.outage WHERE dataset_id = $1", [of.dataset])).toBe(
      0,
    );
    const annotated = await declareOutage(stage().hub, stage().edge, { ...wishOf(of), correct: false }, Date.now());
    expect(annotated).toMatchObject({ version: null, annotatedOnly: "DAY_SEALED" });
  });

  test("declared just before its day is sealed is corrected, though the worker read the plans before", async () => {
    // kills: a day that is sealed by what the worker remembers
    const of = await releasedYesterday(stage(), context, [HOURLY], crowd(3, "on"));
    await endLateness(stage(), context, of.scene);
    await declare(of);
    await workDay(context, of.scene.population, of.day);
    expect(await isSealed(stage(), of.scene, of.day)).toBe(true);
    expect(await slots(stage(), await correctionOf(stage(), of.plan), "COMMITTED")).toHaveLength(2);
  });

  test("declared in the moment that its day is sealed is given up: the first version stands, the debit is kept", async () => {
    // kills: a correction of a day that is gone; one that waits for ever
    const of = await releasedYesterday(stage(), context);
    const preview = await previewOutage(stage().hub, stage().edge, wishOf(of), Date.now());
    await sealYesterday(stage(), context, of);
    const before = await released(stage(), of.plan);
    const open = { query: async () => ({ rows: [{ day: of.day }] }) } as unknown as Stage["edge"];
    expect(preview.annotatedOnly).toBeNull();
    await declareOutage(stage().hub, open, wishOf(of), Date.now());
    const correction = await correctionOf(stage(), of.plan);
    await context.catalogue.population(of.scene.population, 0);
    await reconcile(context);
    expect(await slots(stage(), correction, "ABANDONED")).toHaveLength(2);
    expect(await released(stage(), of.plan)).toEqual(before);
    expect(await number(stage().hub, "SELECT count(*) AS n FROM ledger.debit WHERE plan = $1", [correction])).toBe(1);
    const openIt = "SELECT edge.open_correction($1, $2, $3, $4, now(), now())";
    await expect(context.edge.query(openIt, [of.scene.population, of.day, correction, of.plan])).rejects.toMatchObject({
      code: "MD021",
    });
  });

  test("gets the same values again after the hub was restored from before their release", async () => {
    // kills: a second draw of a correction
    const of = await releasedYesterday(stage(), context, [HOURLY], crowd(3, "on"));
    await declare(of);
    await work(of);
    await sealYesterday(stage(), context, of);
    const correction = await correctionOf(stage(), of.plan);
    const values = (await released(stage(), correction)).map(({ cell, value, digest }) => ({ cell, value, digest }));
    expect(values).toHaveLength(4);
    await loseReleases(stage(), correction);
    await reconcile(context);
    expect((await released(stage(), correction)).map(({ cell, value, digest }) => ({ cell, value, digest }))).toEqual(
      values,
    );
  });

  test("leaves the windows of its plan to be found again where the hub was restored from before the declaration", async () => {
    // kills: a worker that stumbles over a plan that the hub knows no more, and copies nothing again
    const of = await releasedYesterday(stage(), context, [HOURLY], crowd(3, "on"));
    await declare(of);
    await work(of);
    await sealYesterday(stage(), context, of);
    const before = (await released(stage(), of.plan)).map(({ cell, value, digest }) => ({ cell, value, digest }));
    const correction = await correctionOf(stage(), of.plan);
    await loseReleases(stage(), of.plan);
    await loseReleases(stage(), correction);
    const { hub } = stage();
    await hub.query("DELETE FROM ledger.debit WHERE plan = ANY ($1)", [[of.plan, correction]]);
    await hub.query("DELETE FROM hub.partition WHERE plan_number = $1", [correction]);
    await hub.query("DELETE FROM hub.plan WHERE number = $1", [correction]);
    await context.catalogue.population(of.scene.population, 0);
    await reconcile(context);
    const after = (await released(stage(), of.plan)).map(({ cell, value, digest }) => ({ cell, value, digest }));
    expect(after).toEqual(before);
  });

  test.each([
    "correction.debited",
    "correction.opened",
    "reserve.done",
    "freeze.drawn",
    "freeze.committed",
    "commit.done",
  ] as const)(
    "survives a worker killed at %s: one debit, one draw, one vector, nothing counted twice",
    async (point) => {
      const house = await openHouse();
      try {
        const of = await releasedYesterday(stage(), context, [HOURLY], crowd(3, "on"));
        await declare(of);
        const addresses = stage().addresses("madang_release");
        const opens = point.startsWith("correction.");
        if (opens) expect(await ending(house.release(addresses, point))).toBe("SIGKILL");
        await until("the correction is open", async () => {
          await work(of);
          return (
            (await number(stage().edge, "SELECT count(*) AS n FROM edge.plan_day WHERE corrects = $1", [of.plan])) === 1
          );
        });
        const correction = await correctionOf(stage(), of.plan);
        await late(of, correction, 3);
        await endLateness(stage(), context, of.scene);
        if (!opens) expect(await ending(house.release(addresses, point))).toBe("SIGKILL");
        const draw = async () =>
          (
            await stage().edge.query("SELECT values FROM edge.draw WHERE slot = $1", [
              slotId(of.dataset, 2, of.from + 3 * HOUR),
            ])
          ).rows;
        const drawn = await draw();
        expect(drawn).toHaveLength(["freeze.committed", "commit.done"].includes(point) ? 1 : 0);
        const worker = house.release(addresses);
        await until("the day is sealed", () => isSealed(stage(), of.scene, of.day));
        worker.kill("SIGKILL");
        await ending(worker);
        const [vector] = await draw();
        if (drawn.length > 0) expect(vector).toEqual(drawn[0]);
        const seen = await observations(stage(), correction, of.from + 3 * HOUR);
        expect(seen.map(({ value }) => value)).toEqual(vector.values);
        expect(Math.abs((seen[0]?.value ?? 0) - 4_000)).toBeLessThan(800);
        expect(await slots(stage(), correction, "COMMITTED")).toHaveLength(2);
        expect(await number(stage().hub, "SELECT count(*) AS n FROM ledger.debit WHERE plan = $1", [correction])).toBe(
          1,
        );
      } finally {
        await house.close();
      }
    },
    60_000,
  );
});
