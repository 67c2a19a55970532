import { spawnSync } from "node:child_process";
import { createCipheriv, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type KeyEvent, verifyChain } from "../../core/privacy/key-record.ts";
import { openKeyFile, STEPS } from "./file.ts";
import type { Change, KeyStore } from "./store.ts";

const AT = "2026-01-01T00:00:00.000Z";
const of = (day: string) => ({ population: 1, day });
const ONE = of("2026-01-01");
const TWO = of("2026-01-02");
const event = (kind: "KEY_CREATED" | "KEY_DESTROYED", day: typeof ONE): KeyEvent => ({ at: AT, kind, ...day });
const create = (day: typeof ONE): Change => ({ create: [day], destroy: [], events: [event("KEY_CREATED", day)] });
const destroy = (day: typeof ONE): Change => ({ create: [], destroy: [day], events: [event("KEY_DESTROYED", day)] });
const days = (store: KeyStore): string[] => store.days.map(({ day }) => day);
const kinds = (store: KeyStore): string[] => store.records.map(({ kind }) => kind);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyring-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a new folder holds no key, and what was committed is there when it is opened again", async () => {
  const store = openKeyFile(folder);
  expect([days(store), store.records]).toEqual([[], []]);
  await store.commit(create(ONE));
  const again = openKeyFile(folder);
  expect([days(again), kinds(again)]).toEqual([[ONE.day], ["SIGNING_KEY", "KEY_CREATED"]]);
  expect(again.publicKey(ONE)).toEqual(store.publicKey(ONE));
  expect(again.hashKey(ONE)).toEqual(store.hashKey(ONE));
  await again.commit(create(TWO));
  await again.commit(destroy(ONE));
  const last = openKeyFile(folder);
  expect(days(last)).toEqual([TWO.day]);
  expect(last.publicKey(ONE)).toBeUndefined();
  expect(() => last.hashKey(ONE)).toThrow(TypeError);
  verifyChain(last.records);
});

test("files are for this user alone, no key is in the clear, and a destruction leaves no root that opened it", async () => {
  const store = openKeyFile(folder);
  await store.commit(create(ONE));
  const before = readFileSync(join(folder, "root-1.key"));
  const hash = store.hashKey(ONE);
  await store.commit(destroy(ONE));
  expect(readdirSync(folder).sort()).toEqual(["keys.sealed", "records.jsonl", "root-2.key"]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    for (const secret of [before, hash, hash.toString("base64"), hash.toString("hex")])
      expect(readFileSync(join(folder, name)).includes(secret)).toBe(false);
  }
});

test("no key is answered but the hash key, of which everybody gets a copy", async () => {
  const store = openKeyFile(folder);
  await store.commit(create(ONE));
  store.hashKey(ONE).fill(0);
  expect(store.hashKey(ONE)).not.toEqual(Buffer.alloc(32));
  expect(store.days).toEqual([ONE]);
});

test("a new signing key is signed with the old one, and what follows with the new one", async () => {
  const store = openKeyFile(folder);
  await store.commit(create(ONE));
  const first = verifyChain(store.records);
  await store.commit({ create: [], destroy: [], events: [], newSigningKey: true });
  await store.commit(destroy(ONE));
  const last = verifyChain(openKeyFile(folder).records);
  expect(last.keyring).toBe(first.keyring);
  expect(last.publicKey).not.toBe(first.publicKey);
  // The old root is gone with the old key.
  expect(readdirSync(folder)).toContain("root-3.key");
});

test("a folder whose keys do not open is refused, not begun anew", async () => {
  await openKeyFile(folder).commit(create(ONE));
  writeFileSync(join(folder, "root-1.key"), Buffer.alloc(32));
  expect(() => openKeyFile(folder)).toThrow();
  rmSync(join(folder, "root-1.key"));
  expect(() => openKeyFile(folder)).toThrow();
  rmSync(join(folder, "keys.sealed"));
  expect(() => openKeyFile(folder)).toThrow("damaged");
});

test("records that were cut off are noticed: a tombstone must not vanish", async () => {
  await openKeyFile(folder).commit(create(ONE));
  await openKeyFile(folder).commit(destroy(ONE));
  for (const text of ["", readFileSync(join(folder, "records.jsonl"), "utf8").split("\n")[0] ?? ""]) {
    writeFileSync(join(folder, "records.jsonl"), text);
    expect(() => openKeyFile(folder)).toThrow("records");
  }
});

