// A city whose released values are known: the graph, its sums, its levels and the exports must say exactly these.
import { halfWidth } from "../../../core/privacy/interval.ts";
import { laplace } from "../../../core/privacy/mechanism.ts";
import { formatInstant } from "../../../core/time.ts";
import { makeCity, type TestCity } from "../../support/city.ts";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { published, release } from "../../support/released.ts";
import { untilEqual } from "../../support/wait.ts";
import { ask, data, refusal } from "./ask.ts";

const TIME_ZONE = "Asia/Seoul";
const HOUR = 3_600_000;
const TEN = 600_000;
const SQUARES = ["a-square", "b-square", "c-square"];

scenario("released values in the graph and in exports", (environment) => {
  const { url } = environment;
  let stores: Databases;
  let city: TestCity;
  /** The last full hour three hours ago: its windows are all over. */
  const start = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
  const iso = (at: number) => new Date(at).toISOString();
  const period = { from: iso(start), to: iso(start + 2 * HOUR) };
  const flow = () => `${city.slug}-flow`;
  const crowd = () => `${city.slug}-crowd`;

  beforeAll(async () => {
    stores = openDatabases(environment);
    city = await makeCity(stores.hub, {
      timeZone: TIME_ZONE,
      zones: SQUARES.map((slug) => ({ slug, kind: "PLAZA" as const })),
      plans: [
        { name: "flow", statistic: "PRESENCE", step: "PT1H", bound: 6, epsilonMicro: 600_000, zones: SQUARES },
        { name: "crowd", statistic: "OCCUPANCY", step: "PT10M", bound: 24, epsilonMicro: 600_000, zones: SQUARES },
        { name: "daily", statistic: "PRESENCE", step: "P1D", bound: 1, epsilonMicro: 100_000, zones: ["a-square"] },
        {
          ...{ name: "dwell", statistic: "DWELL", step: "PT1H", bound: 3, epsilonMicro: 300_000, zones: SQUARES },
          binEdges: [0, 600],
        },
      ],
    });
    const number = (name: string): number => city.plans[name]?.number ?? 0;
    const hour = (nth: number) => ({ from: start + nth * HOUR, to: start + (nth + 1) * HOUR });
    await release(stores.hub, number("flow"), hour(0), TIME_ZONE, [200, -40, 7]);
    await release(stores.hub, number("flow"), hour(1), TIME_ZONE, [150, 35, null]);
    // Areas have 2 000 m²: 8 400 people are 4.2 persons/m².
    // By place, then bin: a-square 0-600, a-square 600-, b-square …
    await release(stores.hub, number("dwell"), hour(0), TIME_ZONE, [-8, 90, 40, 12, null, null]);
    await release(stores.hub, number("dwell"), hour(1), TIME_ZONE, [20, 5, 0, 1, 2, 3]);
    const occupancy = [8_400, 7_000, 12_400, 11_500, 11_000, 2_000];
    for (const [nth, value] of occupancy.entries()) {
      const window = { from: start + nth * TEN, to: start + (nth + 1) * TEN };
      await release(stores.hub, number("crowd"), window, TIME_ZONE, [value, nth === 5 ? null : 6_100, -100]);
    }
    await published();
  });

  afterAll(async () => {
    await stores.close();
  });

  const SERIES = `query ($dataset: String!, $area: AreaInput, $period: PeriodInput!, $step: Duration) {
    dataset(slug: $dataset) { series(area: $area, period: $period, step: $step) {
      columns { start place value signed lower95 upper95 withheld }
      uncertainty { halfWidth95 } coverage { expected present } method { leaves statistic }
      rows(first: 100) { nodes { place value signed withheld { reason } } }
      provenance { releases }
    } } }`;
  type Series = {
    dataset: {
      series: {
        columns: Record<string, (number | string | null)[]>;
        uncertainty: { halfWidth95: number };
        coverage: { expected: number; present: number };
        method: { leaves: number };
        rows: { nodes: { place: string; value: number | null; withheld: { reason: string } | null }[] };
        provenance: { releases: number };
      };
    };
  };

  test("a value is rounded up to zero in the view, keeps its sign beside, and says its interval", async () => {
    const { dataset } = await data<Series>(url, SERIES, { dataset: flow(), period });
    const width = halfWidth(laplace(10));
    expect(dataset.series.columns).toEqual({
      start: [start, start, start, start + HOUR, start + HOUR, start + HOUR],
      place: [...SQUARES, ...SQUARES],
      value: [200, 0, 7, 150, 35, null],
      signed: [200, -40, 7, 150, 35, null],
      lower95: [200 - width, 0, 0, 150 - width, 35 - width, null],
      upper95: [200 + width, 0, 7 + width, 150 + width, 35 + width, null],
      withheld: [null, null, null, null, null, "FEED_SILENT"],
    });
    expect(dataset.series.uncertainty.halfWidth95).toBe(width);
    expect(dataset.series.coverage).toEqual({ expected: 6, present: 5 });
    expect(dataset.series.provenance.releases).toBe(2);
    expect(dataset.series.rows.nodes.map(({ value }) => value)).toEqual(dataset.series.columns["value"]);
    expect(dataset.series.rows.nodes[5]?.withheld).toEqual({ reason: "FEED_SILENT" });
  });

  test("a sum adds signed values before it rounds, has the interval of the sum, and is withheld with any leaf", async () => {
    const area = { places: SQUARES, sum: true };
    const { dataset } = await data<Series>(url, SERIES, { dataset: flow(), area, period });
    const width = halfWidth(laplace(10), 3);
    expect(dataset.series.columns).toMatchObject({
      place: ["sum", "sum"],
      signed: [167, null],
      value: [167, null],
      lower95: [167 - width, null],
      withheld: [null, "FEED_SILENT"],
    });
    expect(dataset.series.uncertainty.halfWidth95).toBe(width);
    expect(dataset.series.method.leaves).toBe(3);
  });

  test("a histogram has its bins by place and window, signed and as shown, each with its interval and what is withheld", async () => {
    const HISTOGRAM = `query ($dataset: String!, $area: AreaInput, $period: PeriodInput!) { dataset(slug: $dataset) {
      plan { split bins { from to unit } }
      series(area: $area, period: $period) { columns { category binFrom binTo signed }
        rows(first: 1) { nodes { category bin { from to unit } } }
        histograms(first: 100) { nodes { place window { from to }
          bins { from to unit value signed lower95 upper95 withheld { reason } } } pageInfo { hasNextPage } } } } }`;
    type Bin = { from: number; to: number | null; unit: string; signed: number | null; withheld: object | null };
    type Answer = {
      dataset: {
        plan: object;
        series: {
          columns: Record<string, unknown[]>;
          rows: object;
          histograms: { nodes: { place: string; window: object; bins: Bin[] }[]; pageInfo: object };
        };
      };
    };
    const dwell = `${city.slug}-dwell`;
    const { dataset } = await data<Answer>(url, HISTOGRAM, { dataset: dwell, period });
    const width = halfWidth(laplace(10));
    const unit = "SECONDS";
    expect(dataset.plan).toEqual({
      split: "BIN",
      bins: [
        { from: 0, to: 600, unit },
        { from: 600, to: null, unit },
      ],
    });
    const { nodes, pageInfo } = dataset.series.histograms;
    expect(pageInfo).toEqual({ hasNextPage: false });
    expect(nodes.map(({ place }) => place)).toEqual([...SQUARES, ...SQUARES]);
    expect(nodes[0]).toEqual({
      place: "a-square",
      window: { from: formatInstant(start), to: formatInstant(start + HOUR) },
      bins: [
        { from: 0, to: 600, unit, value: 0, signed: -8, lower95: 0, upper95: width - 8, withheld: null },
        { from: 600, to: null, unit, value: 90, signed: 90, lower95: 90 - width, upper95: 90 + width, withheld: null },
      ],
    });
    expect(nodes[2]?.bins.map(({ withheld }) => withheld)).toEqual([
      { reason: "FEED_SILENT" },
      { reason: "FEED_SILENT" },
    ]);
    expect(dataset.series.columns["binFrom"]?.slice(0, 4)).toEqual([0, 600, 0, 600]);
    expect(dataset.series.columns["binTo"]?.slice(0, 4)).toEqual([600, null, 600, null]);
    expect(dataset.series.rows).toEqual({ nodes: [{ category: "0-600", bin: { from: 0, to: 600, unit } }] });
    const summed = await data<Answer>(url, HISTOGRAM, {
      dataset: dwell,
      area: { places: ["a-square", "b-square"], sum: true },
      period,
    });
    expect(summed.dataset.series.histograms.nodes.map(({ bins }) => bins.map(({ signed }) => signed))).toEqual([
      [32, 102],
      [20, 6],
    ]);
    const plain = await data<Answer>(url, HISTOGRAM, { dataset: flow(), period });
    expect([plain.dataset.plan, plain.dataset.series.histograms.nodes]).toEqual([{ split: null, bins: [] }, []]);
    expect(plain.dataset.series.columns["binFrom"]?.[0]).toBeNull();
  });

  test("a zone speaks of its own histogram, or of the nearest one around it", async () => {
    const asked = `period: { from: "${period.from}", to: "${period.to}" }`;
    const { zone } = await data<{ zone: { crowd: { dwell: object }; mobility: { speeds: null } } }>(
      url,
      `{ zone(city: "${city.slug}", slug: "a-square") { crowd { dwell(${asked}) { histograms(first: 1) { nodes { place bins { signed } } } } }
         mobility { speeds(${asked}) { step } } } }`,
    );
    expect(zone.crowd.dwell).toEqual({
      histograms: { nodes: [{ place: "a-square", bins: [{ signed: -8 }, { signed: 90 }] }] },
    });
    expect(zone.mobility.speeds).toBeNull();
  });

  test("a window that is over and not released says so", async () => {
    const later = { from: iso(start + 2 * HOUR), to: iso(start + 3 * HOUR) };
    const { dataset } = await data<Series>(url, SERIES, {
      dataset: flow(),
      area: { places: ["a-square"] },
      period: later,
    });
    expect(dataset.series.columns).toMatchObject({ value: [null], withheld: ["NOT_RELEASED"] });
  });

  test("a level rises at once, drops after two low windows, and survives silence", async () => {
    const history = await data<{ city: { crowd: { history: Record<string, number[]>; places: unknown[] } } }>(
      url,
      `query ($city: String!, $period: PeriodInput!) { city(slug: $city) { crowd {
         history(period: $period) { start normal caution alert serious withheld }
         places { zone { slug } value level approaching withheld { reason } } } } }`,
      { city: city.slug, period },
    );
    // a: 4.2 caution, 3.5 one low window, 6.2 serious, 5.75 holds (within 0.3), 5.5 low once, 1.0 low twice → the higher.
    // b: 3.05 approaching, then silent. c: below zero: empty.
    expect(history.city.crowd.history).toEqual({
      start: Array.from({ length: 6 }, (_, nth) => start + nth * TEN),
      normal: [2, 2, 2, 2, 2, 1],
      caution: [1, 1, 0, 0, 0, 0],
      alert: [0, 0, 0, 0, 0, 1],
      serious: [0, 0, 1, 1, 1, 0],
      withheld: [0, 0, 0, 0, 0, 1],
    });
    expect(history.city.crowd.places).toEqual([
      { zone: { slug: "a-square" }, value: 2_000, level: "ALERT", approaching: false, withheld: null },
      { zone: { slug: "b-square" }, value: null, level: null, approaching: false, withheld: { reason: "FEED_SILENT" } },
      { zone: { slug: "c-square" }, value: 0, level: "NORMAL", approaching: false, withheld: null },
    ]);
  });

  test("the CSV export has the values of the graph, its licence and its bounds", async () => {
    const { dataset } = await data<Series>(url, SERIES, { dataset: flow(), period });
    const response = await fetch(`${url}/exports/${flow()}.csv?from=${period.from}&to=${period.to}`);
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/csv");
    expect(text).toMatch(/^# attribution: Test$/m);
    expect(text).toMatch(/^# licence: CC0$/m);
    const [head = "", ...lines] = text
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("#"));
    const names = head.split(",");
    const column = (name: string) => lines.map((line) => line.split(",")[names.indexOf(name)]);
    for (const name of ["value", "signed", "lower95", "upper95", "withheld", "place"]) {
      expect(column(name)).toEqual(dataset.series.columns[name]?.map((value) => String(value ?? "")));
    }
  });

  test("the GeoJSON export has the same values by place, with geometry", async () => {
    const response = await fetch(`${url}/exports/${flow()}.geojson?from=${period.from}&to=${period.to}&area=b-square`);
    const collection = (await response.json()) as {
      licence: { name: string };
      features: {
        geometry: { type: string };
        properties: { place: string; values: { value: number; signed: number }[] };
      }[];
    };
    expect(collection.licence.name).toBe("CC0");
    expect(collection.features).toHaveLength(1);
    expect(collection.features[0]?.geometry.type).toBe("Point");
    expect(collection.features[0]?.properties.values).toMatchObject([
      { value: 0, signed: -40 },
      { value: 35, signed: 35 },
    ]);
  });

  test("an export that has not changed is not sent again; zipped or not it is the same", async () => {
    const address = `${url}/exports/${flow()}.csv?from=${period.from}&to=${period.to}`;
    const first = await fetch(address, { headers: { "accept-encoding": "identity" } });
    const zipped = await fetch(address, { headers: { "accept-encoding": "gzip" } });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(await zipped.text()).toBe(await first.text());
    const again = await fetch(address, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
  });

  test("what would be answered badly is refused with the way to ask", async () => {
    const series = (more: string) => `{ dataset(slug: "${flow()}") { series(${more}) { step } } }`;
    const asked = `period: { from: "${period.from}", to: "${period.to}" }`;
    expect(await refusal(url, series(`${asked}, step: "PT10M"`))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "step",
    });
    expect(await refusal(url, series(`${asked}, step: "P1D"`))).toMatchObject({
      code: "LIMIT_EXCEEDED",
      field: "step",
      // The dataset of the same city that counts whole days for itself (rule P6).
      fix: expect.stringContaining(`${city.slug}-daily`),
    });
    expect(await refusal(url, series(`${asked}, area: { places: ["nowhere"] }`))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "area",
    });
    expect(await refusal(url, series(`${asked}, area: { places: [] }`))).toMatchObject({ code: "BAD_USER_INPUT" });
    const both = `${asked}, area: { places: ["a-square"], zone: "a-square" }`;
    expect(await refusal(url, series(both))).toMatchObject({ code: "BAD_USER_INPUT", field: "area" });
    expect(await refusal(url, series(`period: { from: "${period.to}", to: "${period.from}" }`))).toMatchObject({
      code: "PERIOD_INVALID",
    });
    const occupancy = `{ dataset(slug: "${crowd()}") { series(${asked}, step: "PT1H") { step } } }`;
    expect(await refusal(url, occupancy)).toMatchObject({
      code: "BAD_USER_INPUT",
      fix: expect.stringContaining("PT10M"),
    });
  });

  /** Gives the dataset's one view to another tier, and waits until the server has seen it. */
  const giveTo = async (dataset: string, tier: "OPEN" | "LICENSED"): Promise<void> => {
    await stores.hub.query("UPDATE hub.dataset_view SET tier = $2 WHERE dataset_id = $1", [dataset, tier]);
    await untilEqual("status of the export", tier === "OPEN" ? 200 : 403, async () => {
      return (await fetch(`${url}/exports/${dataset}.csv`, { method: "HEAD" })).status;
    });
  };

  test("a question that was asked before follows the view and an earlier release", async () => {
    const asked = { dataset: flow(), area: { places: ["b-square"] }, period: { ...period, from: iso(start - HOUR) } };
    const signed = async () => (await data<Series>(url, SERIES, asked)).dataset.series.columns["signed"];
    expect([await signed(), await signed()]).toEqual([
      [-40, 35],
      [-40, 35],
    ]);
    const earlier = { from: start - HOUR, to: start };
    await release(stores.hub, city.plans["flow"]?.number ?? 0, earlier, TIME_ZONE, [1, 12, 3]);
    await published();
    expect([await signed(), await signed()]).toEqual([
      [12, -40, 35],
      [12, -40, 35],
    ]);
    await giveTo(flow(), "LICENSED");
    const { errors } = await ask(url, SERIES, asked);
    expect(errors?.[0]?.extensions.code).toBe("LICENCE_REQUIRED");
    await giveTo(flow(), "OPEN");
    expect(await signed()).toEqual([12, -40, 35]);
  });

  test("a dataset that is not open is found but not read", async () => {
    await giveTo(crowd(), "LICENSED");
    const { data: found, errors } = await ask(
      url,
      `{ dataset(slug: "${crowd()}") { tier distributions { href } series(period: { from: "${period.from}", to: "${period.to}" }) { step } } }`,
    );
    expect(found).toEqual({ dataset: { tier: "OPEN", distributions: [], series: null } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "LICENCE_REQUIRED", errors: [{ rule: "NO_LICENCE" }] });
    expect((await fetch(`${url}/exports/${crowd()}.csv`)).status).toBe(403);
    await giveTo(crowd(), "OPEN");
  });
});
