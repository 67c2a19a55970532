import { request } from "node:http";
import { BATCH_PATH } from "../../../core/edge/batch.ts";
import { revokeDevice, rotateKey } from "../../../prisma/devices.ts";
import { addDevice, makeCity, noonZone, presence, type TestCity } from "../../support/city.ts";
import { batchBytes, type Identity, sendSigned, signBytes } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent, post } from "../../support/http.ts";
import { openHub } from "../../support/hub.ts";
import { heartbeat } from "../../support/readings.ts";
import { until } from "../../support/wait.ts";

scenario("the door of the devices", (environment) => {
  const hub = openHub(environment);
  let city: TestCity;
  let identity: Identity;

  beforeAll(async () => {
    city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    identity = await addDevice(hub.hub, city);
  });
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  const get = (path: string, method = "GET") =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const call = request(new URL(path, hub.url), { method, agent }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      call.on("error", reject);
      call.end();
    });

  test("shows its schema, and takes batches by POST alone", async () => {
    const schema = await get("/edge/v1/schema.json");
    expect([schema.status, JSON.parse(schema.text).title]).toEqual([200, "madang.edge.v1"]);
    const wrong = await get(BATCH_PATH);
    expect([wrong.status, wrong.headers["allow"], JSON.parse(wrong.text).code]).toEqual([
      405,
      "POST",
      "METHOD_NOT_ALLOWED",
    ]);
    expect((await get("/edge/v1/other")).status).toBe(404);
  });

  test("takes JSON that is not compressed, and nothing else", async () => {
    const { headers, body } = signBytes(identity, batchBytes(identity, 1, [heartbeat(Date.now())]));
    for (const change of [{ "content-type": "text/plain" }, { "content-encoding": "gzip" }, { "content-type": "" }]) {
      const answer = await post(`${hub.url}${BATCH_PATH}`, { ...headers, ...change }, body);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([415, "CONTENT_TYPE"]);
    }
  });

  test("refuses a path with a query, two signatures, and components that are not covered", async () => {
    const { headers, body } = signBytes(identity, batchBytes(identity, 2, [heartbeat(Date.now())]));
    const code = async (path: string, change: Record<string, string>) => {
      const { status, text } = await post(`${hub.url}${path}`, { ...headers, ...change }, body);
      return [status, JSON.parse(text).code];
    };
    const input = headers["signature-input"] ?? "";
    expect(await code(`${BATCH_PATH}?x=1`, {})).toEqual([401, "SIGNATURE_INVALID"]);
    expect(await code(BATCH_PATH, { "signature-input": input.replace(' "content-digest"', "") })).toEqual([
      401,
      "SIGNATURE_INVALID",
    ]);
    expect(await code(BATCH_PATH, { "signature-input": `${input}, other=("@method")` })).toEqual([
      401,
      "SIGNATURE_INVALID",
    ]);
    expect(await code(BATCH_PATH, { "signature-input": "" })).toEqual([401, "SIGNATURE_MISSING"]);
  });

  test("takes a device's batches only under its own name", async () => {
    const other = await addDevice(hub.hub, city);
    const body = batchBytes(other, 1, [heartbeat(Date.now())]);
    const answer = await sendSigned(hub.url, signBytes(identity, body));
    expect([answer.status, answer.json["code"]]).toEqual([403, "STREAM_FORBIDDEN"]);
  });

  test("lets no batch that cannot be stored fail those that come with it", async () => {
    const [stuck, free] = [await addDevice(hub.hub, city), await addDevice(hub.hub, city)];
    const send = (of: Identity, sequence: number) =>
      sendSigned(hub.url, signBytes(of, batchBytes(of, sequence, [heartbeat(Date.now())])));
    const blocker = await hub.edge.connect();
    try {
      await blocker.query("BEGIN");
      await blocker.query(
        "INSERT INTO edge.sequence (device, sequence, batch, digest) VALUES ($1, 7, gen_random_uuid(), $2)",
        [stuck.device, Buffer.alloc(32)],
      );
      const others = Array.from({ length: 20 }, (_, index) => send(free, index + 1));
      const [blocked, ...answers] = await Promise.all([send(stuck, 7), ...others]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      expect([blocked.status, blocked.json["code"]]).toEqual([503, "STORE_UNAVAILABLE"]);
      expect(Number(blocked.headers["retry-after"])).toBeGreaterThan(0);
    } finally {
      await blocker.query("ROLLBACK");
      blocker.release();
    }
    expect((await send(stuck, 7)).status).toBe(202);
  });

  test("tells a device that sends more than it may when to come back", async () => {
    // Refused for its content, so that the store is not in the way: what counts is how often it comes.
    const signed = signBytes(await addDevice(hub.hub, city), Buffer.from("{}"));
    await sendSigned(hub.url, signed);
    const answers = await Promise.all(Array.from({ length: 2_000 }, () => sendSigned(hub.url, signed)));
    const limited = answers.filter(({ status }) => status === 429);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400, 429]));
    expect(answers.length - limited.length).toBeGreaterThanOrEqual(399);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.headers["retry-after"]).toBe("1");
  });

  test("refuses a revoked device within a second, and keeps an old key for the overlap of a rotation", async () => {
    const own = await addDevice(hub.hub, city);
    let sequence = 0;
    const send = () => sendSigned(hub.url, signBytes(own, batchBytes(own, ++sequence, [heartbeat(Date.now())])));
    expect((await send()).status).toBe(202);
    await rotateKey(hub.hub, own.device);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await send()).status).toBe(202);
    await rotateKey(hub.hub, own.device, 0);
    await until("the old key has run out", async () => (await send()).status === 403, { limitMs: 1_000, everyMs: 50 });
    await revokeDevice(hub.hub, identity.device);
    const again = () =>
      sendSigned(hub.url, signBytes(identity, batchBytes(identity, ++sequence + 100, [heartbeat(Date.now())])));
    await until("the device is refused", async () => (await again()).json["code"] === "DEVICE_REVOKED", {
      limitMs: 1_000,
      everyMs: 50,
    });
  });
});
