// The watch over the version of access, and what it closes when the primary cannot be reached.
import { setTimeout as sleep } from "node:timers/promises";
import { line } from "../../../bench/revocation/line.ts";
import { createLog } from "../../../runtime/log.ts";
import { POLL_MS, type Watch, watchAccess } from "../../../server/access/watch.ts";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { until } from "../../support/wait.ts";

scenario("the watch over access", (environment) => {
  const log = createLog("watch-test", "silent");
  let stores: Databases;
  let way: Awaited<ReturnType<typeof line>>;
  let watch: Watch;
  beforeAll(async () => {
    stores = openDatabases(environment);
    const address = new URL(environment.hubDatabase);
    way = await line(address.hostname, Number(address.port));
    address.port = String(way.port);
    watch = watchAccess(address.href, "watch-test", log);
    await until("a version", async () => watch.version());
  });
  afterAll(async () => {
    await watch.close();
    await way.close();
    await stores.close();
  });

  test("sees each new version at once, and tells it once", async () => {
    const seen: number[] = [];
    watch.onChange((version) => seen.push(version));
    for (let nth = 0; nth < 3; nth++) {
      const { rows } = await stores.hub.query<{ version: number }>("SELECT market.raise_access() AS version");
      const raised = rows[0]?.version ?? 0;
      await until("the new version", async () => (watch.version() ?? 0) >= raised, {
        limitMs: 3 * POLL_MS,
        everyMs: 5,
      });
    }
    await sleep(2 * POLL_MS);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  test.each(["silent", "refused"] as const)(
    "confirms nothing any more when the primary is %s, and again when it is back",
    async (how) => {
      await expect(watch.confirmed()).resolves.toBeGreaterThan(0);
      way.break(how);
      const start = Date.now();
      await until("unconfirmed", async () => watch.version() === null, { everyMs: 10, limitMs: 3_000 });
      expect(Date.now() - start).toBeLessThan(1_200);
      await expect(watch.confirmed()).rejects.toMatchObject({ code: "ACCESS_UNCONFIRMED", status: 503, retryAfter: 1 });
      const { rows } = await stores.hub.query<{ version: number }>("SELECT market.raise_access() AS version");
      way.mend();
      const version = await until("confirmed again", async () => watch.version(), { everyMs: 20, limitMs: 10_000 });
      expect(version).toBeGreaterThanOrEqual(rows[0]?.version ?? 0);
    },
  );

  test("waits a moment for a confirmation that is on its way rather than refusing at once", async () => {
    way.break("refused");
    await until("unconfirmed", async () => watch.version() === null, { everyMs: 10 });
    const asked = watch.confirmed().then(
      () => "confirmed",
      () => "refused",
    );
    way.mend();
    expect(await asked).toBe("confirmed");
  });
});
