import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCity, noonZone, presence, type TestCity, token } from "../../support/city.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { CENTRE, MODEL } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const python = spawnSync("python3", ["-c", "import cryptography"], { encoding: "utf8" });
const reason = python.error ? "python3 is not installed" : "python3 has no module cryptography";
const withPython = python.status === 0 ? test : test.skip;
if (python.status !== 0) process.stderr.write(`skipped: the device in Python: ${reason}\n`);

scenario("a device of one's own", (environment) => {
  const hub = openHub(environment);
  const folder = mkdtempSync(join(tmpdir(), "device-"));
  const file = join(folder, "device.json");
  const id = `own-${token()}`;
  let city: TestCity;

  const device = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, ["server/devices/cli.ts", ...args], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HUB_DATABASE_URL: hub.hubDatabase, MADANG_URL: hub.url },
    });
  const run = (): SpawnSyncReturns<string> =>
    spawnSync(
      "python3",
      [
        ...["examples/device.py", file, "--persons", "7", "--model", MODEL],
        ...["--longitude", String(CENTRE[0]), "--latitude", String(CENTRE[1])],
      ],
      { cwd: root, encoding: "utf8" },
    );

  beforeAll(async () => {
    city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
  });
  afterAll(async () => {
    await hub.close();
    agent.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is registered by one command, which prints what it needs, this once", () => {
    const added = device("add", "--id", id, "--city", city.slug, "--feed", city.feed, "--zone", "cell");
    expect([added.status, added.stderr]).toEqual([0, expect.stringContaining("once")]);
    const printed = JSON.parse(added.stdout) as Record<string, unknown>;
    expect(printed).toEqual({
      id,
      keyId: expect.stringMatching(new RegExp(`^${id}\\.`)),
      privateKeyPem: expect.stringContaining("BEGIN PRIVATE KEY"),
      feeds: [city.feed],
      feed: city.feed,
      hub: hub.url,
      address: `${hub.url}/edge/v1/batches`,
    });
    writeFileSync(file, added.stdout, { mode: 0o600 });
    expect(device("list").stdout).not.toContain("PRIVATE");
  });

  test("is not registered twice, nor for what is not there, and the message says what", () => {
    const add = (...args: string[]) => device("add", "--id", id, "--city", city.slug, "--feed", city.feed, ...args);
    expect([add().status, add().stderr]).toEqual([1, "--id: A device of this id is registered already.\n"]);
    const other = ["--id", `${id}-b`];
    expect(add(...other, "--city", "atlantis").stderr).toContain("--city: There is no such city.");
    expect(add(...other, "--zone", "nowhere").stderr).toContain("--zone: There is no such zone");
    expect(device("add", "--id", "x").status).toBe(2);
    expect(device("revoke", "--id", "nobody").stderr).toBe("--id: There is no such device.\n");
  });

  withPython("written in Python posts a heartbeat and readings that are counted", async () => {
    const posted = run();
    expect([posted.status, posted.stderr]).toEqual([0, ""]);
    const { receipt } = JSON.parse(posted.stdout) as { receipt: string };
    await allProcessed(hub, city);
    const { rows } = await hub.edge.query("SELECT state, accepted, rejected FROM edge.batch WHERE id = $1", [receipt]);
    expect(rows).toEqual([{ state: "DONE", accepted: 8, rejected: 0 }]);
  });

  withPython("goes on with its old key while it is rotated, and with its new one", async () => {
    const rotated = device("rotate", "--id", id);
    expect(rotated.status).toBe(0);
    expect(run().status).toBe(0);
    writeFileSync(file, rotated.stdout);
    expect(run().status).toBe(0);
    const [line] = (JSON.parse(device("list", "--json").stdout) as { id: string; keys: unknown[] }[]).filter(
      (one) => one.id === id,
    );
    expect(line?.keys).toHaveLength(2);
  });

  withPython("is refused within a second once it is revoked", async () => {
    expect(device("revoke", "--id", id).status).toBe(0);
    const refused = await until("the device is refused", async () => [run()].find(({ status }) => status === 1), {
      limitMs: 1_000,
      everyMs: 50,
    });
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: "DEVICE_REVOKED", status: 403 });
    expect(device("list").stdout).toMatch(new RegExp(`${id}.*revoked`));
  });
});
