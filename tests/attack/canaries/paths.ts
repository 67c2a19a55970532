import type { Reading } from "../../../core/edge/batch.ts";
import { batchBytes, type Device, type Identity, sendSigned, signBytes } from "../../support/device.ts";
import type { Hub } from "../../support/hub.ts";
import { person, wholeTen } from "../../support/readings.ts";

/** Where the identifiers are sent to, and who sends them. */
export type Ground = {
  readonly hub: Hub;
  readonly identity: Identity;
  readonly device: Device;
  /** Notes an answer: what the hub says is searched, too. */
  readonly heard: (text: string) => void;
};

/** One way in which a batch may go well or wrong. */
export type Path = {
  readonly name: string;
  /** Left out of the fast version. */
  readonly heavy: boolean;
  readonly run: (ground: Ground, ids: readonly string[]) => Promise<void>;
};

const at = (): number => wholeTen(Date.now() - 20_000);
const good = (ids: readonly string[]): Reading[] => ids.map((id) => person(id, at()));

async function send({ hub, identity, heard }: Ground, body: Buffer | ReturnType<typeof signBytes>): Promise<number> {
  const answer = await sendSigned(hub.url, Buffer.isBuffer(body) ? signBytes(identity, body) : body);
  heard(answer.text);
  return answer.status;
}
async function expectStatus(status: Promise<number>, ...wanted: number[]): Promise<void> {
  const found = await status;
  if (!wanted.includes(found)) throw new Error(`the hub answered ${found} in place of ${wanted.join(" or ")}`);
}
async function deliver({ device, heard }: Ground, ids: readonly string[]): Promise<void> {
  const answer = await device.deliver(good(ids));
  heard(answer.text);
  if (answer.status !== 202) throw new Error(`not acknowledged: ${answer.status}`);
}
let sequence = 900_000;

/** Each of a row's rules, broken with an identifier where one can stand. */
const broken = (id: string, index: number): object => {
  const row = person(id, at());
  const ways: object[] = [
    { model: "unheard-of" },
    { longitude: 0, latitude: 0 },
    { confidence: -1 },
    { plate: id },
    { [id]: 1 },
    { zone: id },
    { type: id },
    { model: id },
    { subject: { kind: id, id } },
    { subject: { kind: "track", id: [id] } },
    { from: id },
    { class: id },
  ];
  return { ...row, ...ways[index % ways.length] };
};

export const PATHS: readonly Path[] = [
  { name: "accepted", heavy: false, run: (ground, ids) => deliver(ground, ids) },
  {
    name: "rows that break a rule",
    heavy: false,
    run: (ground, ids) =>
      expectStatus(send(ground, batchBytes(ground.identity, ++sequence, JSON.stringify(ids.map(broken)))), 202),
  },
  {
    name: "batches that are none",
    heavy: false,
    async run(ground, ids) {
      const whole = batchBytes(ground.identity, ++sequence, good(ids));
      await expectStatus(send(ground, whole.subarray(0, -3)), 400);
      await expectStatus(send(ground, Buffer.from(JSON.stringify({ schema: ids[0], readings: ids }))), 400);
      await expectStatus(send(ground, Buffer.from(`{"${ids.join('":1,"')}":`)), 400);
      const headers = { ...ground.identity, feed: ids[1] ?? "", device: ids[2] ?? "" };
      await expectStatus(send(ground, batchBytes(headers, ++sequence, good(ids))), 400, 401, 403);
    },
  },
  {
    name: "a wrong signature",
    heavy: false,
    async run(ground, ids) {
      const signed = signBytes(ground.identity, batchBytes(ground.identity, ++sequence, good(ids)));
      const forged = { ...signed, headers: { ...signed.headers, signature: `sig=:${"A".repeat(86)}==:` } };
      await expectStatus(send(ground, forged), 401);
      const ascii = ids.find((id) => /^[\x21-\x7e]+$/.test(id) && !/["\\]/.test(id)) ?? "";
      await expectStatus(send(ground, signBytes({ ...ground.identity, keyid: ascii }, signed.body)), 401);
    },
  },
  {
    name: "ingest killed −9",
    heavy: false,
    async run(ground, ids) {
      await deliver(ground, ids);
      await ground.hub.processes.kill("ingest");
    },
  },
  {
    name: "Redis away",
    heavy: false,
    run: (ground, ids) => without(ground, "store-queue", () => deliver(ground, ids)),
  },
  {
    name: "edge database restarted",
    heavy: true,
    async run(ground, ids) {
      const signed = batchBytes(ground.identity, ++sequence, good(ids));
      await without(ground, "store-edge", () => expectStatus(send(ground, signed), 503));
      await deliver(ground, ids);
    },
  },
  {
    name: "keyring away",
    heavy: true,
    run: (ground, ids) => without(ground, "keyring", () => deliver(ground, ids)),
  },
];

async function without({ hub: { processes } }: Ground, name: string, work: () => Promise<void>): Promise<void> {
  await processes.stop(name);
  try {
    await work();
  } finally {
    await processes.start(name);
    await processes.ready();
  }
}
