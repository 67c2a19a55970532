// Keys: where they may be sent, what ends them, and what is told of them.
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { checksumOf, makeKey } from "../../../core/licence/key.ts";
import { type Databases, openDatabases, value } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { until, untilEqual } from "../../support/wait.ts";
import { askAs, exportAs, refusalOf, SERIES, seriesOf } from "./doors.ts";
import { openShop, type Shop } from "./shop.ts";

scenario("keys", (environment) => {
  const { url, home } = environment;
  let stores: Databases;
  let shop: Shop;
  beforeAll(async () => {
    stores = openDatabases(environment);
    shop = await openShop(stores.hub);
  }, 60_000);
  afterAll(() => stores.close());

  const ask = (bearer: string | null, headers: Record<string, string> = {}) =>
    askAs(url, bearer, SERIES, { dataset: shop.flow, period: shop.period }, headers);
  const told = async (bearer: string) => refusalOf(await ask(bearer)) ?? "answered";

  test("one that is mistyped, unknown, or has a wrong secret behind a known beginning is refused alike", async () => {
    const { bearer } = await shop.customer();
    expect(await told(bearer)).toBe("answered");
    const other = makeKey("live").text;
    const head = bearer.slice(0, 17) + other.slice(17, 41);
    const answers = await Promise.all([other, head + checksumOf(head)].map((key) => ask(key)));
    for (const { status, errors } of answers) {
      expect([status, errors?.[0]?.extensions.code, errors?.[0]?.message]).toEqual([
        401,
        "UNAUTHENTICATED",
        "This key is not known.",
      ]);
    }
    expect((await ask(`${bearer.slice(0, -1)}?`)).status).toBe(401);
    // A wrong credential is never nobody: open data are refused with it, too.
    const open = (bearer: string | null) => askAs(url, bearer, SERIES, { dataset: shop.open, period: shop.period });
    expect([(await open(other)).status, seriesOf(await open(null))?.columns.signed.length]).toEqual([401, 6]);
  });

  test.each(["Basic dXNlcjpwYXNz", "Bearer", "Bearer a b", "mdg_live_x", "Bearer eyJhbGciOiJub25lIn0.e30."])(
    "Authorization: %s opens nothing",
    async (authorization) => {
      const answer = await ask(null, { authorization });
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    },
  );

  test("one in an address, a body, a cookie or another header is refused, not used, not told and not logged", async () => {
    const { bearer } = await shop.customer();
    const asked = { "content-type": "application/json" };
    const body = JSON.stringify({ query: "{ cities { slug } }", variables: { key: bearer } });
    const tries: [string, RequestInit][] = [
      [`/exports/${shop.flow}.csv?key=${bearer}`, {}],
      [`/exports/${shop.open}.csv?from=${encodeURIComponent(bearer)}`, {}],
      [`/graphql?query=%7Bcities%7Bslug%7D%7D&key=${bearer.replaceAll("_", "%5F")}`, {}],
      [`/${bearer}`, {}],
      [`/privacy/${bearer}.json`, {}],
      ["/graphql", { method: "POST", headers: asked, body }],
      [
        "/graphql",
        { method: "POST", headers: { ...asked, "x-api-key": bearer }, body: '{"query":"{ cities { slug } }"}' },
      ],
      [
        "/graphql",
        { method: "POST", headers: { ...asked, cookie: `key=${bearer}` }, body: '{"query":"{ cities { slug } }"}' },
      ],
      [`/exports/${shop.flow}.csv?a=${bearer}`, { headers: { authorization: `Bearer ${bearer}` } }],
    ];
    for (const [path, init] of tries) {
      const response = await fetch(url + path, init);
      const text = await response.text();
      expect([path.replace(bearer, "KEY"), response.status, text.includes(bearer.slice(17))]).toEqual([
        path.replace(bearer, "KEY"),
        400,
        false,
      ]);
      expect(JSON.parse(text)).toMatchObject({
        code: "BAD_USER_INPUT",
        detail: expect.stringContaining("Authorization"),
      });
    }
    // Rightly sent it opens.
    expect(await told(bearer)).toBe("answered");
    const logs = readdirSync(join(home, "logs")).map((file) => readFileSync(join(home, "logs", file), "utf8"));
    expect(logs.some((log) => log.includes(bearer.slice(17)) || log.includes(bearer.slice(9, 17)))).toBe(false);
  });

  test("one that is revoked or replaced is refused within a second, and one that expires to the moment", async () => {
    const { bearer, keyId, person, key } = await shop.customer();
    const short = await key({ expiresAt: new Date(Date.now() + 2_500) });
    expect([await told(bearer), await told(short.text)]).toEqual(["answered", "answered"]);
    await stores.hub.query("SELECT market.revoke_key($1, $2)", [person, keyId]);
    await untilEqual("revoked key", "UNAUTHENTICATED", () => told(bearer), { limitMs: 1_000, everyMs: 20 });
    await untilEqual("expired key", "UNAUTHENTICATED", () => told(short.text), { limitMs: 4_000, everyMs: 50 });
  });

  test("one works through doors of its scopes alone", async () => {
    const { key } = await shop.customer();
    const graph = (await key({ scopes: ["read:graph"] })).text;
    const files = (await key({ scopes: ["read:exports"] })).text;
    const path = `${shop.flow}.csv?from=${shop.period.from}&to=${shop.period.to}`;
    expect([await told(graph), (await exportAs(url, files, path)).status]).toEqual(["answered", 200]);
    expect([(await ask(files)).status, (await exportAs(url, graph, path)).status]).toEqual([403, 403]);
  });

  test("one with a list of networks is refused from elsewhere, whatever X-Forwarded-For says", async () => {
    const { key, keyId } = await shop.customer();
    const { id, text } = await key();
    const allow = (networks: string) =>
      stores.hub.query("UPDATE market.api_key SET ip_allow = $2 WHERE id = $1", [id, networks]);
    await allow("{203.0.113.0/24}");
    expect(keyId).not.toBe(id);
    const forged = await ask(text, { "x-forwarded-for": "203.0.113.7", forwarded: "for=203.0.113.7" });
    expect([forged.status, forged.errors?.[0]?.message]).toEqual([401, "This key may not be used from this network."]);
    await allow("{127.0.0.0/8}");
    await stores.hub.query("SELECT market.raise_access()");
    await untilEqual("key from here", "answered", () => told(text));
  });

  test("its last use is kept as a day", async () => {
    const { bearer, keyId } = await shop.customer();
    await told(bearer);
    const day = await until("a last use", () =>
      value<string | null>(stores.hub, "SELECT last_used_on::text FROM market.api_key WHERE id = $1", [keyId]),
    );
    expect(day).toBe(new Date().toISOString().slice(0, 10));
  });

  test("a page of another origin may send one, and no cookies", async () => {
    for (const path of ["/graphql", `/exports/${shop.open}.csv`]) {
      const response = await fetch(url + path, {
        method: "OPTIONS",
        headers: { origin: "https://elsewhere.example", "access-control-request-headers": "authorization" },
      });
      expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
      expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  test("headers of the hub's own processes mean nothing from outside", async () => {
    const { organization, licence } = await shop.customer();
    const principal = {
      kind: "KEY",
      key: "1",
      organization,
      licence,
      environment: "live",
      scopes: ["read:graph"],
      expiresAt: null,
    };
    const forged = Buffer.from(JSON.stringify({ principal, at: Date.now(), once: "x" })).toString("base64url");
    for (const headers of [
      { "madang-principal": `${forged}.AAAA` },
      { "madang-principal": JSON.stringify(principal) },
      { "x-madang-principal": JSON.stringify(principal), "x-user": "admin", "x-forwarded-user": "admin" },
    ]) {
      expect(refusalOf(await ask(null, headers))).toBe("LICENCE_REQUIRED NO_LICENCE");
    }
  });

  test("a repeated header Authorization opens nothing", async () => {
    const { bearer } = await shop.customer();
    const other = makeKey("live").text;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${url}/exports/${shop.flow}.csv`, {
        headers: ["authorization", `Bearer ${other}`, "authorization", `Bearer ${bearer}`] as unknown as Record<
          string,
          string
        >,
      });
      call
        .on("response", (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).not.toBe(200);
  });
});
