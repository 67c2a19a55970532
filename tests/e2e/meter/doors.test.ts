import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { type Databases, openDatabases, value } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { demoToken } from "../../support/identity/sign-in.ts";
import type { Customer } from "../../support/licensed.ts";
import { processesOf } from "../../support/processes.ts";
import { until } from "../../support/wait.ts";
import { askAs, makeWorld, SERIES, type World } from "./world.ts";

const HOURS = 6;

// Quota and metering through the doors of the running hub, with attempts to get around them.
scenario("Metering at the doors", (environment) => {
  const { url } = environment;
  const processes = processesOf(environment.home);
  let stores: Databases;
  let world: World;
  beforeAll(async () => {
    stores = openDatabases(environment);
    world = await makeWorld(stores, HOURS);
  }, 60_000);
  afterAll(async () => stores.close());

  const ask = (key: string | null, hours: number, dataset = world.dataset) =>
    askAs(url, key, SERIES, { dataset, period: world.period(hours) });
  const used = ({ licence }: Customer) =>
    value<number>(stores.hub, "SELECT coalesce(sum(units), 0)::bigint FROM meter.usage_event WHERE licence = $1", [
      licence,
    ]);
  const download = async (key: string, hours: number) => {
    const { from, to } = world.period(hours);
    const answer = await fetch(`${url}/exports/${world.dataset}.csv?from=${from}&to=${to}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    try {
      const usage = answer.headers.get("madang-usage");
      return { status: answer.status, text: await answer.text(), usage, cut: false };
    } catch {
      return { status: answer.status, text: "", usage: null, cut: true };
    }
  };

  test("an answer costs its values, says so, and names its event", async () => {
    const customer = await world.customer(1_000);
    const { text, id } = await customer.key();
    const told = await ask(text, HOURS);
    expect(told.data?.dataset?.series?.columns.value).toHaveLength(2 * HOURS);
    expect(told.cost).toMatchObject({ actual: 2 * HOURS, remaining: 1_000 - 2 * HOURS });
    expect(told.cost?.requested).toBeGreaterThanOrEqual(1);
    const { rows } = await stores.hub.query(
      "SELECT id, key, units, operation FROM meter.usage_event WHERE licence = $1",
      [customer.licence],
    );
    expect(rows).toEqual([{ id: told.usage[0], key: id, units: 2 * HOURS, operation: "query" }]);
  });

  test("a download costs its values too", async () => {
    const customer = await world.customer(1_000);
    const { text } = await customer.key();
    const { status, text: csv, usage } = await download(text, HOURS);
    expect([status, csv.split("\n").filter((line) => /^20\d\d-/.test(line)).length]).toEqual([200, 2 * HOURS]);
    const { rows } = await stores.hub.query("SELECT id, units, operation FROM meter.usage_event WHERE licence = $1", [
      customer.licence,
    ]);
    expect(rows).toEqual([{ id: usage, units: 2 * HOURS, operation: "export" }]);
  });

  test("open data cost a key nothing, are not announced as metered, and go on when its quota is used up", async () => {
    const customer = await world.customer(2);
    const { text } = await customer.key();
    expect(await ask(text, 1)).toMatchObject({ code: null, cost: { actual: 2, remaining: 0 } });
    const refused = await ask(text, 1);
    expect(refused).toMatchObject({ code: "QUOTA_EXCEEDED", usage: [] });
    expect(refused.message).toMatch(/quota of 2 units .* begins anew at/);
    const open = await ask(text, HOURS, world.open);
    expect(open).toMatchObject({ code: null, cost: null, usage: [] });
    expect(open.data?.dataset?.series?.columns.value).toHaveLength(2 * HOURS);
    expect(await used(customer)).toBe(2);
  });

  test("two keys of one licence share one quota, and another licence has its own", async () => {
    const [customer, other] = [await world.customer(20), await world.customer(20)];
    const [one, two] = [await customer.key(), await customer.key()];
    expect(await ask(one.text, 5)).toMatchObject({ cost: { remaining: 10 } });
    expect(await ask(two.text, 5)).toMatchObject({ cost: { remaining: 0 } });
    expect((await ask(one.text, 1)).code).toBe("QUOTA_EXCEEDED");
    expect((await ask(two.text, 1)).code).toBe("QUOTA_EXCEEDED");
    expect(await ask((await other.key()).text, 1)).toMatchObject({ code: null });
  });

  test("a member's own question counts against the same quota, and who asked is not written down", async () => {
    const customer = await world.customer(20);
    const token = await demoToken("developer");
    expect((await ask(token, 1)).code).toBe("LICENCE_REQUIRED");
    const { sub } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { sub: string };
    await stores.hub.query(
      "INSERT INTO market.member (organization, person, role) SELECT $1, id, 'DEVELOPER' FROM market.person WHERE subject = $2",
      [customer.organization, sub],
    );
    await stores.hub.query("SELECT market.raise_access()");
    expect(await ask((await customer.key()).text, 4)).toMatchObject({ cost: { remaining: 12 } });
    const told = await until("the member may ask", async () => {
      const answer = await ask(token, 5);
      return answer.code === null && answer;
    });
    expect(told.cost).toMatchObject({ actual: 10, remaining: 2 });
    expect((await ask(token, 5)).code).toBe("QUOTA_EXCEEDED");
    const { rows } = await stores.hub.query("SELECT key, organization, units FROM meter.usage_event WHERE id = $1", [
      told.usage[0],
    ]);
    expect(rows).toEqual([{ key: null, organization: customer.organization, units: 10 }]);
  });

  test("aliases count each time they are answered, and what does not fit is answered by none of them", async () => {
    const customer = await world.customer(60);
    const { text } = await customer.key();
    const variables = { dataset: world.dataset, period: world.period(HOURS) };
    const aliased = (count: number) =>
      `query ($dataset: String!, $period: PeriodInput!) { dataset(slug: $dataset) { ${Array.from(
        { length: count },
        (_, nth) => `s${nth}: series(period: $period) { columns { value } }`,
      ).join(" ")} } }`;
    const many = await askAs(url, text, aliased(3), variables);
    expect(many).toMatchObject({ code: null, cost: { actual: 36, remaining: 24 } });
    const over = await askAs(url, text, aliased(3), variables);
    expect(over).toMatchObject({ code: "QUOTA_EXCEEDED", data: null });
    expect(await used(customer)).toBe(36);
    expect(await askAs(url, text, aliased(2), variables)).toMatchObject({ code: null, cost: { remaining: 0 } });
  });

  test("batches are not taken, by any way of writing them", async () => {
    const { text } = await (await world.customer(100)).key();
    const one = { query: SERIES, variables: { dataset: world.dataset, period: world.period(1) } };
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${text}` },
      body: JSON.stringify([one, one]),
    });
    expect(answer.status).toBe(400);
    expect(await ask(text, 1)).toMatchObject({ code: null });
  });

  test("many requests at once through one quota are answered as long as it lasts and not once more", async () => {
    const customer = await world.customer(100);
    const keys = [await customer.key(), await customer.key()];
    const attempt = async (nth: number): Promise<string> => {
      for (let tries = 0; tries < 100; tries++) {
        const { code } = await ask(keys[nth % 2]?.text ?? "", HOURS);
        if (code !== "RATE_LIMITED") return code ?? "OK";
        await sleep(50);
      }
      return "RATE_LIMITED";
    };
    const answers = await Promise.all(Array.from({ length: 40 }, (_, nth) => attempt(nth)));
    expect(answers.filter((code) => code === "OK")).toHaveLength(8);
    expect(new Set(answers)).toEqual(new Set(["OK", "QUOTA_EXCEEDED"]));
    expect(await used(customer)).toBe(96);
  }, 60_000);

  test("a download that does not fit is refused before anything is sent, and costs nothing", async () => {
    const customer = await world.customer(5);
    const { text } = await customer.key();
    const answer = await download(text, HOURS);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([429, { code: "QUOTA_EXCEEDED" }]);
    expect(await used(customer)).toBe(0);
    expect(await download(text, 2)).toMatchObject({ status: 200, cut: false });
    expect(await used(customer)).toBe(4);
  });

  test("while Redis is away licensed answers are closed and open ones go on; then it counts on from where it was", async () => {
    const customer = await world.customer(1_000);
    const { text } = await customer.key();
    expect(await ask(text, 1)).toMatchObject({ cost: { remaining: 998 } });
    await processes.stop("store-queue");
    try {
      expect((await ask(text, 1)).code).toBe("ACCESS_UNCONFIRMED");
      expect((await ask(text, 1, world.open)).code).toBeNull();
      expect((await ask(null, 1, world.open)).code).toBeNull();
    } finally {
      await processes.start("store-queue");
    }
    await until("licensed answers resume", async () => (await ask(text, 1)).cost?.remaining === 996);
    const redis = new Redis(environment.redis);
    await redis.flushall();
    redis.disconnect();
    expect(await ask(text, 1)).toMatchObject({ cost: { remaining: 994 } });
    expect(await used(customer)).toBe(6);
  }, 60_000);
});
