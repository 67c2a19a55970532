import { addDevice, makeCity, noonZone, presence, type TestCity } from "../../support/city.ts";
import { batchBytes, type Identity, type Receipt, sendSigned, signBytes } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, contributions, openHub, tally } from "../../support/hub.ts";
import { people, person, wholeTen } from "../../support/readings.ts";

type Quarantined = { reason: string; field: string | null };

scenario("bad input", (environment) => {
  const hub = openHub(environment);
  let city: TestCity;
  let identity: Identity;
  let sequence = 0;
  const at = wholeTen(Date.now() - 20_000);
  const now = (): number => Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    identity = await addDevice(hub.hub, city);
  });
  afterAll(async () => {
    await hub.close();
    agent.destroy();
  });

  const send = (body: Buffer | string, created?: number): Promise<Receipt> =>
    sendSigned(hub.url, signBytes(identity, Buffer.from(body), created));
  const batch = (readings: unknown[] | string): Buffer =>
    batchBytes(identity, ++sequence, typeof readings === "string" ? readings : JSON.stringify(readings));
  const problem = ({ status, json, headers }: Receipt) => ({
    status,
    code: json["code"],
    isProblem: String(headers["content-type"]).startsWith("application/problem+json"),
    named: Array.isArray(json["errors"]) && json["errors"].length > 0,
  });
  const refused = (status: number, code: string) => ({ status, code, isProblem: true, named: true });

  /** What became of one row of a batch that is otherwise good. */
  async function rowOf(row: object | string): Promise<Quarantined[]> {
    const text = typeof row === "string" ? row : JSON.stringify(row);
    const good = JSON.stringify(person(`good-${sequence}`, at));
    const answer = await send(batch(`[${good},${text}]`));
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    await allProcessed(hub, city);
    const { rows } = await hub.edge.query<Quarantined>(
      "SELECT reason, field FROM edge.quarantine WHERE batch = $1 ORDER BY reading",
      [answer.json["receipt"]],
    );
    return rows;
  }

  test("a wrong signature, an old one, one from the future and an unknown key are refused", async () => {
    const signed = signBytes(identity, batch([person("a", at)]));
    const other = signBytes(identity, batch([person("b", at)]));
    const wrong = { body: signed.body, headers: { ...signed.headers, signature: other.headers["signature"] ?? "" } };
    expect(problem(await sendSigned(hub.url, wrong))).toEqual(refused(401, "SIGNATURE_INVALID"));
    const changed = { headers: signed.headers, body: Buffer.from(signed.body.toString().replace("MOVE", "STOP")) };
    expect(problem(await sendSigned(hub.url, changed))).toEqual(refused(400, "DIGEST_INVALID"));
    expect(problem(await send(batch([person("c", at)]), now() - 3600))).toEqual(refused(401, "SIGNATURE_EXPIRED"));
    expect(problem(await send(batch([person("d", at)]), now() + 3600))).toEqual(refused(401, "CLOCK_SKEW"));
    const unknown = signBytes({ ...identity, keyid: "nobody" }, batch([person("e", at)]));
    expect(problem(await sendSigned(hub.url, unknown))).toEqual(refused(401, "DEVICE_UNKNOWN"));
  });

  test("a stream of somebody else is refused", async () => {
    const other = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const body = batchBytes({ ...identity, feed: other.feed }, ++sequence, [person("a", at)]);
    expect(problem(await send(body))).toEqual(refused(403, "STREAM_FORBIDDEN"));
    const posing = batchBytes({ ...identity, device: (await addDevice(hub.hub, other)).device }, ++sequence, [
      person("a", at),
    ]);
    expect(problem(await send(posing))).toEqual(refused(403, "STREAM_FORBIDDEN"));
  });

  test("an oversized, truncated, non-UTF-8 or non-JSON body is refused with what to do", async () => {
    expect(problem(await send(Buffer.alloc(5 * 1024 * 1024, " ")))).toMatchObject({
      status: 413,
      code: "BODY_TOO_LARGE",
    });
    const whole = batch([person("a", at)]);
    expect(problem(await send(whole.subarray(0, whole.length / 2)))).toMatchObject({
      status: 400,
      code: "BODY_NOT_JSON",
    });
    expect(problem(await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe])))).toMatchObject({
      status: 400,
      code: "BODY_NOT_UTF8",
    });
    expect(problem(await send(batch("[NaN]")))).toMatchObject({ status: 400, code: "BODY_NOT_JSON" });
    expect(problem(await send(batch("[Infinity]")))).toMatchObject({ status: 400, code: "BODY_NOT_JSON" });
    expect(problem(await send(batch(Array.from({ length: 10_001 }, () => 0))))).toMatchObject({
      status: 413,
      code: "TOO_MANY_ROWS",
    });
    expect(problem(await send(batch([])))).toEqual(refused(400, "BATCH_INVALID"));
  });

  test("the same batch again gets its first receipt; another under its number is refused", async () => {
    const body = batchBytes(identity, ++sequence, [person("twice", at)]);
    const [first, second] = [await send(body), await send(body)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.json["receipt"]).toBe(first.json["receipt"]);
    expect(problem(await send(batchBytes(identity, sequence, [person("else", at)])))).toEqual(
      refused(409, "SEQUENCE_REUSED"),
    );
  });

  test("rows that break a rule are set aside with the reason, and their neighbours count", async () => {
    const good = person("row", at);
    await allProcessed(hub, city);
    const before = await tally(hub, city);
    const reasons = async (row: object | string) => (await rowOf(row)).map(({ reason }) => reason);
    expect(await reasons(JSON.stringify(good).replace('"confidence":90', '"confidence":-0'))).toEqual(["ROW_NUMBER"]);
    expect(await reasons(JSON.stringify(good).replace('"confidence":90', '"confidence":1e999'))).toEqual([
      "ROW_NUMBER",
    ]);
    expect(await reasons({ ...good, longitude: 2.3522, latitude: 48.8566 })).toEqual([expect.stringMatching(/^ROW_/)]);
    expect(await reasons({ ...good, model: "unheard-of" })).toEqual(["ROW_UNKNOWN_MODEL"]);
    expect(await reasons({ ...good, image: "AAAA" })).toEqual(["ROW_MEDIA"]);
    expect(await reasons({ ...good, zone: "12ga3456" })).toEqual(["ROW_IDENTIFIER_IN_TEXT"]);
    expect(await reasons({ ...good, name: "somebody" })).toEqual(["ROW_UNKNOWN_FIELD"]);
    expect(await reasons({ ...good, type: "thought" })).toEqual(["ROW_UNKNOWN_KIND"]);
    expect(await reasons(person("late", at - 10 * 3_600_000))).toEqual([expect.stringMatching(/^ROW_/)]);
    expect(await reasons(person("early", at + 3_600_000))).toEqual([expect.stringMatching(/^ROW_/)]);
    const after = await tally(hub, city);
    expect({ accepted: after.accepted - before.accepted, rejected: after.rejected - before.rejected }).toEqual({
      accepted: 10,
      rejected: 10,
    });
  }, 60_000);

  test("of 10 000 rows with one bad, 9 999 count", async () => {
    await allProcessed(hub, city);
    const before = await contributions(hub, city);
    const rows: object[] = people("many", 10_000, at);
    rows[6543] = { ...person("bad", at), confidence: 101 };
    const answer = await send(batch(rows));
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    await allProcessed(hub, city);
    expect((await contributions(hub, city)) - before).toBe(9_999);
    const { rows: bad } = await hub.edge.query("SELECT reading, reason, field FROM edge.quarantine WHERE batch = $1", [
      answer.json["receipt"],
    ]);
    expect(bad).toEqual([{ reading: 6543, reason: "ROW_NUMBER", field: "confidence" }]);
  }, 60_000);
});
