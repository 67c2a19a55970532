import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { PREFIX, type Ticket } from "../../../runtime/queues.ts";
import { producerConnection } from "../../../runtime/redis.ts";
import { callLocal } from "../../../runtime/unix-http.ts";
import { lead } from "../../../workers/background/leader.ts";
import { recordsAt, storeRecords } from "../../../workers/background/records.ts";
import { sweepInbox } from "../../../workers/background/sweep.ts";
import { type House, openHouse } from "../../support/stage/house.ts";
import { number } from "../../support/stage/look.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { addBatch, addScene } from "../../support/stage/scene.ts";
import { until } from "../../support/wait.ts";

const PLAN = { statistic: "PRESENCE", step: "PT1H", bound: 6, microEpsilon: 600_000, cells: 1 };
const redisUrl = process.env.REDIS_URL;
const withRedis = redisUrl ? test : test.skip;
if (!redisUrl) process.stderr.write("skipped: the sweeper's tests: REDIS_URL not set\n");

onStage("the background worker", (stage) => {
  let hub: Pool;
  let edge: Pool;
  let house: House;
  beforeAll(async () => {
    const addresses = stage().addresses("madang_background");
    hub = createPool(addresses.hub, { name: "background" });
    edge = createPool(addresses.edge, { name: "background" });
    house = await openHouse();
  }, 30_000);
  afterAll(async () => {
    await Promise.all([hub.end(), edge.end()]);
    await house.close();
  });

  withRedis("enqueues again what waits in the inbox, and again after Redis was wiped", async () => {
    // kills: a sweeper that trusts the queue; one ticket for ever
    const redis = producerConnection(redisUrl ?? "", createLog("test", "silent"));
    // A queue of the test's own, beside that of a running hub.
    const queue = new Queue<Ticket, null>(`ingest-test-${process.pid}`, { connection: redis, prefix: PREFIX });
    await queue.waitUntilReady();
    const scene = await addScene(stage(), { plans: [PLAN] });
    const old = await addBatch(stage(), scene, { day: "2026-11-21", receivedAt: Date.now() - 3_000 });
    await addBatch(stage(), scene, { day: "2026-11-21" });
    await addBatch(stage(), scene, { day: "2026-11-21", receivedAt: Date.now() - 3_000, state: "DONE" });
    const sent = new Map<string, number>();
    const now = Date.now();
    expect(await sweepInbox(edge, queue, sent, now)).toBe(1);
    expect((await queue.getWaiting()).map((job) => job.data)).toEqual([{ id: old }]);
    expect(await sweepInbox(edge, queue, sent, now)).toBe(0);

    await queue.obliterate({ force: true });
    await sweepInbox(edge, queue, sent, now + 5_000);
    expect((await queue.getWaiting()).map((job) => job.data.id)).toContain(old);
    await queue.obliterate({ force: true });
    await queue.close();
    redis.disconnect();
  });

  test("stores each record of the keyring once, whoever stores it and however often", async () => {
    // kills: records doubled by a second copy or a restart; records lost behind the first page
    const key = { population: 1, day: "2026-01-01", backfill: true };
    await callLocal(house.publicSocket, "POST", "/public-key", key);
    await callLocal(house.controlSocket, "POST", "/destroy", { population: 1, day: "2026-01-01" });
    const read = recordsAt(house.controlSocket);
    const [last] = await Promise.all([storeRecords(hub, read, 0), storeRecords(hub, read, 0)]);
    await storeRecords(hub, read, 0);
    const { rows } = await stage().hub.query(
      `SELECT kind, detail ->> 'day' AS day FROM hub.processing_record WHERE kind <> 'KEY_ERASED'
        ORDER BY (detail ->> 'number')::integer`,
    );
    expect(rows).toEqual([
      { kind: "SIGNING_KEY", day: null },
      { kind: "KEY_CREATED", day: "2026-01-01" },
      { kind: "KEY_DESTROYED", day: "2026-01-01" },
      { kind: "DAY_PROCESSED", day: "2026-01-01" },
    ]);
    expect(last).toBeGreaterThanOrEqual(2);
  });

  test("has one leader among its copies, and another takes over when the database drops its connection", async () => {
    const terms: string[] = [];
    const leading = new Set<string>();
    const copy = (name: string) =>
      lead(
        hub,
        createLog("test", "silent"),
        async (signal) => {
          terms.push(name);
          leading.add(name);
          expect(leading.size).toBe(1);
          await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
          leading.delete(name);
        },
        () => {},
      );
    const copies = [copy("one"), copy("two")];
    await until("a copy leads", async () => leading.size === 1);
    await sleep(100);
    expect(terms).toHaveLength(1);
    await stage().hub.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7306
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await until("a copy leads again", async () => terms.length === 2 && leading.size === 1);
    await Promise.all(copies.map((one) => one.stop()));
    expect(leading.size).toBe(0);
  });

  test("may call retention and see what waits, and nothing else of the edge database", async () => {
    await expect(edge.query("SELECT edge.drop_expired()")).resolves.toBeDefined();
    for (const table of ["batch", "inbox", "contribution", "population_day"]) {
      await expect(edge.query(`SELECT FROM edge.${table}`)).rejects.toMatchObject({ code: "42501" });
    }
    expect(await number(stage().hub, "SELECT 1 AS n")).toBe(1);
  });
});
