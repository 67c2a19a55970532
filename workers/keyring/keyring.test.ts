import { mkdtempSync, rmSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyChain } from "../../core/privacy/key-record.ts";
import { open, seal } from "../../core/privacy/seal.ts";
import { callLocal, serveLocal } from "../../runtime/unix-http.ts";
import { controlDoor, ingestDoor, publicDoor } from "./doors.ts";
import { openKeyFile } from "./file.ts";
import { createKeyring } from "./keyring.ts";
import { openLogSigner } from "./log-signer.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const TODAY = { population: 1, day: "2026-06-15" };
const PAST = { population: 1, day: "2014-03-01" };
const WORKER = "018f0000-0000-4000-8000-000000000001";
const OTHER = "018f0000-0000-4000-8000-000000000002";
const INFO = Buffer.from("info");
const AAD = Buffer.from("aad");

let folder: string;
let now: number;
const start = () => createKeyring(openKeyFile(folder), 30_000, () => now);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyring-"));
  now = NOW;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a batch sealed to the public key opens with the shared secret that the keyring finds", async () => {
  const keyring = start();
  const sealed = seal(await keyring.publicKey(TODAY, false), INFO, AAD, Buffer.from("reading"));
  const { secrets } = keyring.decapsulate(TODAY, [sealed.enc, Buffer.alloc(32)]);
  expect(secrets[1]).toBeNull();
  expect(open(secrets[0] ?? Buffer.alloc(0), INFO, AAD, sealed.ciphertext).toString()).toBe("reading");
});

test("a restart changes no key", async () => {
  const before = start();
  const publicKey = await before.publicKey(TODAY, false);
  const { key } = await before.hashKey(TODAY, false, WORKER);
  expect(await start().publicKey(TODAY, false)).toEqual(publicKey);
  expect((await start().hashKey(TODAY, false, WORKER)).key).toEqual(key);
});

test("populations and days have keys of their own", async () => {
  const keyring = start();
  const keys = await Promise.all(
    [TODAY, { ...TODAY, population: 2 }, { ...TODAY, day: "2026-06-14" }].map((of) => keyring.publicKey(of, false)),
  );
  expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(3);
});

test("live keys are made for yesterday to tomorrow only, a backfill's for any day that has begun", async () => {
  const keyring = start();
  for (const day of ["2026-06-13", "2026-06-17", PAST.day]) {
    await expect(keyring.publicKey({ population: 1, day }, false)).rejects.toThrow("DAY_NOT_OPEN");
  }
  for (const day of ["2026-06-14", "2026-06-16"]) await keyring.publicKey({ population: 1, day }, false);
  await keyring.publicKey(PAST, true);
  await expect(keyring.publicKey({ population: 1, day: "2026-06-17" }, true)).rejects.toThrow("DAY_NOT_OPEN");
});

test("a destroyed day is never made again, by no door and after no restart", async () => {
  const keyring = start();
  const sealed = seal(await keyring.publicKey(PAST, true), INFO, AAD, Buffer.from("reading"));
  const record = await keyring.destroy(PAST);
  for (const one of [keyring, start()]) {
    await expect(one.publicKey(PAST, true)).rejects.toThrow("DAY_SEALED");
    await expect(one.hashKey(PAST, true, WORKER)).rejects.toThrow("KEY_DESTROYED");
    expect(() => one.decapsulate(PAST, [sealed.enc])).toThrow("KEY_DESTROYED");
    expect(await one.destroy(PAST)).toEqual(record);
  }
});

test("a day that never had a key can be destroyed too, so that it never gets one", async () => {
  const keyring = start();
  await keyring.destroy(PAST);
  await expect(keyring.publicKey(PAST, true)).rejects.toThrow("DAY_SEALED");
});

test("holders of a hash key are told to wipe it, and the record counts their confirmations", async () => {
  const keyring = start();
  await keyring.hashKey(TODAY, false, WORKER);
  await keyring.hashKey(TODAY, false, OTHER);
  await keyring.destroy(TODAY);
  expect(keyring.renew(WORKER, [TODAY]).destroyed).toEqual([TODAY]);
  keyring.erased(TODAY, WORKER);
  await keyring.settle();
  expect(keyring.records(0).map(({ kind }) => kind)).toEqual(["SIGNING_KEY", "KEY_CREATED", "KEY_DESTROYED"]);
  now += 30_001;
  await keyring.settle();
  expect(keyring.records(3)).toMatchObject([{ number: 4, kind: "KEY_ERASED", confirmed: 1, expired: 1 }]);
});

test("after a restart an erasure is noted only when every lease from before has run out", async () => {
  const before = start();
  await before.hashKey(TODAY, false, WORKER);
  await before.destroy(TODAY);
  const after = start();
  await after.settle();
  expect(after.records(3)).toEqual([]);
  now += 30_001;
  await after.settle();
  expect(after.records(3)).toMatchObject([{ kind: "KEY_ERASED", confirmed: 0 }]);
  expect(start().records(3)).toHaveLength(1);
});

