// A download that runs while its licence, key or token ends: it is cut, says why, and cannot be taken for the whole.
import { makeCity } from "../../support/city.ts";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { licensed, sellOnly } from "../../support/licensed.ts";
import { published, release } from "../../support/released.ts";
import { download, unchunk } from "./download.ts";
import { dayOf, TIME_ZONE } from "./shop.ts";

const DAYS = 700;
const TEN = 600_000;
const MEGABYTE = 1_000_000;

scenario("a running download", (environment) => {
  const { url } = environment;
  let stores: Databases;
  let dataset: string;
  beforeAll(async () => {
    stores = openDatabases(environment);
    const zones = ["a-square", "b-square", "c-square"];
    const city = await makeCity(stores.hub, {
      timeZone: TIME_ZONE,
      zones: zones.map((slug) => ({ slug, kind: "PLAZA" as const })),
      plans: [{ name: "long", statistic: "PRESENCE", step: "PT10M", bound: 24, epsilonMicro: 600_000, zones }],
    });
    dataset = `${city.slug}-long`;
    // One release long ago: every window since is a line that says why it has no value. About 18 MB.
    const from = Math.floor((Date.now() - DAYS * 24 * 6 * TEN) / TEN) * TEN;
    await release(stores.hub, city.plans["long"]?.number ?? 0, { from, to: from + TEN }, TIME_ZONE, [1, 2, 3]);
    await sellOnly(stores.hub, dataset);
    await published();
  }, 60_000);
  afterAll(() => stores.close());

  const customer = () => licensed(stores.hub, { dataset, quota: 10_000_000, from: dayOf(-DAYS - 2) });
  const begin = async (bearer: string, format = "csv", headers: Record<string, string> = {}) => {
    const from = encodeURIComponent(`${dayOf(-DAYS - 1)}T00:00:00+09:00`);
    const running = download(url, `/exports/${dataset}.${format}?from=${from}`, {
      authorization: `Bearer ${bearer}`,
      ...headers,
    });
    await running.came(MEGABYTE / 4);
    return running;
  };

  test("that nobody stops comes whole, with the end of the message", async () => {
    const running = await begin((await (await customer()).key()).text, "csv", { connection: "close" });
    running.hurry();
    const { head, body, rest } = unchunk((await running.ended).bytes);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(head).toMatch(/\r\ntrailer: madang-cut\r\n/i);
    expect(body.length).toBeGreaterThan(15 * MEGABYTE);
    expect([rest, body.includes("# cut")]).toEqual(["0\r\n\r\n", false]);
  });

  test.each([
    ["its licence is revoked", "LICENCE_ENDED", async (one: Made) => one.act("REVOKE", "A reason of some length.")],
    ["its licence is suspended", "LICENCE_ENDED", async (one: Made) => one.act("SUSPEND", "A reason of some length.")],
    [
      "its key is revoked",
      "UNAUTHENTICATED",
      async (one: Made) => void (await stores.hub.query("SELECT market.revoke_key($1, $2)", [one.person, one.keyId])),
    ],
  ])("is cut when %s: last line, trailer, and no end of the message", async (_what, code, end) => {
    const made = await customer();
    const { id, text } = await made.key();
    const running = await begin(text);
    await end({ ...made, keyId: id });
    running.hurry();
    const { bytes, ms } = await running.ended;
    const { body, rest } = unchunk(bytes);
    expect(body.length).toBeLessThan(12 * MEGABYTE);
    expect(body.toString("utf8").trimEnd().split("\n").at(-1)).toMatch(
      new RegExp(`^# cut: ${code}: .*not complete\\.$`),
    );
    // The last chunk and the trailer, without the empty line that ends a message.
    expect(rest).toBe(`0\r\nmadang-cut: ${code}\r\n`);
    expect(ms).toBeLessThan(2_000);
  });

  test("is cut when its key expires, without anything happening in the database", async () => {
    const made = await customer();
    const { text } = await made.key({ expiresAt: new Date(Date.now() + 2_000) });
    const running = await begin(text);
    const { body, rest } = unchunk((await running.ended).bytes);
    expect(body.toString("utf8")).toMatch(
      /\n# cut: UNAUTHENTICATED: This key has expired\. This file is not complete\.\n$/,
    );
    expect(rest).toBe("0\r\nmadang-cut: UNAUTHENTICATED\r\n");
  });

  test("that is GeoJSON is no whole document when it is cut", async () => {
    const made = await customer();
    const running = await begin((await made.key()).text, "geojson");
    await made.act("REVOKE", "A reason of some length.");
    running.hurry();
    const text = unchunk((await running.ended).bytes).body.toString("utf8");
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(JSON.parse(text.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ cut: { code: "LICENCE_ENDED" } });
  });

  test("a fetch of it fails where it was cut, as any client's would", async () => {
    const made = await customer();
    const { text } = await made.key();
    const from = encodeURIComponent(`${dayOf(-DAYS - 1)}T00:00:00+09:00`);
    const response = await fetch(`${url}/exports/${dataset}.csv?from=${from}`, {
      headers: { authorization: `Bearer ${text}` },
    });
    await made.act("REVOKE", "A reason of some length.");
    await expect(response.text()).rejects.toThrow("terminated");
  });
});

type Made = Awaited<ReturnType<typeof licensed>> & { keyId: string };
