// The sample city of a running hub: its simulator has sent two weeks and goes on sending.
import { addDays, dayBounds, localDay } from "../../../core/time.ts";
import { loadCity } from "../../../prisma/cities/city.ts";
import { askHealth } from "../../../runtime/health.ts";
import { eventDayOf } from "../../../workers/simulator/history.ts";
import { value } from "../../support/databases.ts";
import { readEnvironment, scenario } from "../../support/environment.ts";
import { openHub } from "../../support/hub.ts";
import { until } from "../../support/wait.ts";

const LIMIT_MS = 180_000;

const found = readEnvironment();
const health = "missing" in found ? null : await askHealth(found.home, "simulator");
if (!("missing" in found) && health === null) {
  process.stderr.write("skipped: the sample city: this hub runs without its simulator\n");
}
const whenPlayed = health === null ? test.skip : test;

scenario("the sample city", (environment) => {
  const hub = openHub(environment);
  const config = loadCity("sangmu");
  afterAll(() => hub.close());

  const lastDay = () =>
    value<string>(hub.hub, "SELECT max(last_day) FROM hub.backfill WHERE city_id = 'sangmu'") as Promise<string>;

  whenPlayed(
    "is ready once its history is public",
    async () => {
      await until(
        "the simulator is ready",
        async () => (await askHealth(environment.home, "simulator"))?.state === "ready",
        {
          limitMs: 150_000,
        },
      );
      const today = await lastDay();
      const sealed = await value<number>(
        hub.edge,
        "SELECT count(*) FROM edge.population_day d WHERE state = 'SEALED' AND day < $1 AND population = ANY ($2)",
        [
          today,
          await value<number[]>(hub.hub, "SELECT array_agg(number) FROM hub.population WHERE city_id = 'sangmu'"),
        ],
      );
      expect(sealed).toBe(config.populations.length * config.historyDays);
    },
    LIMIT_MS,
  );

  whenPlayed(
    "everything it sent was taken",
    async () => {
      const { rows } = await hub.edge.query<{ reason: string | null; count: number }>(
        `SELECT coalesce(q.reason, b.reason) AS reason, count(*) AS count FROM edge.batch b
         LEFT JOIN edge.quarantine q ON q.batch = b.id
        WHERE b.device LIKE 'sangmu-%' AND (b.state = 'QUARANTINED' OR q.batch IS NOT NULL) GROUP BY 1`,
      );
      expect(rows).toEqual([]);
    },
    LIMIT_MS,
  );

  whenPlayed(
    "no window of its history is withheld: its poles were heard",
    async () => {
      const withheld = await value<number>(
        hub.hub,
        `SELECT count(*) FROM open.observation o JOIN hub.plan p ON p.number = o.plan JOIN hub.dataset d ON d.id = p.dataset_id
        WHERE d.city_id = 'sangmu' AND o.withheld IS NOT NULL AND o.window_start < $1`,
        [new Date(dayBounds(await lastDay(), config.timeZone).from)],
      );
      expect(withheld).toBe(0);
    },
    LIMIT_MS,
  );

  whenPlayed(
    "one night the event square was dangerously full, as the released values say",
    async () => {
      const day = eventDayOf(await lastDay());
      const from = dayBounds(day, config.timeZone).from;
      const { rows } = await hub.hub.query<{ at: number; density: number }>(
        `SELECT extract(epoch FROM o.window_start) * 1000 AS at, o.value / z.area_m2 AS density
         FROM open.observation o JOIN hub.partition q ON q.plan_number = o.plan AND q.cell = o.cell
         JOIN hub.zone z ON z.id = q.zone_id JOIN hub.plan p ON p.number = o.plan
        WHERE p.dataset_id = 'sangmu-plaza-crowd' AND z.slug = 'hanmadang'
          AND o.window_start >= $1 AND o.window_start < $2 ORDER BY o.window_start`,
        [new Date(from), new Date(dayBounds(addDays(day, 1), config.timeZone).from)],
      );
      const peak = rows.reduce((best, row) => (Number(row.density) > Number(best.density) ? row : best));
      expect(Number(peak.density)).toBeGreaterThan(6);
      const hour = (Number(peak.at) - from) / 3_600_000;
      expect(hour).toBeGreaterThan(20);
      expect(hour).toBeLessThan(23);
      expect(Number(rows[60]?.density)).toBeLessThan(1);
      expect(Number(rows.at(-1)?.density)).toBeLessThan(1);
    },
    LIMIT_MS,
  );

  whenPlayed(
    "it goes on: live batches of today come in",
    async () => {
      const today = localDay(Date.now(), config.timeZone);
      const live = () =>
        value<number>(
          hub.edge,
          "SELECT count(*) FROM edge.batch WHERE device LIKE 'sangmu-%' AND backfill IS NULL AND key_day = $1",
          [today],
        );
      const before = await live();
      await until("more live batches", async () => (await live()) > before, { limitMs: 30_000, everyMs: 500 });
    },
    LIMIT_MS,
  );

  whenPlayed(
    "started again it continues: its history is not sent twice",
    async () => {
      const history = () =>
        value<number>(
          hub.edge,
          "SELECT count(*) FROM edge.batch WHERE device LIKE 'sangmu-%' AND backfill IS NOT NULL",
        );
      const before = await history();
      await hub.processes.stop("simulator");
      await hub.processes.start("simulator");
      await until("ready again", async () => (await askHealth(environment.home, "simulator"))?.state === "ready", {
        limitMs: 60_000,
      });
      expect(await history()).toBe(before);
    },
    LIMIT_MS,
  );

  whenPlayed(
    "what its devices saw while the intake was away arrives afterwards",
    async () => {
      const sent = (since: Date) =>
        value<number>(
          hub.edge,
          `SELECT count(DISTINCT h.at) FROM edge.heartbeat h WHERE h.device = 'sangmu-pole-01' AND h.feed = 'sangmu-people'
              AND h.at >= $1`,
          [since],
        );
      const away = new Date(Math.floor(Date.now() / 60_000) * 60_000);
      await hub.processes.stop("intake");
      try {
        await until(
          "the simulator notices",
          async () => (await askHealth(environment.home, "simulator"))?.state === "degraded",
          {
            limitMs: 60_000,
          },
        );
        // A heartbeat a minute: one falls into a pause of a minute.
        await new Promise((resolve) => setTimeout(resolve, 61_000));
      } finally {
        await hub.processes.start("intake");
      }
      const minutes = Math.floor((Date.now() - 5_000 - away.getTime()) / 60_000);
      await until("every minute has its heartbeat", async () => (await sent(away)) >= minutes, { limitMs: 60_000 });
      await until(
        "the simulator is well again",
        async () => (await askHealth(environment.home, "simulator"))?.state === "ready",
        {
          limitMs: 60_000,
        },
      );
    },
    LIMIT_MS,
  );
});
