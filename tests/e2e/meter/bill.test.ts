import { randomUUID } from "node:crypto";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { producerConnection } from "../../../runtime/redis.ts";
import { type Bill, billed, openBill } from "../../../server/meter/bill.ts";
import { createMeter } from "../../../server/meter/create.ts";
import type { Meter, Metered } from "../../../server/meter/meter.ts";
import { onStage } from "../../support/stage/on-stage.ts";
import { until } from "../../support/wait.ts";

// What one request does with the meter: a key's own licence is kept for before it runs, a person's when it was used.
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
  const bill = (licences: Metered[], own: Metered | null): Bill =>
    openBill({
      meter,
      caller: { kind: own === null ? "PERSON" : "KEY", id: randomUUID() },
      own,
      find: (id) => licences.find((one) => one.licence === id) ?? licence(0),
      operation: "query",
    });
  const recorded = async ({ licence: id }: Metered) =>
    (
      await stage().hub.query("SELECT id, dataset, units FROM meter.usage_event WHERE licence = $1 ORDER BY units", [
        id,
      ])
    ).rows;

  test("of a key is kept for before it runs and counts the sum of all that it read", async () => {
    const own = licence(1_000);
    const request = bill([own], own);
    await request.begin(300);
    request.used(own.licence, "freight", 20);
    request.used(own.licence, "freight", 30);
    const settled = await request.settle();
    expect(settled).toMatchObject({ cost: { requested: 300, actual: 50, remaining: 950 } });
    expect(await recorded(own)).toEqual([{ id: settled?.ids[0], dataset: "freight", units: 50 }]);
  });

  test("is refused before anything runs when nothing is left", async () => {
    const own = licence(10);
    const request = bill([own], own);
    await request.begin(10);
    request.used(own.licence, "freight", 10);
    await request.settle();
    await expect(request.begin(1)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await request.settle()).toBeNull();
  });

  test("costs nothing when only open data were read, or when it failed", async () => {
    const own = licence(10);
    const request = bill([own], own);
    await request.begin(10);
    expect(await request.settle()).toMatchObject({ ids: [], cost: { actual: 0, remaining: 10 } });
    await request.begin(10);
    request.used(own.licence, "freight", 10);
    await request.release();
    expect(await request.settle()).toBeNull();
    await request.begin(10);
    await request.release();
    expect(await recorded(own)).toEqual([]);
  });

  test("of a person counts against each licence that was used, all or none", async () => {
    const [small, large] = [licence(10), licence(1_000)];
    const request = bill([small, large], null);
    await request.begin(500);
    request.used(large.licence, "freight", 100);
    request.used(small.licence, "buses", 4);
    expect(await request.settle()).toMatchObject({
      ids: [expect.any(String), expect.any(String)],
      cost: { actual: 104, remaining: 6 },
    });
    request.used(large.licence, "freight", 100);
    request.used(small.licence, "buses", 6);
    await request.settle();
    request.used(large.licence, "freight", 100);
    request.used(small.licence, "buses", 1);
    await expect(request.settle()).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect((await recorded(large)).map(({ units }) => units)).toEqual([100, 100]);
    // Nothing is held any more: what is left can be used.
    request.used(large.licence, "freight", 800);
    await request.settle();
  });

  test("of a download is settled part by part before each is sent, and ends where the quota does", async () => {
    const own = licence(25);
    const request = bill([own], own);
    async function* parts() {
      yield "head";
      for (let nth = 0; nth < 5; nth++) {
        request.used(own.licence, "freight", 10);
        yield `part ${nth}`;
      }
    }
    const sent: string[] = [];
    const download = async () => {
      for await (const part of billed(parts(), request)) sent.push(part);
    };
    await expect(download()).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(sent).toEqual(["head", "part 0", "part 1"]);
    expect((await recorded(own)).map(({ units }) => units)).toEqual([10, 10]);
  });
});