test("a save that failed half-way leaves no line behind for the next one", async () => {
  let broken = true;
  const store = openKeyFile(folder, (step) => {
    if (broken && step === "records-written") throw new Error("disk full");
  });
  await expect(store.commit(create(ONE))).rejects.toThrow("disk full");
  expect(days(store)).toEqual([]);
  broken = false;
  await store.commit(create(ONE));
  await store.commit(destroy(ONE));
  const after = openKeyFile(folder);
  expect(kinds(after)).toEqual(["SIGNING_KEY", "KEY_CREATED", "KEY_DESTROYED"]);
  verifyChain(after.records);
});

test("a root that a fault kept from being wiped is wiped by the next commit, or when the folder is opened", async () => {
  let broken = false;
  const faulty = () =>
    openKeyFile(folder, (step) => {
      if (broken && step === "keys-renamed") throw new Error("unreachable");
    });
  const store = faulty();
  await store.commit(create(ONE));
  broken = true;
  await expect(store.commit(destroy(ONE))).rejects.toThrow("unreachable");
  expect(store.publicKey(ONE)).toBeUndefined();
  expect(readdirSync(folder)).toContain("root-1.key");
  broken = false;
  // The order is repeated, and is finished though it was told already.
  await store.commit({ create: [], destroy: [ONE], events: [] });
  expect(readdirSync(folder)).not.toContain("root-1.key");
});

test("keys of before records were signed are kept, and their records are tied to the first signature", async () => {
  const root = randomBytes(32);
  const told = `${JSON.stringify({ number: 1, at: AT, kind: "KEY_CREATED", ...ONE })}\n`;
  const key = { ...ONE, seal: randomBytes(32).toString("base64"), hash: randomBytes(32).toString("base64") };
  const header = Buffer.from([0, 0, 0, 0, 0, 1]);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", root, nonce).setAAD(Buffer.from("madang.keyring.v1 1"));
  const plain = JSON.stringify({ keys: [key], records: 1 });
  writeFileSync(join(folder, "root-1.key"), root);
  writeFileSync(
    join(folder, "keys.sealed"),
    Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
  );
  writeFileSync(join(folder, "records.jsonl"), told);
  const store = openKeyFile(folder);
  expect(store.hashKey(ONE).toString("base64")).toBe(key.hash);
  await store.commit(destroy(ONE));
  const after = openKeyFile(folder);
  expect(kinds(after)).toEqual(["KEY_CREATED", "SIGNING_KEY", "KEY_DESTROYED"]);
  expect(verifyChain(after.records.slice(1)).number).toBe(3);
});

const child = `
  import { openKeyFile } from ${JSON.stringify(fileURLToPath(new URL("./file.ts", import.meta.url)))};
  const [folder, step, change] = process.argv.slice(1);
  const store = openKeyFile(folder, (at) => { if (at === step) process.kill(process.pid, "SIGKILL"); });
  await store.commit(JSON.parse(change));
`;
function commitAndDie(step: string, change: Change): void {
  const args = ["--input-type=module", "-e", child, folder, step, JSON.stringify(change)];
  expect(spawnSync(process.execPath, args).signal).toBe("SIGKILL");
}

test.each(STEPS.flatMap((step) => [true, false].map((ends) => ({ step, ends }))))(
  "kill -9 at $step (a key ends: $ends) leaves the state before or after the save, whole",
  async ({ step, ends }) => {
    await openKeyFile(folder).commit(create(ONE));
    commitAndDie(step, ends ? destroy(ONE) : create(TWO));
    const after = openKeyFile(folder);
    const happened = STEPS.indexOf(step) >= STEPS.indexOf("keys-renamed");
    const next = ends ? [] : [ONE.day, TWO.day];
    expect(days(after)).toEqual(happened ? next : [ONE.day]);
    expect(after.records).toHaveLength(happened ? 3 : 2);
    expect(readdirSync(folder)).toHaveLength(3);
    verifyChain(after.records);
    await after.commit(destroy(of("2026-01-03")));
    const last = openKeyFile(folder).records;
    expect(last).toHaveLength(happened ? 4 : 3);
    verifyChain(last);
  },
);

test("kill -9 in the very first save leaves an empty keyring", () => {
  commitAndDie("keys-written", create(ONE));
  const store = openKeyFile(folder);
  expect([days(store), store.records]).toEqual([[], []]);
  expect(readdirSync(folder).sort()).toEqual(["keys.sealed", "records.jsonl", "root-1.key"]);
});
