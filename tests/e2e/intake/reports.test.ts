import type { Reading } from "../../../core/edge/batch.ts";
import { addDays, dayBounds, formatInstant, localDay } from "../../../core/time.ts";
import { addDevice, declareBackfill, makeCity, noonZone, presence, type TestCity } from "../../support/city.ts";
import { value } from "../../support/databases.ts";
import { type Device, makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { ask } from "../../support/graphql.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { CENTRE } from "../../support/readings.ts";
import { until, untilEqual } from "../../support/wait.ts";

const HOUR = 3_600_000;
/** As a device writes them: at most seven decimals. */
const degrees = (value: number): number => Math.round(value * 1e6) / 1e6;
type Report = Extract<Reading, { type: "report" }>;

// Rule P14 through all doors: signed by five devices, sealed, judged when the day is sealed, shown at a public point.
scenario("reports of sensitive things", (environment) => {
  const hub = openHub(environment);
  const zone = noonZone();
  const day = addDays(localDay(Date.now(), zone), -3);
  const block = dayBounds(day, zone).from + 9 * HOUR;
  let city: TestCity;
  let devices: Device[];
  let dataset: string;
  let backfill: string;

  beforeAll(async () => {
    city = await makeCity(hub.hub, { timeZone: zone, ...presence() });
    dataset = `${city.slug}-reports`;
    await hub.hub.query("UPDATE hub.feed SET reading_types = '{heartbeat,track,report}' WHERE id = $1", [city.feed]);
    await hub.hub.query(
      `INSERT INTO hub.dataset (id, city_id, organization_id, kind, domain, layer, tier, title_ko, title_en, description_ko,
         description_en, bias_statement_ko, bias_statement_en, keywords, is_synthetic, licence_name, attribution, retention_days)
       VALUES ($1, $2, $3, 'EVENTS', 'SAFETY', 'L1_SITE', 'OPEN', '시험', 'Test', '시험', 'Test', '시험', 'Test', '{}', true, 'CC0', 'Test', 7)`,
      [dataset, city.slug, city.organization],
    );
    await hub.hub.query("INSERT INTO hub.dataset_view (dataset_id, tier) VALUES ($1, 'OPEN')", [dataset]);
    await hub.hub.query(`INSERT INTO hub."_DatasetToFeed" ("A", "B") VALUES ($1, $2)`, [dataset, city.feed]);
    await hub.hub.query("INSERT INTO hub.snap_version VALUES ($1, 1, 300, '2000-01-01')", [city.slug]);
    for (const [slug, east] of [
      ["corner", 0],
      ["other-corner", 0.02],
    ] as const) {
      await hub.hub.query(
        "INSERT INTO hub.snap_point VALUES ($1, 1, $2, $1 || '/cell', '시험 교차로', 'Test crossing', $3, $4, 8)",
        [city.slug, slug, degrees(CENTRE[0] + east), CENTRE[1]],
      );
    }
    devices = [];
    for (let nth = 0; nth < 6; nth++) devices.push(makeDevice(hub.url, await addDevice(hub.hub, city)));
    backfill = await declareBackfill(hub.hub, city, day);
  });
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  const report = (device: Device, change: Partial<Report> = {}): Report => ({
    ...{ type: "report", subject: { kind: "device", id: device.device }, source: "DEVICE", key: "mine", revision: 1 },
    ...{ category: "NOISE", severity: "MODERATE", urgency: "IMMEDIATE", certainty: "OBSERVED", cause: "HUMAN" },
    ...{
      at: formatInstant(block + HOUR),
      longitude: degrees(CENTRE[0] + 0.001),
      latitude: degrees(CENTRE[1] + 0.0005),
      ...change,
    },
  });
  const post = async (device: Device, readings: Reading[]) => {
    const answer = await device.send(readings, { id: backfill, day });
    expect(answer.status).toBe(202);
    return answer.json["receipt"];
  };
  const shown = async () => {
    const { incidents } = await ask<{ incidents: { nodes: Record<string, unknown>[] } }>(
      hub.url,
      `query ($city: String!) { incidents(city: $city, first: 20) { nodes {
         kind snapped timePrecision severity cause from to open location template { ko en } dataset { slug } } } }`,
      { city: city.slug },
    );
    return incidents.nodes;
  };

  test("show at the public point, by the block, once the day is sealed, also when the worker is killed meanwhile", async () => {
    // kills: a row with the exact place or time; a note that leaves the restricted database; a row published twice
    const [first, second, ...others] = devices.slice(0, 5);
    if (first === undefined || second === undefined) throw new Error("no devices");
    const note = "흰 차 12가3456이 달아남";
    await post(first, [report(first, { note }), report(first, { key: "more", category: "DUMPING" })]);
    for (const device of [second, ...others]) await post(device, [report(device)]);
    // At the other corner four sources tell of two kinds: it stays locked.
    for (const device of devices.slice(0, 4)) {
      const there = { longitude: degrees(CENTRE[0] + 0.0205), key: "there" };
      await post(device, [report(device, there), report(device, { ...there, key: "there-too", category: "DUMPING" })]);
    }
    const liar = await post(second, [report(second, { subject: { kind: "device", id: first.device } })]);
    await allProcessed(hub, city);
    expect(await value(hub.edge, "SELECT rejected FROM edge.batch WHERE id = $1", [liar])).toBe(1);
    expect(
      await value(
        hub.edge,
        "SELECT note FROM edge.report_note n JOIN edge.report r ON r.id = n.report WHERE r.population = $1",
        [city.population],
      ),
    ).toBe("흰 차 [차량번호]이 달아남");
    expect(await shown()).toEqual([]);

    const end = await first.send([], { id: backfill, day, end: true });
    expect(end.status).toBe(202);
    await hub.processes.kill("facts");
    const rows = await until("the unlocked cell shows", async () => ((await shown()).length > 0 ? shown() : null), {
      limitMs: 150_000,
      everyMs: 500,
    });
    const place = {
      snapped: true,
      timePrecision: "PT3H",
      open: false,
      location: { type: "Point", coordinates: [...CENTRE] },
    };
    const time = { from: formatInstant(block), to: formatInstant(block + 3 * HOUR), dataset: { slug: dataset } };
    expect(rows.toSorted((a, b) => (String(a["kind"]) < String(b["kind"]) ? -1 : 1))).toMatchObject([
      { ...place, ...time, kind: "DUMPING", severity: "UNKNOWN", cause: null },
      { ...place, ...time, kind: "NOISE", severity: "MODERATE", cause: "HUMAN" },
    ]);
    expect(JSON.stringify(rows)).toContain("Noise reported near Test crossing");
    expect(JSON.stringify(rows)).not.toMatch(/달아남|other-corner/);
    await hub.processes.ready();
    await untilEqual("judged cells", 2, () =>
      value<number>(hub.edge, "SELECT count(*) FROM edge.report_cell WHERE population = $1", [city.population]),
    );
    const events = await value(hub.hub, "SELECT count(*) FROM open.event WHERE dataset = $1", [dataset]);
    expect(events).toBe(2);
  }, 240_000);

  test("come to nothing after their day is sealed, and from a device that is revoked", async () => {
    const last = devices[5];
    if (last === undefined) throw new Error("no device");
    const late = await last.send([report(last)], { id: backfill, day });
    expect([late.status, late.json["code"]]).toEqual([409, "DAY_SEALED"]);
    await hub.hub.query("UPDATE hub.device SET revoked_at = now() WHERE id = $1", [last.device]);
    await until("the device is refused", async () => (await last.send([report(last)])).status === 403);
  });
});
