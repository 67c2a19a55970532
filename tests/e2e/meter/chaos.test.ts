import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { processesOf } from "../../support/processes.ts";
import { until } from "../../support/wait.ts";
import { askAs, makeWorld, SERIES, type World } from "./world.ts";

const CLIENTS = 8;
const HOURS = 10;

/** One request as its client saw it. */
type Asked = { begun: number; ended: number; outcome: "ANSWERED" | "CUT" | string; id: string | null; units: number };
type Event = { id: string; key: string; units: number; at: number };

// Servers and Redis are killed and emptied under load. What customers got is what was counted: each whole answer once, and
// never an answer twice. An answer that was cut may have been counted, once.
scenario("Metering, while servers and Redis are killed", (environment) => {
  const processes = processesOf(environment.home);
  let stores: Databases;
  let world: World;

  beforeAll(async () => {
    stores = openDatabases(environment);
    world = await makeWorld(stores, HOURS);
  }, 60_000);
  afterAll(async () => {
    await processes.ready();
    await stores.close();
  }, 60_000);

  test("counts each answer that was given once, and nothing that was not asked", async () => {
    const customer = await world.customer(1_000_000_000);
    const keys = await Promise.all(Array.from({ length: CLIENTS }, () => customer.key()));
    const asked = new Map<string, Asked[]>(keys.map(({ id }) => [id, []]));
    let going = true;
    const client = async ({ id, text }: { id: string; text: string }, nth: number): Promise<void> => {
      for (let round = 0; going; round++) {
        const begun = Date.now();
        const hours = 1 + ((round + nth) % HOURS);
        const one = await askAs(
          environment.url,
          text,
          SERIES,
          { dataset: world.dataset, period: world.period(hours) },
          20_000,
        ).then(
          ({ code, cost, usage }): Omit<Asked, "begun" | "ended"> =>
            code === null
              ? { outcome: "ANSWERED", id: usage[0] ?? null, units: cost?.actual ?? 0 }
              : { outcome: code, id: null, units: 0 },
          (): Omit<Asked, "begun" | "ended"> => ({ outcome: "CUT", id: null, units: 0 }),
        );
        asked.get(id)?.push({ begun, ended: Date.now(), ...one });
        if (one.outcome !== "ANSWERED") await sleep(20);
      }
    };
    const clients = Promise.all(keys.map(client));
    const answered = () => [...asked.values()].flat().filter(({ outcome }) => outcome === "ANSWERED").length;
    const more = async (count: number): Promise<void> => {
      const target = answered() + count;
      await until("answers go on", async () => answered() >= target, { limitMs: 60_000, everyMs: 20 });
    };

    await more(80);
    for (let round = 0; round < 3; round++) {
      await processes.kill("front");
      await more(80);
    }
    for (let round = 0; round < 2; round++) {
      await processes.kill("store-queue");
      await more(80);
    }
    await Promise.all([processes.kill("front"), processes.kill("store-queue")]);
    await more(80);
    // Emptied, twice: by an order under load, and by the loss of its files.
    const redis = new Redis(environment.redis);
    await redis.flushall();
    redis.disconnect();
    await more(80);
    await processes.stop("store-queue");
    rmSync(join(environment.home, "stores", "queue", "appendonlydir"), { recursive: true, force: true });
    await processes.start("store-queue");
    await more(80);
    going = false;
    await clients;

    const { rows: events } = await stores.hub.query<Event>(
      `SELECT id, key, units, (extract(epoch FROM at) * 1000)::bigint AS at FROM meter.usage_event WHERE licence = $1 ORDER BY at`,
      [customer.licence],
    );
    const byId = new Map(events.map((event) => [event.id, event]));
    const all = [...asked.values()].flat();
    const whole = all.filter(({ outcome }) => outcome === "ANSWERED");
    const cut = all.filter(({ outcome }) => outcome !== "ANSWERED");
    // 0 lost: each whole answer names its event, of what it cost.
    const lost = whole.filter(({ id, units }) => id === null || units < 1 || byId.get(id)?.units !== units);
    expect(lost).toEqual([]);
    // 0 doubled: ids are unique, and no two answers share one.
    expect(byId.size).toBe(events.length);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    // Nothing else: what remains began within a request of that key that was cut or failed, one for each at most.
    const known = new Set(whole.map(({ id }) => id));
    const others = events.filter(({ id }) => !known.has(id));
    const failed = new Map(
      [...asked].map(([key, list]) => [
        key,
        list.filter(({ outcome }) => /^(CUT|ACCESS_UNCONFIRMED|UNAVAILABLE|INTERNAL)$/.test(outcome)),
      ]),
    );
    for (const { key, at } of others) {
      const list = failed.get(key) ?? [];
      const from = list.findIndex(({ begun, ended }) => begun - 5 <= at && at <= ended);
      expect(from).toBeGreaterThanOrEqual(0);
      list.splice(from, 1);
    }
    expect(others.length).toBeLessThanOrEqual(cut.length);

    // Reconciliation is 0: in PostgreSQL, and in Redis once it was asked again.
    const sum = events.reduce((total, { units }) => total + units, 0);
    const { rows: different } = await stores.hub.query("SELECT FROM meter.difference WHERE licence = $1", [
      customer.licence,
    ]);
    expect(different).toEqual([]);
    const last = await askAs(environment.url, keys[0]?.text ?? "", SERIES, {
      dataset: world.dataset,
      period: world.period(1),
    });
    expect(last.cost?.remaining).toBe(1_000_000_000 - sum - (last.cost?.actual ?? 0));
    const store = new Redis(environment.redis);
    const [name = ""] = await store.keys(`meter:{${customer.licence}}:????-??`);
    const counted = Number(await store.hget(name, "used"));
    store.disconnect();
    expect(counted).toBe(sum + (last.cost?.actual ?? 0));
    process.stderr.write(
      `metering under kills: ${whole.length} answered, ${events.length} events, ${others.length} of ${cut.length} failed requests counted, outcomes ${JSON.stringify(
        Object.fromEntries(
          [...new Set(cut.map(({ outcome }) => outcome))].map((name) => [
            name,
            cut.filter(({ outcome }) => outcome === name).length,
          ]),
        ),
      )}\n`,
    );
  }, 240_000);
});
