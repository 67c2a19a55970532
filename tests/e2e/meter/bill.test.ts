import { randomUUID } from "node:crypto";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { producerConnection } from "../../../runtime/redis.ts";
import { type Bill, billed, openBill } from "../../../server/meter/bill.ts";
import { createMeter } from "../../../server/meter/create.ts";
import type { Meter, Metered } from "../../../server/meter/meter.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { until } from "../../support/wait.ts";

// What one request does with the meter: units are kept for when a licence is opened, and counted before the answer ends.
onStage("The bill of a request", (stage) => {
  const log = createLog("meter", "silent");
  let pool: Pool;
  let meter: Meter;
  let end = () => {};
  beforeAll(async () => {
    pool = createPool(stage().addresses("madang_api").hub, { name: "meter", max: 2 });
    const redis = producerConnection(process.env["REDIS_URL"] ?? "", log, 1_000);
    end = () => redis.disconnect();
    await until("Redis answers", async () => (await redis.ping()) === "PONG");
    meter = createMeter({ redis, pool, log });
  });
  afterAll(async () => {
    end();
    await pool.end();
  });

  const licence = (quota: number): Metered => ({
    licence: randomUUID(),
    organization: randomUUID(),
    quota,
    timeZone: "Asia/Seoul",
  });
  const bill = (...licences: Metered[]): Bill =>
    openBill({
      meter,
      caller: { kind: "KEY", id: randomUUID() },
      find: async (id) => licences.find((one) => one.licence === id) ?? licence(0),
      operation: "query",
    });
  const recorded = async ({ licence: id }: Metered) =>
    (
      await stage().hub.query("SELECT id, dataset, units FROM meter.usage_event WHERE licence = $1 ORDER BY units", [
        id,
      ])
    ).rows;

  test("keeps what it may come to when its licence is opened, and counts the sum of all that it read", async () => {
    const own = licence(1_000);
    const request = bill(own);
    request.expect(300);
    await Promise.all([request.access.opened(own.licence), request.access.opened(own.licence)]);
    request.access.used(own.licence, "freight", 20);
    request.access.used(own.licence, "freight", 30);
    const settled = await request.settle();
    expect(settled).toMatchObject({ cost: { requested: 300, actual: 50, remaining: 950 } });
    expect(await recorded(own)).toEqual([{ id: settled?.ids[0], dataset: "freight", units: 50 }]);
    expect(await request.settle()).toBeNull();
  });

  test("is refused before anything is read when nothing is left, and never for open data", async () => {
    const own = licence(10);
    const request = bill(own);
    await request.access.opened(own.licence);
    request.access.used(own.licence, "freight", 10);
    await request.settle();
    const next = bill(own);
    next.expect(5);
    expect(await next.settle()).toBeNull();
    await expect(next.access.opened(own.licence)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    await expect(next.access.opened(own.licence)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await next.settle()).toBeNull();
  });

  test("costs nothing when nothing was read, or when it failed", async () => {
    const own = licence(10);
    const request = bill(own);
    request.expect(10);
    for (const used of [0, 10]) {
      await request.access.opened(own.licence);
      if (used > 0) request.access.used(own.licence, "freight", used);
      if (used > 0) await request.release();
      expect(await request.settle()).toBeNull();
    }
    await request.access.opened(own.licence);
    await request.release();
    expect(await recorded(own)).toEqual([]);
  });

  test("counts against each licence that was used, all or none", async () => {
    const [small, large] = [licence(10), licence(1_000)];
    const request = bill(small, large);
    const use = async (ofLarge: number, ofSmall: number) => {
      request.access.used(large.licence, "freight", ofLarge);
      request.access.used(small.licence, "buses", ofSmall);
      return request.settle();
    };
    expect(await use(100, 4)).toMatchObject({
      ids: [expect.any(String), expect.any(String)],
      cost: { actual: 104, remaining: 6 },
    });
    await use(100, 6);
    await expect(use(100, 1)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect((await recorded(large)).map(({ units }) => units)).toEqual([100, 100]);
    // Nothing is held any more: what is left can be used.
    request.access.used(large.licence, "freight", 800);
    await request.settle();
  });

  test("of a download is settled part by part before each is sent, and ends where the quota does", async () => {
    const own = licence(25);
    const request = bill(own);
    async function* parts(of: Bill) {
      await of.access.opened(own.licence);
      yield "head";
      for (let nth = 0; nth < 5; nth++) {
        of.access.used(own.licence, "freight", 10);
        yield `part ${nth}`;
      }
    }
    const sent: string[] = [];
    const download = async () => {
      for await (const part of (await billed(parts(request), request)).parts) sent.push(part);
    };
    await expect(download()).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(sent).toEqual(["head", "part 0", "part 1"]);
    expect((await recorded(own)).map(({ units }) => units)).toEqual([10, 10]);
    // What does not even allow the first part is an error before anything is sent, and holds nothing.
    const other = bill(own);
    await expect(billed(parts(other), other)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await (await meter.reserve(own, 5, { kind: "KEY", id: randomUUID() })).settle([])).toMatchObject({
      remaining: 5,
    });
  });
});
