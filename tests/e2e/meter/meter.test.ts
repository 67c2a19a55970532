import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { producerConnection } from "../../../runtime/redis.ts";
import { createMeter } from "../../../server/meter/create.ts";
import type { Caller, Meter, Metered, Usage } from "../../../server/meter/meter.ts";
import { value } from "../../support/databases.ts";
import { onStage } from "../../support/stage/on-stage.ts";

// The meter of two servers on one Redis and one PostgreSQL, with the rights of their role.
onStage("The meter", (stage) => {
  const log = createLog("meter", "silent");
  const closing: (() => Promise<unknown>)[] = [];
  let clock = 0;
  let redisUrl = "";
  let admin: Redis;
  let pool: Pool;
  const open = (url = redisUrl): Meter => {
    const redis = producerConnection(url, log, 1_000);
    const meter = createMeter({ redis, pool, log, now: () => Date.now() + clock });
    closing.push(async () => redis.disconnect());
    return meter;
  };
  let one: Meter;
  let two: Meter;

  beforeAll(async () => {
    redisUrl = process.env["REDIS_URL"] ?? "";
    admin = new Redis(redisUrl);
    pool = createPool(stage().addresses("madang_api").hub, { name: "meter", max: 4 });
    one = open();
    two = open();
    // A producer's connection fails at once while it is not there: it is waited for here alone.
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await pool.end();
    admin.disconnect();
  });

  const licence = (quota: number): Metered => ({
    licence: randomUUID(),
    organization: randomUUID(),
    quota,
    timeZone: "Asia/Seoul",
  });
  const key = (): Caller => ({ kind: "KEY", id: randomUUID() });
  const query = (units: number): Usage[] => [{ dataset: "sangmu-freight", operation: "query", units }];
  const recorded = (metered: Metered) =>
    value<number>(stage().hub, "SELECT coalesce(sum(units), 0)::bigint FROM meter.usage_event WHERE licence = $1", [
      metered.licence,
    ]);
  const different = () => value<number>(stage().hub, "SELECT count(*) FROM meter.difference");
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "OK",
      (error: { code?: string; name?: string }) => error.code ?? error.name ?? "?",
    );
  /** Reserves and settles; answers OK or the code of the refusal. */
  const use = (meter: Meter, metered: Metered, estimate: number, units: number, caller: Caller) =>
    codeOf(meter.reserve(metered, estimate, caller).then((kept) => kept.settle(query(units))));

  test("counts what was answered, not what was estimated, and says what remains and when it begins anew", async () => {
    const metered = licence(1_000);
    const kept = await one.reserve(metered, 400, key());
    const cost = await kept.settle([
      ...query(40),
      ...query(2),
      { dataset: "sangmu-freight", operation: "export", units: 8 },
    ]);
    expect(cost).toMatchObject({ requested: 400, actual: 50, remaining: 950 });
    expect(cost.resetAt).toMatch(/T15:00:00Z$/);
    const { rows } = await stage().hub.query(
      "SELECT id, source, units FROM meter.usage_event WHERE licence = $1 ORDER BY units",
      [metered.licence],
    );
    expect(rows).toEqual([
      { id: kept.id, source: "/datasets/sangmu-freight/export", units: 8 },
      { id: kept.id, source: "/datasets/sangmu-freight/query", units: 42 },
    ]);
  });

  test("costs a unit when nothing was found, and nothing when it was given back or no licence was needed", async () => {
    const metered = licence(10);
    await (await one.reserve(metered, 5, key())).settle(query(0));
    expect(await recorded(metered)).toBe(1);
    await (await one.reserve(metered, 5, key())).release();
    expect(await (await two.reserve(metered, 5, key())).settle([])).toMatchObject({ actual: 0 });
    expect(await recorded(metered)).toBe(1);
  });

  test("is used to the last unit and not one further, and says how to get more", async () => {
    const metered = licence(100);
    const caller = key();
    expect(await use(one, metered, 60, 60, caller)).toBe("OK");
    // 41 would be one too many: nothing of it is counted, and what is left can still be used.
    expect(await use(one, metered, 20, 41, caller)).toBe("QUOTA_EXCEEDED");
    expect(await use(two, metered, 200, 40, caller)).toBe("OK");
    const refused = await one.reserve(metered, 1, caller).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "QUOTA_EXCEEDED",
      detail: expect.stringMatching(/quota of 100 units .* begins anew at \d{4}-\d\d-\d\dT15:00:00Z/),
      fix: expect.stringContaining(`/licences/${metered.licence}`),
    });
    expect((refused as { retryAfter: number }).retryAfter).toBeGreaterThan(0);
    expect(await recorded(metered)).toBe(100);
    expect(await use(one, licence(0), 1, 1, caller)).toBe("QUOTA_EXCEEDED");
  });

  test("is not overshot by many requests at once through two servers and two keys", async () => {
    const metered = licence(1_000);
    const callers = [key(), key()];
    const attempt = async (nth: number): Promise<string> => {
      for (let tries = 0; tries < 200; tries++) {
        const caller = callers[nth % 2] ?? key();
        // Half of them say much less than they use.
        const answer = await use(nth % 3 === 0 ? one : two, metered, nth % 2 === 0 ? 7 : 1, 7, caller);
        if (answer !== "RATE_LIMITED") return answer;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return "RATE_LIMITED";
    };
    const answers = await Promise.all(Array.from({ length: 300 }, (_, nth) => attempt(nth)));
    const answered = answers.filter((answer) => answer === "OK").length;
    expect(new Set(answers)).toEqual(new Set(["OK", "QUOTA_EXCEEDED"]));
    // 142 answers of 7 fit into 1 000; at the very end one that is 6 short is refused.
    expect(answered).toBe(142);
    expect(await recorded(metered)).toBe(994);
  });

  test("lets no caller hold the whole of what is left while another of the licence asks", async () => {
    const metered = licence(1_000);
    const [greedy, polite] = [key(), key()];
    expect(await use(one, metered, 1, 1, polite)).toBe("OK");
    const held = [await one.reserve(metered, 300, greedy)];
    expect(await codeOf(two.reserve(metered, 300, greedy))).toBe("RATE_LIMITED");
    held.push(await two.reserve(metered, 300, polite));
    // Alone, it may hold all.
    const alone = licence(1_000);
    for (let nth = 0; nth < 3; nth++) held.push(await one.reserve(alone, 300, greedy));
    await Promise.all(held.map((reservation) => reservation.release()));
  });

  test("refuses units that are negative, fractional or beyond counting, and counts a reservation once", async () => {
    const metered = licence(1_000);
    for (const units of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 41]) {
      expect(await codeOf(one.reserve(metered, units, key()))).toBe("TypeError");
      const kept = await one.reserve(metered, 10, key());
      expect(await codeOf(kept.settle(query(units)))).toBe("TypeError");
      await kept.release();
    }
    expect(
      await codeOf(one.reserve(metered, 10, key()).then((kept) => kept.settle([...query(50), ...query(-49)]))),
    ).toBe("TypeError");
    const kept = await one.reserve(metered, 10, key());
    const [first, second] = await Promise.all([kept.settle(query(10)), kept.settle(query(500))]);
    expect(second).toEqual(first);
    await kept.release();
    const released = await one.reserve(metered, 10, key());
    await released.release();
    expect(await codeOf(released.settle(query(10)))).toBe("TypeError");
    expect(await recorded(metered)).toBe(10);
    await expect(
      stage().hub.query("SELECT meter.record($1)", [
        JSON.stringify([
          { ...raw(metered), id: kept.id, units: -5 },
          { ...raw(metered), id: randomUUID(), units: 5 },
        ]),
      ]),
    ).rejects.toMatchObject({ code: "23514" });
  });
  const raw = ({ licence: id, organization }: Metered) => ({
    licence: id,
    organization,
    key: null,
    dataset: "sangmu-freight",
    operation: "query",
    month: `${new Date().toISOString().slice(0, 7)}-01`,
    quota: 1_000,
  });

  test("goes on exactly where it was after Redis was emptied, also while requests are open", async () => {
    const metered = licence(100);
    const caller = key();
    expect(await use(one, metered, 70, 70, caller)).toBe("OK");
    const open = [await one.reserve(metered, 20, caller), await two.reserve(metered, 10, caller)];
    await admin.del(...(await admin.keys(`meter:{${metered.licence}}*`)));
    // Nothing is known of the open ones any more: another may begin, but the quota holds when they end.
    const late = await two.reserve(metered, 30, caller);
    expect(await codeOf(open[0]?.settle(query(20)) ?? Promise.reject())).toBe("OK");
    expect(await codeOf(late.settle(query(30)))).toBe("QUOTA_EXCEEDED");
    expect(await codeOf(open[1]?.settle(query(10)) ?? Promise.reject())).toBe("OK");
    expect(await recorded(metered)).toBe(100);
    expect(await use(one, metered, 1, 1, caller)).toBe("QUOTA_EXCEEDED");
  });

  test("loads each licence once more when Redis has started again: what it was told last may be lost", async () => {
    const metered = licence(100);
    const caller = key();
    expect(await use(one, metered, 70, 70, caller)).toBe("OK");
    const [name = ""] = (await admin.keys(`meter:{${metered.licence}}:????-??`)) as string[];
    // As after a start from a log that misses the last second.
    await admin.hset(name, "used", "0", "epoch", "0".repeat(40));
    expect(await use(two, metered, 40, 40, caller)).toBe("QUOTA_EXCEEDED");
    expect(await use(one, metered, 30, 30, caller)).toBe("OK");
    expect(await recorded(metered)).toBe(100);
  });

  test("frees what a server held that died, after its deadline, and counts what it had committed", async () => {
    const metered = licence(100);
    const caller = key();
    expect(await use(one, metered, 10, 10, caller)).toBe("OK");
    const dead = await one.reserve(metered, 90, caller);
    expect(await codeOf(two.reserve(metered, 1, caller))).toBe("RATE_LIMITED");
    const [name = ""] = await admin.keys(`meter:{${metered.licence}}:????-??`);
    // It had committed 30 of its 90, and Redis was never told.
    await pool.query("SELECT meter.record($1)", [
      JSON.stringify([{ ...raw(metered), month: `${name.slice(-7)}-01`, id: dead.id, units: 30, quota: 100 }]),
    ]);
    await admin.zadd(`${name}:open`, Date.now() - 1, dead.id);
    expect(await use(two, metered, 61, 61, caller)).toBe("QUOTA_EXCEEDED");
    expect(await use(two, metered, 60, 60, caller)).toBe("OK");
    expect(await recorded(metered)).toBe(100);
  });

  test("begins anew with the city's month, and an open request counts in the month it began", async () => {
    const metered = licence(100);
    const caller = key();
    expect(await use(one, metered, 90, 90, caller)).toBe("OK");
    const over = await one.reserve(metered, 10, caller);
    clock = 32 * 86_400_000;
    try {
      expect(await use(two, metered, 100, 100, caller)).toBe("OK");
      expect(await codeOf(over.settle(query(10)))).toBe("OK");
      expect(await use(two, metered, 1, 1, caller)).toBe("QUOTA_EXCEEDED");
    } finally {
      clock = 0;
    }
    const { rows } = await stage().hub.query("SELECT used FROM meter.tally WHERE licence = $1", [metered.licence]);
    expect(rows).toEqual([{ used: 100 }, { used: 100 }]);
  });

  test("tells each threshold once a month", async () => {
    const metered = licence(100);
    const told = async () =>
      (
        await stage().hub.query<{ percent: number }>(
          "SELECT percent FROM meter.threshold_event WHERE licence = $1 ORDER BY percent",
          [metered.licence],
        )
      ).rows.map(({ percent }) => percent);
    expect(await use(one, metered, 49, 49, key())).toBe("OK");
    expect(await told()).toEqual([]);
    await Promise.all(Array.from({ length: 4 }, () => use(one, metered, 1, 1, key())));
    expect(await told()).toEqual([50]);
    expect(await use(two, metered, 47, 47, key())).toBe("OK");
    expect(await told()).toEqual([50, 80, 100]);
  });

  test("closes licensed answers while it cannot count: Redis away, or PostgreSQL", async () => {
    const metered = licence(100);
    const nowhere = open("redis://127.0.0.1:1");
    expect(await codeOf(nowhere.reserve(metered, 1, key()))).toBe("ACCESS_UNCONFIRMED");
    const broken = createPool("postgres://nobody@127.0.0.1:1/hub", { name: "meter" });
    const redis = producerConnection(redisUrl, log, 1_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const deaf = createMeter({ redis, pool: broken, log });
    expect(await codeOf(deaf.reserve(metered, 1, key()))).toBe("ACCESS_UNCONFIRMED");
    expect(await use(one, metered, 1, 1, key())).toBe("OK");
    // Counted already, so that it may begin; it does not end well.
    expect(await use(deaf, metered, 1, 1, key())).toBe("ACCESS_UNCONFIRMED");
    redis.disconnect();
    await broken.end();
    expect(await recorded(metered)).toBe(1);
  }, 30_000);

  test("changes nothing of what was counted, for its role or for the owner", async () => {
    for (const sql of [
      "UPDATE meter.usage_event SET units = 1",
      "DELETE FROM meter.usage_event",
      "UPDATE meter.tally SET used = 0",
      "DELETE FROM meter.tally",
      "DELETE FROM meter.threshold_event",
      "TRUNCATE meter.usage_event",
    ]) {
      await expect(pool.query(sql)).rejects.toMatchObject({ code: "42501" });
      await expect(stage().hub.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^MD0/) });
    }
    await expect(
      pool.query("INSERT INTO meter.tally (licence, month) VALUES (gen_random_uuid(), '2026-11-01')"),
    ).rejects.toMatchObject({ code: "42501" });
    // A time of its own choice is none of an id's.
    await expect(
      stage().hub.query(`INSERT INTO meter.usage_event (id, source, at, licence, organization, dataset, operation, units, month)
        SELECT id, source, at + interval '1 millisecond', licence, organization, dataset, operation, units, month
          FROM meter.usage_event LIMIT 1`),
    ).rejects.toMatchObject({ code: "23514" });
  });

  test("has counted exactly what its events sum to", async () => expect(await different()).toBe(0));
});
