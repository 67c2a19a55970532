import { addDevice, makeCity, noonZone, presence } from "../../support/city.ts";
import { value } from "../../support/databases.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, contributions, far, flow, openHub, tally } from "../../support/hub.ts";
import { heartbeat, people, wholeTen } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

const HOUR = 3_600_000;

scenario("what comes at the same time", (environment) => {
  const hub = openHub(environment);
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test("batches of the same units in opposite order lock nobody out: each unit counts once", async () => {
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const devices = await Promise.all(
      Array.from({ length: 4 }, async () => makeDevice(hub.url, await addDevice(hub.hub, city))),
    );
    const at = wholeTen(Date.now() - 20_000);
    const deadlocks = () =>
      value<number>(hub.edge, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    const before = await deadlocks();
    const [rounds, units] = [4, 1500];
    for (let round = 0; round < rounds; round++) {
      const forward = people(`round-${round}`, units, at);
      const answers = await Promise.all(
        devices.map((device, nth) => device.send(nth % 2 === 0 ? forward : forward.toReversed())),
      );
      expect(answers.map(({ status }) => status)).toEqual(devices.map(() => 202));
    }
    await allProcessed(hub, city);
    expect(await contributions(hub, city)).toBe(rounds * units);
    const { quarantined, rejected, accepted, repeated } = await tally(hub, city);
    expect({ quarantined, rejected, all: accepted + repeated }).toEqual({
      quarantined: 0,
      rejected: 0,
      all: rounds * units * devices.length,
    });
    // The server writes its statistics with a second of delay.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await deadlocks()).toBe(before);
  }, 90_000);

  test("a batch that comes in the last second before its window closes is counted, however late it is processed", async () => {
    const { processes } = hub;
    // The hour before this one closes ten seconds from now: that is what the plan's grace is for.
    const end = Math.floor(Date.now() / HOUR) * HOUR;
    const closes = Math.ceil(Date.now() / 1000) * 1000 + 10_000;
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence((closes - end) / 1000) });
    const device = makeDevice(hub.url, await addDevice(hub.hub, city));
    const at = end - HOUR / 2;
    expect((await device.send([heartbeat(at), ...people("early", 300, at)])).status).toBe(202);
    await allProcessed(hub, city);

    await processes.stop("ingest");
    try {
      await until("the last second", async () => Date.now() >= closes - 900, { everyMs: 5 });
      const answer = await device.send(people("last-second", 300, at));
      expect(answer.status).toBe(202);
      const received = await value<Date>(hub.edge, "SELECT received_at FROM edge.batch WHERE id = $1", [
        answer.json["receipt"],
      ]);
      expect(received.getTime()).toBeLessThan(closes);
      // Well after the window could have closed, it still waits for what was received before.
      await new Promise((resolve) => setTimeout(resolve, closes + 4_000 - Date.now()));
      expect(await state()).not.toBe("COMMITTED");
    } finally {
      await processes.start("ingest");
    }
    await until("the window is committed", async () => (await state()) === "COMMITTED", { limitMs: 60_000 });
    const released = await value<number>(
      hub.hub,
      "SELECT value FROM open.observation WHERE plan = $1 AND window_start = $2",
      [flow(city).number, new Date(end - HOUR)],
    );
    expect(Math.abs(released - 600)).toBeLessThanOrEqual(far(city));
    await processes.ready();

    function state(): Promise<string | null> {
      return value(hub.hub, "SELECT max(state::text) FROM ledger.slot WHERE plan = $1 AND window_start = $2", [
        flow(city).number,
        new Date(end - HOUR),
      ]);
    }
  }, 120_000);
});
