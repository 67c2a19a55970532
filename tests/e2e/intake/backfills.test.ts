import type { Reading } from "../../../core/edge/batch.ts";
import { addDays, dayBounds, localDay } from "../../../core/time.ts";
import { addDevice, declareBackfill, makeCity, noonZone, presence, type TestCity } from "../../support/city.ts";
import { type Device, makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, contributions, openHub } from "../../support/hub.ts";
import { heartbeat, person } from "../../support/readings.ts";
import { untilEqual } from "../../support/wait.ts";

scenario("declared backfills", (environment) => {
  const hub = openHub(environment);
  const zone = noonZone();
  const day = addDays(localDay(Date.now(), zone), -5);
  const at = dayBounds(day, zone).from + 3_600_000;
  let city: TestCity;
  let device: Device;

  beforeEach(async () => {
    city = await makeCity(hub.hub, { timeZone: zone, ...presence() });
    device = makeDevice(hub.url, await addDevice(hub.hub, city));
  });
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  const send = async (id: string, readings: readonly Reading[], end = false) => {
    const answer = await device.send(readings, { id, day, ...(end && { end }) });
    return answer.status === 202 ? "taken" : answer.json["code"];
  };
  const dayState = async () => {
    const { rows } = await hub.edge.query<{ state: string }>(
      "SELECT state FROM edge.population_day WHERE population = $1 AND day = $2",
      [city.population, day],
    );
    return rows[0]?.state ?? "NONE";
  };

  test("that share a day end it with the marker of either: a file left half done holds up no other", async () => {
    // kills: a marker that counts only for the declaration that opened the day
    const left = await declareBackfill(hub.hub, city, day);
    expect(await send(left, [heartbeat(at), person("a", at)])).toBe("taken");
    await untilEqual("the day", "OPEN", dayState);
    const corrected = await declareBackfill(hub.hub, city, day);
    expect(await send(corrected, [person("b", at)], true)).toBe("taken");
    await untilEqual("the day", "SEALED", dayState);
    expect(await send(left, [person("c", at)])).toBe("DAY_SEALED");
  });

  test("of which a later one was declared still end their own days", async () => {
    const first = await declareBackfill(hub.hub, city, day);
    await declareBackfill(hub.hub, city, day);
    expect(await send(first, [heartbeat(at), person("a", at)], true)).toBe("taken");
    await untilEqual("the day", "SEALED", dayState);
  });

  test("go on where the hub knows a plan of an open day no more, as after its restore", async () => {
    // kills: reading the catalogue again and again, for ever
    const id = await declareBackfill(hub.hub, city, day);
    expect(await send(id, [heartbeat(at)])).toBe("taken");
    await untilEqual("the day", "OPEN", dayState);
    await hub.edge.query("INSERT INTO edge.plan_day (plan, day, population) VALUES ($1, $2, $3)", [
      2_000_000_000 - city.population,
      day,
      city.population,
    ]);
    expect(await send(id, [person("a", at)])).toBe("taken");
    await allProcessed(hub, city);
    expect(await contributions(hub, city)).toBe(1);
  });
});
