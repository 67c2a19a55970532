import { rmSync } from "node:fs";
import { join } from "node:path";
import { addDevice, makeCity, noonZone, presence } from "../../support/city.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, contributions, openHub, tally } from "../../support/hub.ts";
import { people, wholeTen } from "../../support/readings.ts";

// Redis carries ids alone: it may be away, come back empty, and nothing that was acknowledged is missed.
scenario("Redis", (environment) => {
  const hub = openHub(environment);
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test("is away, comes back empty, and every acknowledged batch is processed once", async () => {
    const { processes } = hub;
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const device = makeDevice(hub.url, await addDevice(hub.hub, city));
    const at = wholeTen(Date.now() - 20_000);
    const receipts = new Set<unknown>();
    const send = async (prefix: string): Promise<void> => {
      for (let batch = 0; batch < 5; batch++) {
        const answer = await device.send(people(`${prefix}-${batch}`, 100, at));
        expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
        receipts.add(answer.json["receipt"]);
      }
    };

    await send("before");
    await allProcessed(hub, city);
    await processes.stop("ingest");
    try {
      await send("queued-and-wiped");
      await processes.stop("store-queue");
      try {
        await send("while-away");
        rmSync(join(hub.home, "stores", "queue", "appendonlydir"), { recursive: true });
      } finally {
        await processes.start("store-queue");
      }
    } finally {
      await processes.start("ingest");
    }
    await allProcessed(hub, city);
    await send("after");
    await allProcessed(hub, city);

    expect(receipts.size).toBe(20);
    expect(await tally(hub, city)).toEqual({ batches: 20, quarantined: 0, accepted: 2000, rejected: 0, repeated: 0 });
    expect(await contributions(hub, city)).toBe(2000);
    await processes.ready();
  }, 120_000);
});
