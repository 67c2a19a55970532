import { Redis } from "ioredis";
import { isErrorCode } from "../../../core/errors.ts";
import { isUuid } from "../../../core/ids.ts";
import { JOB, PREFIX, QUEUES } from "../../../runtime/queues.ts";
import { addDevice, makeCity, noonZone, presence } from "../../support/city.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { people, wholeTen } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

// Rule P11: what a queue keeps of a batch is an opaque id, also when the batch fails, and nothing once it is done.
scenario("the queue of batches", (environment) => {
  const hub = openHub(environment);
  const redis = new Redis(hub.redis);
  const key = (name: string): string => `${PREFIX}:${QUEUES.ingest}:${name}`;
  afterAll(async () => {
    redis.disconnect();
    await hub.close();
    agent.destroy();
  });

  test("holds constant names, opaque ids, codes as reasons, no result, and no job that is done", async () => {
    // kills: a reason that quotes the error; a job named after its feed; a result or a job that is kept
    const { processes } = hub;
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const device = makeDevice(hub.url, await addDevice(hub.hub, city));
    await device.deliver(people("before", 5, wholeTen(Date.now() - 20_000)));
    await allProcessed(hub, city);
    let failed: Record<string, string>;
    let id = "";
    await processes.stop("keyring");
    try {
      const answer = await device.deliver(people("waits", 5, wholeTen(Date.now() - 20_000)));
      id = String(answer.json["receipt"]);
      expect(isUuid(id)).toBe(true);
      failed = await until("the job has failed once", async () => {
        const job = await redis.hgetall(key(id));
        return job["failedReason"] !== undefined && job;
      });
    } finally {
      await processes.start("keyring");
    }
    expect(failed["failedReason"]).toBe("KEYRING_UNAVAILABLE");
    expect(failed["name"]).toBe(QUEUES.ingest);
    expect(JSON.parse(failed["data"] ?? "")).toEqual({ id });
    expect(JSON.stringify(failed)).not.toContain(city.slug);
    // BullMQ shortens names of options: `de` is deduplication, `kl` keepLogs; none that could hold a text may stand.
    const options = Object.keys(JSON.parse(failed["opts"] ?? "{}") as object);
    expect(options.filter((name) => !["jobId", ...Object.keys(JOB)].includes(name))).toEqual([]);
    expect(Object.keys(failed).filter((name) => ["returnvalue", "progress"].includes(name))).toEqual([]);
    // A trace of the stack names files and lines of ours alone.
    expect(failed["stacktrace"] ?? "").not.toMatch(/waits|pseudonym:/);

    await processes.ready();
    await allProcessed(hub, city);
    await until("the job is gone", async () => (await redis.exists(key(id))) === 0);
    const events = (await redis.xrange(key("events"), "-", "+")) as [string, string[]][];
    for (const [, fields] of events) {
      for (let at = 0; at < fields.length; at += 2) {
        const [name, value] = [fields[at], fields[at + 1] ?? ""];
        if (name === "failedReason") expect([value, isErrorCode(value)]).toEqual([value, true]);
        if (name === "returnvalue") expect(value).toBe("null");
        if (name === "name") expect(value).toBe(QUEUES.ingest);
        if (name === "jobId") expect(isUuid(value)).toBe(true);
      }
    }
    expect(events.some(([, fields]) => fields.includes(id))).toBe(true);
  }, 120_000);
});