test("records are numbered without gap and answered after a number", async () => {
  const keyring = start();
  await keyring.publicKey(TODAY, false);
  await keyring.publicKey(PAST, true);
  await keyring.destroy(PAST);
  expect(keyring.records(0).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(keyring.records(3)).toMatchObject([{ kind: "KEY_DESTROYED", ...PAST }]);
  verifyChain(keyring.records(0));
});

test("records tell the full hour by which a thing was done, and no finer time", async () => {
  now = NOW + 61_234;
  const keyring = start();
  await keyring.publicKey(TODAY, false);
  await keyring.destroy(TODAY);
  expect(new Set(keyring.records(0).map(({ at }) => at))).toEqual(new Set(["2026-06-15T13:00:00.000Z"]));
});

test("the signing key is changed on order; who noted the first one follows the chain to the next", async () => {
  const keyring = start();
  await keyring.publicKey(TODAY, false);
  const [first] = keyring.records(0);
  const firstPublicKey = Buffer.from(first?.kind === "SIGNING_KEY" ? first.publicKey : "", "base64");
  const rotated = await keyring.rotateSigningKey();
  await keyring.destroy(TODAY);
  const chain = verifyChain(start().records(0), { firstPublicKey });
  expect(rotated).toMatchObject({ kind: "SIGNING_KEY", publicKey: chain.publicKey });
});

test("what is asked for at the same time is one key, and a destruction among it wins", async () => {
  const keyring = start();
  const same = await Promise.all(Array.from({ length: 5 }, () => keyring.publicKey(TODAY, false)));
  expect(new Set(same.map((key) => key.toString("hex"))).size).toBe(1);
  expect(keyring.records(0)).toHaveLength(2);
  const outcomes = await Promise.allSettled([
    keyring.publicKey(PAST, true),
    keyring.destroy(PAST),
    keyring.publicKey(PAST, true),
    keyring.destroy(PAST),
  ]);
  expect(outcomes[2]).toMatchObject({ status: "rejected" });
  expect(keyring.records(0).filter(({ kind }) => kind === "KEY_DESTROYED")).toHaveLength(1);
  await expect(keyring.publicKey(PAST, true)).rejects.toThrow("DAY_SEALED");
  await expect(start().publicKey(PAST, true)).rejects.toThrow("DAY_SEALED");
});

test("what cannot be written is not answered: the day stays without a key, and the next try makes it", async () => {
  let broken = true;
  const store = openKeyFile(folder, (step) => {
    if (broken && step === "records-written") throw new Error("disk full");
  });
  const keyring = createKeyring(store, 30_000, () => now);
  await expect(keyring.publicKey(TODAY, false)).rejects.toThrow("disk full");
  broken = false;
  const publicKey = await keyring.publicKey(TODAY, false);
  expect(await start().publicKey(TODAY, false)).toEqual(publicKey);
});

describe("the doors", () => {
  let servers: Server[];
  const socket = (name: string) => join(folder, `${name}.sock`);
  beforeEach(async () => {
    const keyring = start();
    servers = await Promise.all([
      serveLocal(socket("public"), publicDoor(keyring)),
      serveLocal(socket("ingest"), ingestDoor(keyring)),
      serveLocal(socket("control"), controlDoor(keyring, openLogSigner(folder))),
    ]);
  });
  afterEach(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });
  const post = (name: string, path: string, body: unknown) => callLocal(socket(name), "POST", path, body);

  test("are for this user alone", () => {
    for (const name of ["public", "ingest", "control"]) expect(statSync(socket(name)).mode & 0o777).toBe(0o600);
  });

  test("answer what they are for and nothing else", async () => {
    expect((await post("public", "/public-key", TODAY)).body).toEqual({ publicKey: expect.any(String) });
    expect((await post("ingest", "/hash-key", { ...TODAY, worker: WORKER })).body).toEqual({
      key: expect.any(String),
      leaseSeconds: 30,
    });
    expect((await post("control", "/destroy", TODAY)).body).toMatchObject({ record: { kind: "KEY_DESTROYED" } });
    expect(await post("public", "/public-key", TODAY)).toEqual({ status: 409, body: { code: "DAY_SEALED" } });
    expect((await callLocal(socket("control"), "GET", "/records?since=1", undefined)).body).toMatchObject({
      records: [{ number: 2 }, { number: 3 }],
    });
    expect((await post("control", "/rotate-signing-key", {})).body).toMatchObject({ record: { kind: "SIGNING_KEY" } });
    for (const door of ["public", "ingest"]) expect((await post(door, "/rotate-signing-key", {})).status).toBe(404);
    expect((await post("public", "/hash-key", { ...TODAY, worker: WORKER })).status).toBe(404);
    expect((await post("public", "/destroy", TODAY)).status).toBe(404);
    expect((await post("ingest", "/destroy", TODAY)).status).toBe(404);
  });

  test("refuse bodies of another shape", async () => {
    for (const body of [{}, { population: "1", day: "2026-06-15" }, { population: 1, day: "2026-02-30" }, [], "x"]) {
      expect((await post("public", "/public-key", body)).status).toBe(400);
    }
  });
});
