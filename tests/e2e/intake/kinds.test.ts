import type { Reading } from "../../../core/edge/batch.ts";
import { addDays, dayBounds, formatInstant, localDay } from "../../../core/time.ts";
import { addDevice, declareBackfill, noonZone, type TestCity } from "../../support/city.ts";
import { batchBytes, type Device, makeDevice, sendSigned, signBytes } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { CENTRE, MODEL } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";
import { makeFullCity } from "./catalogue.ts";

const HOUR = 3_600_000;

scenario("readings of every kind", (environment) => {
  const hub = openHub(environment);
  const zone = noonZone();
  const today = localDay(Date.now(), zone);
  let city: TestCity;
  let device: Device;

  beforeAll(async () => {
    city = await makeFullCity(hub.hub);
    device = makeDevice(hub.url, await addDevice(hub.hub, city));
  });
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  const trip = (id: string, from: number, to = from + 600_000): Reading => ({
    ...{ type: "trip", subject: { kind: "trip", id }, vehicle: "BICYCLE", origin: "one", destination: "two" },
    ...{ from: formatInstant(from), to: formatInstant(to) },
  });
  const outcome = async (receipt: unknown) =>
    (
      await hub.edge.query("SELECT state, reason, accepted, rejected, repeated FROM edge.batch WHERE id = $1", [
        receipt,
      ])
    ).rows[0];

  test("go to the cells of their plans, and facts to the facts worker", async () => {
    const at = Math.floor(Date.now() / 1000) * 1000 - 30_000;
    const hour = dayBounds(today, zone).from + 9 * HOUR;
    const answer = await device.send([
      { type: "heartbeat", at: formatInstant(at) },
      trip("a", at - 900_000),
      {
        ...{ type: "count", sensor: "sensor", class: "PERSON", value: 42 },
        ...{ from: formatInstant(hour), to: formatInstant(hour + HOUR) },
      },
      {
        ...{ type: "incident", subject: { kind: "incident", id: "i" }, category: "ASSAULT", zone: "area" },
        at: formatInstant(at),
      },
      {
        ...{ type: "track", subject: { kind: "vehicle", id: "v" }, class: "CAR", behaviour: "MOVE", model: MODEL },
        ...{ from: formatInstant(at - 60_000), to: formatInstant(at), zone: "road", speed: 399, dwell: 600 },
        ...{ longitude: CENTRE[0], latitude: CENTRE[1], confidence: 90 },
      },
      { type: "availability", station: "one", at: formatInstant(at), vehicles: 3, docks: 4 },
      {
        ...{ type: "event", key: "works", revision: 1, category: "ROAD_WORKS", severity: "MINOR", urgency: "FUTURE" },
        ...{ certainty: "LIKELY", from: formatInstant(at + 24 * HOUR), to: null, zone: "area" },
        ...{ longitude: CENTRE[0], latitude: CENTRE[1] },
      },
    ]);
    expect(answer.status).toBe(202);
    await allProcessed(hub, city);
    expect(await outcome(answer.json["receipt"])).toMatchObject({ state: "DONE", accepted: 7, rejected: 0 });
    const numbers = Object.values(city.plans).map((plan) => plan.number);
    const { rows } = await hub.edge.query<{ plan: number; cell: number }>(
      "SELECT plan, cell FROM edge.contribution WHERE plan = ANY ($1) AND day = $2 ORDER BY plan, cell",
      [numbers, today],
    );
    const localHour = Number(
      new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(at - 900_000),
    );
    const of = (name: string) => city.plans[name]?.number;
    expect(rows).toEqual([
      { plan: of("hourly"), cell: 1 },
      { plan: of("stations"), cell: 1 },
      { plan: of("hours"), cell: localHour + 1 },
      { plan: of("pairs"), cell: 65_536 + 2 },
      { plan: of("kinds"), cell: 1 },
      { plan: of("speeds"), cell: 2 },
      { plan: of("dwell"), cell: 2 },
    ]);
    const counters = await hub.edge.query("SELECT cell, value FROM edge.counter WHERE plan = $1", [of("counter")]);
    expect(counters.rows).toEqual([{ cell: 1, value: 42 }]);
    await until("both facts are published", async () => {
      const { rows: facts } = await hub.edge.query<{ refused: string | null; published: boolean }>(
        "SELECT refused, published FROM edge.fact WHERE fact ->> 'dataset' LIKE $1",
        [`${city.slug}-%`],
      );
      expect(facts.filter(({ refused }) => refused !== null)).toEqual([]);
      return facts.length === 2 && facts.every(({ published }) => published);
    });
  });

  test("that repeat what stands are told apart: accepted + rejected + repeated is what was sent", async () => {
    const at = Math.floor(Date.now() / 1000) * 1000 - 30_000;
    const first = ["r1", "r2", "r3"].map((id) => trip(id, at - 900_000));
    await device.send(first);
    await allProcessed(hub, city);
    const again = await device.send([...first, trip("r4", at - 900_000), trip("r4", at - 900_000)]);
    const bad = await device.send([
      { ...trip("r5", at - 900_000), origin: "nowhere" } as Reading,
      trip("r2", at - 900_000),
    ]);
    await allProcessed(hub, city);
    expect(await outcome(again.json["receipt"])).toMatchObject({ accepted: 1, rejected: 0, repeated: 4 });
    expect(await outcome(bad.json["receipt"])).toMatchObject({ accepted: 0, rejected: 1, repeated: 1 });
  });

  describe("of a declared past", () => {
    const day = addDays(today, -40);
    const noon = dayBounds(day, zone).from + 12 * HOUR;

    test("end their day once the signed marker and all batches acknowledged before it are processed, in any order", async () => {
      const id = await declareBackfill(hub.hub, city, day);
      const batches = Array.from({ length: 12 }, (_, batch) =>
        device.send(
          Array.from({ length: 20 }, (_, index) => trip(`p-${batch}-${index}`, noon)),
          { id, day },
        ),
      );
      for (const answer of await Promise.all(batches)) expect(answer.status).toBe(202);
      expect((await device.send([], { id, day, end: true })).status).toBe(202);
      await until("the day has ended or is sealed", async () => {
        const { rows } = await hub.edge.query<{ ended: boolean }>(
          "SELECT ended_at IS NOT NULL OR state = 'SEALED' AS ended FROM edge.population_day WHERE population = $1 AND day = $2",
          [city.population, day],
        );
        return rows[0]?.ended;
      });
      const { rows } = await hub.edge.query<{ state: string; accepted: number }>(
        "SELECT state, sum(accepted)::integer AS accepted FROM edge.batch WHERE backfill = $1 GROUP BY state",
        [id],
      );
      expect(rows).toEqual([{ state: "DONE", accepted: 240 }]);
    });

    test("are refused for another day than their batch's, an undeclared period, and somebody else's backfill", async () => {
      const other = addDays(day, -1);
      const id = await declareBackfill(hub.hub, city, other);
      const mixed = await device.send([trip("w-1", noon), trip("w-2", noon - 24 * HOUR)], { id, day: other });
      await allProcessed(hub, city);
      expect(await outcome(mixed.json["receipt"])).toMatchObject({ accepted: 1, rejected: 1 });
      await device.send([], { id, day: other, end: true });
      const refusals = await Promise.all([
        device.send([trip("w-3", noon)], { id, day: addDays(other, -1) }),
        device.send([trip("w-4", noon)], { id: "018f0000-0000-4000-8000-000000000001", day: other }),
      ]);
      expect(refusals.map(({ status, json }) => [status, json["code"]])).toEqual([
        [409, "BACKFILL_UNKNOWN"],
        [409, "BACKFILL_UNKNOWN"],
      ]);
    });

    test("are refused once their day is sealed, but what was taken keeps its receipt", async () => {
      const sealed = addDays(day, -2);
      const id = await declareBackfill(hub.hub, city, sealed);
      const backfill = { id, day: sealed };
      const identity = await addDevice(hub.hub, city);
      const sender = makeDevice(hub.url, await addDevice(hub.hub, city));
      const body = batchBytes(identity, 1, [trip("s-1", noon - 48 * HOUR)], { backfill: { ...backfill, end: true } });
      const first = await sendSigned(hub.url, signBytes(identity, body));
      await until("the day is sealed and its key destroyed", async () => {
        const { rows } = await hub.edge.query<{ gone: boolean }>(
          "SELECT key_destroyed_at IS NOT NULL AS gone FROM edge.population_day WHERE population = $1 AND day = $2",
          [city.population, sealed],
        );
        return rows[0]?.gone;
      });
      await until("its cached public key is forgotten", async () => {
        const late = await sender.send([trip("s-2", noon - 48 * HOUR)], backfill);
        expect([late.status, late.json["code"]]).toEqual([409, "DAY_SEALED"]);
        return true;
      });
      const again = await sendSigned(hub.url, signBytes(identity, body));
      expect([again.status, again.json]).toEqual([202, first.json]);
    });
  });
});
