import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type KeyRecord, type KeyState, openKeyFile, STEPS } from "./file.ts";

const record = (number: number, kind: KeyRecord["kind"], day: string): KeyRecord => ({
  number,
  at: "2026-01-01T00:00:00.000Z",
  kind,
  population: 1,
  day,
});
const key = (day: string) => ({ population: 1, day, seal: "c2VhbA==", hash: "aGFzaA==" });
const FIRST: KeyState = { keys: [key("2026-01-01")], records: [record(1, "KEY_CREATED", "2026-01-01")] };
const MORE: KeyState = {
  keys: [...FIRST.keys, key("2026-01-02")],
  records: [...FIRST.records, record(2, "KEY_CREATED", "2026-01-02")],
};
const FEWER: KeyState = { keys: [], records: [...FIRST.records, record(2, "KEY_DESTROYED", "2026-01-01")] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyring-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a new folder holds no key, and what was saved is there when it is opened again", async () => {
  const file = openKeyFile(folder);
  expect(file.state).toEqual({ keys: [], records: [] });
  await file.save(FIRST, false);
  expect(openKeyFile(folder).state).toEqual(FIRST);
  await openKeyFile(folder).save(MORE, false);
  expect(openKeyFile(folder).state).toEqual(MORE);
  await openKeyFile(folder).save({ ...FEWER, records: [...MORE.records, ...FEWER.records.slice(1)] }, true);
  expect(openKeyFile(folder).state.keys).toEqual([]);
});

test("files are for this user alone, no key is in the clear, and a destruction leaves no root that opened it", async () => {
  const file = openKeyFile(folder);
  await file.save(FIRST, false);
  const before = readFileSync(join(folder, "root-1.key"));
  await file.save(FEWER, true);
  expect(readdirSync(folder).sort()).toEqual(["keys.sealed", "records.jsonl", "root-2.key"]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name)).includes("c2VhbA")).toBe(false);
    expect(readFileSync(join(folder, name)).includes(before)).toBe(false);
  }
});

test("a folder whose keys do not open is refused, not begun anew", async () => {
  await openKeyFile(folder).save(FIRST, false);
  writeFileSync(join(folder, "root-1.key"), Buffer.alloc(32));
  expect(() => openKeyFile(folder)).toThrow();
  rmSync(join(folder, "root-1.key"));
  expect(() => openKeyFile(folder)).toThrow();
  rmSync(join(folder, "keys.sealed"));
  expect(() => openKeyFile(folder)).toThrow("damaged");
});

test("records that were cut off are noticed: a tombstone must not vanish", async () => {
  await openKeyFile(folder).save(FIRST, false);
  await openKeyFile(folder).save(FEWER, true);
  for (const text of ["", readFileSync(join(folder, "records.jsonl"), "utf8").split("\n")[0] ?? ""]) {
    writeFileSync(join(folder, "records.jsonl"), text);
    expect(() => openKeyFile(folder)).toThrow("records");
  }
});

test("a save that failed half-way leaves no line behind for the next one", async () => {
  let broken = true;
  const file = openKeyFile(folder, (step) => {
    if (broken && step === "records-written") throw new Error("disk full");
  });
  await expect(file.save(FIRST, false)).rejects.toThrow("disk full");
  broken = false;
  await file.save(FIRST, false);
  await file.save(FEWER, true);
  expect(openKeyFile(folder).state).toEqual(FEWER);
});

const child = `
  import { openKeyFile } from ${JSON.stringify(fileURLToPath(new URL("./file.ts", import.meta.url)))};
  const [folder, step, next, rotate] = process.argv.slice(1);
  const file = openKeyFile(folder, (at) => { if (at === step) process.kill(process.pid, "SIGKILL"); });
  await file.save(JSON.parse(next), rotate === "true");
`;
function saveAndDie(step: string, next: KeyState, rotate: boolean): void {
  const args = ["--input-type=module", "-e", child, folder, step, JSON.stringify(next), String(rotate)];
  expect(spawnSync(process.execPath, args).signal).toBe("SIGKILL");
}

test.each(STEPS.flatMap((step) => [true, false].map((rotate) => ({ step, rotate }))))(
  "kill -9 at $step (with a new root: $rotate) leaves the state before or after the save, whole",
  async ({ step, rotate }) => {
    const next = rotate ? FEWER : MORE;
    await openKeyFile(folder).save(FIRST, false);
    saveAndDie(step, next, rotate);
    const after = openKeyFile(folder);
    const happened = STEPS.indexOf(step) >= STEPS.indexOf("keys-renamed");
    expect(after.state).toEqual(happened ? next : FIRST);
    expect(readdirSync(folder)).toHaveLength(3);
    await after.save({ keys: [], records: [...after.state.records, record(9, "KEY_DESTROYED", "2026-01-03")] }, true);
    expect(openKeyFile(folder).state.records).toHaveLength(happened ? 3 : 2);
  },
);

test("kill -9 in the very first save leaves an empty keyring", () => {
  saveAndDie("keys-written", FIRST, false);
  expect(openKeyFile(folder).state).toEqual({ keys: [], records: [] });
  expect(readdirSync(folder).sort()).toEqual(["keys.sealed", "records.jsonl", "root-1.key"]);
});
