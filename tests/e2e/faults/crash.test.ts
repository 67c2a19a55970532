import { addDays } from "../../../core/time.ts";
import { addDevice, declareBackfill, makeCity, noonZone, presence } from "../../support/city.ts";
import { value } from "../../support/databases.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, committed, contributions, far, flow, openHub, tally } from "../../support/hub.ts";
import { heartbeat, people, wholeTen } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

const HOUR = 3_600_000;

scenario("a process that is killed in the middle of its work", (environment) => {
  const hub = openHub(environment);
  const { processes } = hub;
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test.each(["intake", "ingest", "keyring", "release"])(
    "%s: nothing acknowledged is lost, nothing counts twice, the supervisor starts it again",
    async (name) => {
      const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
      const at = wholeTen(Date.now() - 20_000);
      const [devices, batches, size] = [3, 20, 300];
      let delivered = 0;
      const load = Array.from({ length: devices }, async (_, nth) => {
        const device = makeDevice(hub.url, await addDevice(hub.hub, city));
        for (let batch = 0; batch < batches; batch++) {
          const answer = await device.deliver(people(`${nth}-${batch}`, size, at));
          expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
          delivered += 1;
        }
      });
      await until("some batches are delivered", async () => delivered >= 10, { everyMs: 5 });
      const before = processes.id(name);
      await processes.kill(name);
      await Promise.all(load);
      await allProcessed(hub, city);

      expect(await tally(hub, city)).toEqual({
        batches: devices * batches,
        quarantined: 0,
        accepted: devices * batches * size,
        rejected: 0,
        repeated: 0,
      });
      expect(await contributions(hub, city)).toBe(devices * batches * size);
      await processes.ready();
      expect(processes.id(name)).not.toEqual(before);
    },
    120_000,
  );

  test("the release worker, again and again while it draws: one debit, one draw and one value a window", async () => {
    const city = await makeCity(hub.hub, { timeZone: "UTC", ...presence() });
    const device = makeDevice(hub.url, await addDevice(hub.hub, city));
    const day = addDays(new Date().toISOString().slice(0, 10), -30);
    const backfill = { id: await declareBackfill(hub.hub, city, day), day };
    const from = Date.parse(`${day}T00:00:00Z`);
    const inWindow = 100;
    for (let hour = 0; hour < 24; hour++) {
      const at = from + hour * HOUR;
      const answer = await device.deliver([heartbeat(at), ...people(`hour-${hour}`, inWindow, at)], backfill);
      expect(answer.status).toBe(202);
    }
    await allProcessed(hub, city);
    expect((await device.deliver([], { ...backfill, end: true })).status).toBe(202);

    const plan = flow(city).number;
    const seen = new Map<string, string>();
    const look = async (): Promise<number> => {
      const slots = await hub.hub.query<{ id: string }>(
        "SELECT id FROM ledger.slot WHERE plan = $1 AND first_day = $2",
        [plan, day],
      );
      const draws = await hub.edge.query<{ slot: string; vector: string }>(
        `SELECT slot, cells::text || values::text || silent::text AS vector FROM edge.draw WHERE slot = ANY ($1)`,
        [slots.rows.map(({ id }) => id)],
      );
      for (const { slot, vector } of draws.rows)
        expect(seen.set(slot, seen.get(slot) ?? vector).get(slot)).toBe(vector);
      return slots.rows.length;
    };
    for (let crash = 0; crash < 6; crash++) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 350 + crash * 60));
      await processes.kill("release");
      await processes.start("release");
    }
    await committed(hub, city, day, 24);
    expect(await look()).toBe(24);
    expect(seen.size).toBe(24);

    const { rows } = await hub.hub.query<{ slot: string; vector: string; value: number }>(
      `SELECT r.slot, array_agg(o.cell)::text || array_agg(o.value)::text || array_agg(o.withheld IS NOT NULL)::text AS vector,
              min(o.value) AS value
         FROM open.release r JOIN open.observation o USING (plan, window_start) WHERE r.plan = $1 AND r.window_start < $2 GROUP BY r.slot`,
      [plan, new Date(from + 24 * HOUR)],
    );
    expect(new Map(rows.map(({ slot, vector }) => [slot, vector]))).toEqual(seen);
    for (const row of rows) expect(Math.abs(row.value - inWindow)).toBeLessThanOrEqual(far(city));
    expect(await value(hub.hub, "SELECT count(*) FROM ledger.debit WHERE plan = $1 AND day = $2", [plan, day])).toBe(1);
    expect(
      await value(hub.hub, "SELECT spent_micro FROM ledger.population_day WHERE population = $1 AND day = $2", [
        city.population,
        day,
      ]),
    ).toBe(1_600_000);
    await processes.ready();
  }, 120_000);
});
