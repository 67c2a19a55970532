import { addDevice, makeCity, noonZone, presence } from "../../support/city.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, contributions, openHub, tally } from "../../support/hub.ts";
import { people, wholeTen } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

scenario("the edge database", (environment) => {
  const hub = openHub(environment);
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test("is away: devices are told to come back, and what was acknowledged before and after is there", async () => {
    const { processes } = hub;
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const device = makeDevice(hub.url, await addDevice(hub.hub, city));
    const at = wholeTen(Date.now() - 20_000);
    let acknowledged = 0;
    const answers = { refused: 0, unanswered: 0 };

    // A device that does not wait: what it is told is what counts.
    let going = true;
    const load = (async () => {
      for (let batch = 0; going; batch++) {
        const answer = await device.send(people(`load-${batch}`, 50, at)).catch(() => null);
        if (answer?.status === 202) acknowledged += 50;
        else if (answer === null) answers.unanswered += 1;
        else {
          expect(answer.status).toBe(503);
          expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
          expect(answer.headers["content-type"]).toContain("application/problem+json");
          answers.refused += 1;
        }
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    await until("some batches are acknowledged", async () => acknowledged >= 500);
    await processes.stop("store-edge");
    try {
      await until("devices are refused", async () => answers.refused >= 5);
    } finally {
      await processes.start("store-edge");
    }
    const before = acknowledged;
    await until("batches are acknowledged again", async () => acknowledged >= before + 500, { limitMs: 60_000 });
    going = false;
    await load;
    await allProcessed(hub, city);

    const { accepted, repeated, quarantined } = await tally(hub, city);
    expect({ repeated, quarantined, unanswered: answers.unanswered }).toEqual({
      repeated: 0,
      quarantined: 0,
      unanswered: 0,
    });
    // Of a commit whose answer the fall cut off, the device was not told; its rows are one batch a writer at most.
    expect(accepted).toBeGreaterThanOrEqual(acknowledged);
    expect(await contributions(hub, city)).toBe(accepted);
    await processes.ready();
  }, 120_000);
});
