// Who may read what: each refusal beside the same question asked rightly.
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { untilEqual } from "../../support/wait.ts";
import { askAs, exportAs, refusalOf, SERIES, seriesOf } from "./doors.ts";
import { dayOf, HOUR, iso, openShop, type Shop } from "./shop.ts";

scenario("who may read what", (environment) => {
  const { url } = environment;
  let stores: Databases;
  let shop: Shop;
  beforeAll(async () => {
    stores = openDatabases(environment);
    shop = await openShop(stores.hub);
  }, 60_000);
  afterAll(() => stores.close());

  const ask = (bearer: string | null, more: Record<string, unknown> = {}) =>
    askAs(url, bearer, SERIES, { dataset: shop.flow, period: shop.period, ...more });
  const area = (...places: string[]) => ({ area: { places } });

  test("a licence opens its dataset in the graph and as a file; nobody and another's licence do not", async () => {
    const { bearer } = await shop.customer();
    const other = await shop.customer({ dataset: shop.crowd });
    expect(seriesOf(await ask(bearer))?.columns.signed.slice(0, 3)).toEqual([100, 200, 300]);
    const file = await exportAs(url, bearer, `${shop.flow}.csv?from=${shop.period.from}&to=${shop.period.to}`);
    expect([file.status, (await file.text()).includes(",a-square,,,100,")]).toEqual([200, true]);
    expect(file.headers.get("cache-control")).toMatch(/^private/);
    for (const stranger of [null, other.bearer]) {
      const refused = await ask(stranger);
      expect([refusalOf(refused), seriesOf(refused)]).toEqual(["LICENCE_REQUIRED NO_LICENCE", null]);
      const { status, headers } = await exportAs(url, stranger, `${shop.flow}.csv`);
      expect([status, headers.get("content-type")]).toEqual([403, "application/problem+json"]);
    }
    const [hint] = (await ask(null)).errors ?? [];
    expect(hint?.extensions.errors?.[0]?.fix).toContain(`/market?dataset=${shop.flow}`);
  });

  test("open data need no licence, and go on with a key", async () => {
    const { bearer } = await shop.customer();
    for (const anyone of [null, bearer]) {
      const open = await askAs(url, anyone, SERIES, { dataset: shop.open, period: shop.period });
      expect(seriesOf(open)?.columns.signed).toEqual([11, 12, 13, 11, 12, 13]);
    }
  });

  test("outside its area a licence opens nothing, whatever way it is asked around", async () => {
    const { bearer } = await shop.customer({ area: ["a-square"] });
    expect(seriesOf(await ask(bearer, area("a-square")))?.columns.signed.slice(0, 2)).toEqual([100, 101]);
    for (const where of [{}, area("b-square"), area("a-square", "b-square"), { area: { zone: "b-square" } }]) {
      expect(refusalOf(await ask(bearer, where))).toBe("LICENCE_SCOPE AREA");
    }
    const sneaky = await askAs(
      url,
      bearer,
      `query ($d: String!, $p: PeriodInput!) {
        mine: dataset(slug: $d) { ...inside other: series(area: { places: ["b-square"] }, period: $p) { ...values } }
        again: dataset(slug: $d) { ... on Dataset { all: series(period: $p) { ...values } } } }
       fragment inside on Dataset { series(area: { places: ["a-square"] }, period: $p) { ...values } }
       fragment values on Series { columns { place signed } }`,
      { d: shop.flow, p: shop.period },
    );
    expect(JSON.stringify(sneaky.data)).toContain('"a-square"');
    expect(JSON.stringify(sneaky.data)).not.toMatch(/"place":\[[^\]]*[bc]-square|\b[23]0\d\b/);
    expect(sneaky.errors?.map(({ extensions }) => extensions.code)).toEqual(["LICENCE_SCOPE", "LICENCE_SCOPE"]);
    const file = (places: string) =>
      exportAs(url, bearer, `${shop.flow}.geojson?area=${places}&from=${shop.period.from}`);
    expect([(await file("a-square")).status, (await file("b-square")).status]).toEqual([200, 403]);
    expect((await file("")).status).toBe(403);
  });

  test("a list shows what the licence covers, and says of the rest that it does not", async () => {
    const { bearer } = await shop.customer({ dataset: shop.crowd, area: ["b-square"] });
    const query = `query ($d: String!, $c: String!) { dataset(slug: $d) { latest(first: 10) { nodes { signed withheld { reason } } } }
      city(slug: $c) { crowd { places { value withheld { reason } } withheld } } }`;
    type Found = {
      dataset: { latest: { nodes: { signed: number | null; withheld: { reason: string } | null }[] } | null };
      city: { crowd: { places: { value: number | null; withheld: { reason: string } | null }[] } };
    };
    const found = (await askAs(url, bearer, query, { d: shop.crowd, c: shop.city.slug })).data as unknown as Found;
    const shown = [
      [null, "LICENCE_SCOPE"],
      [2_000, undefined],
      [null, "LICENCE_SCOPE"],
    ];
    expect(found.dataset.latest?.nodes.map(({ signed, withheld }) => [signed, withheld?.reason])).toEqual(shown);
    expect(found.city.crowd.places.map(({ value, withheld }) => [value, withheld?.reason])).toEqual(shown);
    const nobody = (await askAs(url, null, query, { d: shop.crowd, c: shop.city.slug })).data as unknown as Found;
    expect(nobody.dataset.latest).toBeNull();
    expect(nobody.city.crowd.places.map(({ value }) => value)).toEqual([null, null, null]);
  });

  test("outside its days a licence opens nothing", async () => {
    const today = await shop.customer({ from: dayOf(-1), to: dayOf(1) });
    expect(seriesOf(await ask(today.bearer))?.columns.signed).toHaveLength(36);
    const long = { period: { from: iso(shop.start - 90 * 24 * HOUR), to: shop.period.to } };
    expect(refusalOf(await ask(today.bearer, long))).toBe("LICENCE_SCOPE PERIOD");
    const whole = await exportAs(url, today.bearer, `${shop.flow}.csv`);
    expect([whole.status, ((await whole.json()) as { errors: { rule: string }[] }).errors[0]?.rule]).toEqual([
      403,
      "PERIOD",
    ]);
  });

  test("a licence of a longer step answers it where none is asked, and refuses a finer one with the way to ask", async () => {
    const hourly = await shop.customer({ step: "PT1H" });
    const answer = seriesOf(await ask(hourly.bearer));
    expect([answer?.step, answer?.columns.signed]).toEqual(["PT1H", [615, 1_215, 1_815, 651, 1_251, 1_851]]);
    const finer = await ask(hourly.bearer, { step: "PT10M" });
    expect(refusalOf(finer)).toBe("LICENCE_SCOPE STEP");
    expect(finer.errors?.[0]?.extensions.errors?.[0]?.fix).toContain("step PT1H");
    const file = await exportAs(url, hourly.bearer, `${shop.flow}.csv?from=${shop.period.from}&to=${shop.period.to}`);
    const text = await file.text();
    expect([text.includes("# step: PT1H"), text.includes(",615,"), text.includes(",100,")]).toEqual([
      true,
      true,
      false,
    ]);
    expect((await exportAs(url, hourly.bearer, `${shop.flow}.csv?step=PT10M&from=${shop.period.from}`)).status).toBe(
      403,
    );
    const latest = await askAs(
      url,
      hourly.bearer,
      "query ($d: String!) { dataset(slug: $d) { latest(first: 3) { nodes { signed } } } }",
      {
        d: shop.flow,
      },
    );
    expect(latest.errors?.[0]?.extensions.code).toBe("LICENCE_SCOPE");
  });

  test("a narrower licence sees no more than a wider one, value by value", async () => {
    const wide = await shop.customer();
    const narrow = await shop.customer({ area: ["a-square", "c-square"], from: dayOf(-1), to: dayOf(2), step: "PT1H" });
    const questions = [
      {},
      area("a-square"),
      area("b-square"),
      { ...area("c-square"), step: "PT1H" },
      { step: "PT10M" },
    ];
    let compared = 0;
    for (const question of questions) {
      const less = seriesOf(await ask(narrow.bearer, question));
      if (less === null) continue;
      const more = seriesOf(await ask(wide.bearer, { ...question, step: less.step }));
      const told = (of: typeof less) =>
        of.columns.start.map((at, nth) => `${at} ${of.columns.place[nth]} ${of.columns.signed[nth]}`);
      expect(told(more ?? less)).toEqual(expect.arrayContaining(told(less)));
      compared += told(less).length;
    }
    expect(compared).toBeGreaterThan(0);
  });

  test("a sandbox key works at once on synthetic data, and is refused on any other", async () => {
    const sandbox = await shop.sandbox();
    const open = () => askAs(url, sandbox, SERIES, { dataset: shop.open, period: shop.period });
    expect(seriesOf(await open())?.columns.signed).toHaveLength(6);
    expect(refusalOf(await ask(sandbox))).toBe("LICENCE_REQUIRED SANDBOX");
    await stores.hub.query("UPDATE hub.dataset SET is_synthetic = false WHERE id = $1", [shop.open]);
    await untilEqual("answer", "LICENCE_REQUIRED SANDBOX", async () => refusalOf(await open()) ?? "answered");
    expect((await exportAs(url, sandbox, `${shop.open}.csv`)).status).toBe(403);
    // Everyone else reads on: it is open.
    expect(seriesOf(await askAs(url, null, SERIES, { dataset: shop.open, period: shop.period }))).not.toBeNull();
    await stores.hub.query("UPDATE hub.dataset SET is_synthetic = true WHERE id = $1", [shop.open]);
    await untilEqual("answer", "answered", async () => refusalOf(await open()) ?? "answered");
  });

  test("a suspended licence rests with its reason and goes on when it is resumed; a revoked one is over", async () => {
    const { bearer, act } = await shop.customer();
    const told = async () => refusalOf(await ask(bearer)) ?? "answered";
    expect(await told()).toBe("answered");
    await act("SUSPEND", "A reason of some length.");
    await untilEqual("answer", "LICENCE_ENDED SUSPENDED", told, { limitMs: 2_000, everyMs: 50 });
    await act("RESUME", "A reason of some length.");
    await untilEqual("answer", "answered", told, { limitMs: 2_000, everyMs: 50 });
    await act("REVOKE", "A reason of some length.");
    await untilEqual("answer", "LICENCE_ENDED ENDED", told, { limitMs: 2_000, everyMs: 50 });
  });
});
