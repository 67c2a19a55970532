import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveHealth } from "../../../runtime/health.ts";
import { createLog } from "../../../runtime/log.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { producerConnection } from "../../../runtime/redis.ts";
import { createBodies } from "../../../server/intake/body.ts";
import { createInbox } from "../../../server/intake/inbox.ts";
import { createIntakeServer } from "../../../server/intake/listen.ts";
import { createPublicKeys } from "../../../server/intake/public-keys.ts";
import { createRateLimit } from "../../../server/intake/rate.ts";
import { createRegistry } from "../../../server/intake/registry.ts";
import { createTickets } from "../../../server/intake/tickets.ts";
import { addDevice, makeCity, noonZone, presence } from "../../support/city.ts";
import { batchBytes, makeDevice, type Receipt, sendSigned, signBytes } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { openHub } from "../../support/hub.ts";
import { heartbeat } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

function expectComeBack({ status, headers, json }: Receipt, code: string): void {
  expect([status, json["code"]]).toEqual([503, code]);
  expect(headers["content-type"]).toBe("application/problem+json");
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
}

scenario("while a part that the intake needs is away", (environment) => {
  const hub = openHub(environment);
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  test("the keyring: devices are told to come back, and the same batch is taken afterwards", async () => {
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const identity = await addDevice(hub.hub, city);
    const body = batchBytes(identity, 1, [heartbeat(Date.now())]);
    const send = () => sendSigned(hub.url, signBytes(identity, body));
    await hub.processes.stop("keyring");
    try {
      expectComeBack(await send(), "KEYRING_UNAVAILABLE");
    } finally {
      await hub.processes.start("keyring");
      await hub.processes.ready();
    }
    await until("the batch is taken", async () => (await send()).status === 202);
  });

  test("the hub database: what is known serves for a minute, then devices are told to come back", async () => {
    const home = mkdtempSync(join(tmpdir(), "madang-away-"));
    const log = createLog("test", "silent");
    const health = await serveHealth(home, "intake");
    const catalogue = createPool(hub.hubDatabase, { name: "test" });
    const redis = producerConnection(hub.redis, log);
    const tickets = createTickets(redis, log);
    let ahead = 0;
    const clock = () => Date.now() + ahead;
    const registry = createRegistry(catalogue, log, clock);
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const identity = await addDevice(hub.hub, city);
    const server = createIntakeServer(
      {
        bodies: createBodies(),
        registry,
        tickets,
        inbox: createInbox(hub.edge, log),
        publicKeys: createPublicKeys(join(hub.home, "run/keyring-public.sock")),
        rateLimit: createRateLimit(10, 10),
        clock: Date.now,
      },
      log,
      health,
    ).listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      await registry.start();
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const device = makeDevice(url, identity);
      await catalogue.end();
      expect((await device.send([heartbeat(Date.now())])).status).toBe(202);
      const stranger = { ...identity, keyid: `${identity.keyid}-other` };
      expectComeBack(await makeDevice(url, stranger).send([heartbeat(Date.now())]), "STORE_UNAVAILABLE");
      ahead = 61_000;
      expectComeBack(await device.send([heartbeat(Date.now())]), "STORE_UNAVAILABLE");
      expect(registry.usable()).toBe(false);
    } finally {
      registry.stop();
      server.close();
      await tickets.close();
      redis.disconnect();
      await health.close();
      rmSync(home, { recursive: true });
    }
  });
});
