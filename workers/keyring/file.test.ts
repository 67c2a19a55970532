import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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
const SECOND: KeyState = { keys: [], records: [...FIRST.records, record(2, "KEY_DESTROYED", "2026-01-01")] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyring-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a new folder holds no key, and what was saved is there when it is opened again", () => {
  const file = openKeyFile(folder);
  expect(file.state).toEqual({ keys: [], records: [] });
  file.save(FIRST);
  expect(openKeyFile(folder).state).toEqual(FIRST);
  openKeyFile(folder).save(SECOND);
  expect(openKeyFile(folder).state).toEqual(SECOND);
});

test("files are for this user alone, one generation stands, and no key is in the clear", () => {
  const file = openKeyFile(folder);
  file.save(FIRST);
  file.save(SECOND);
  expect(readdirSync(folder).sort()).toEqual(["current", "keys-2.sealed", "records.jsonl", "root-2.key"]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name)).includes("c2VhbA")).toBe(false);
  }
});

test("a folder whose keys do not open is refused, not begun anew", () => {
  openKeyFile(folder).save(FIRST);
  writeFileSync(join(folder, "root-1.key"), Buffer.alloc(32));
  expect(() => openKeyFile(folder)).toThrow();
  writeFileSync(join(folder, "current"), "x\n");
  expect(() => openKeyFile(folder)).toThrow("pointer");
});

test("records that were cut off are noticed: a tombstone must not vanish", () => {
  openKeyFile(folder).save(FIRST);
  openKeyFile(folder).save(SECOND);
  writeFileSync(join(folder, "records.jsonl"), "");
  expect(() => openKeyFile(folder)).toThrow("records");
});

test("a save that failed half-way leaves no line behind for the next one", () => {
  let broken = true;
  const file = openKeyFile(folder, (step) => {
    if (broken && step === "records-written") throw new Error("disk full");
  });
  expect(() => file.save(FIRST)).toThrow("disk full");
  broken = false;
  file.save(FIRST);
  file.save(SECOND);
  expect(openKeyFile(folder).state).toEqual(SECOND);
});

const child = `
  import { openKeyFile } from ${JSON.stringify(fileURLToPath(new URL("./file.ts", import.meta.url)))};
  const [folder, step, next] = process.argv.slice(1);
  openKeyFile(folder, (at) => { if (at === step) process.kill(process.pid, "SIGKILL"); }).save(JSON.parse(next));
`;

test.each(STEPS)("kill -9 at %s leaves the state before or after the save, whole", (step) => {
  openKeyFile(folder).save(FIRST);
  const killed = spawnSync(process.execPath, [
    "--input-type=module",
    "-e",
    child,
    folder,
    step,
    JSON.stringify(SECOND),
  ]);
  expect(killed.signal).toBe("SIGKILL");
  const after = openKeyFile(folder);
  const happened = STEPS.indexOf(step) >= STEPS.indexOf("pointer-renamed");
  expect(after.state).toEqual(happened ? SECOND : FIRST);
  expect(readdirSync(folder)).toHaveLength(4);
  after.save({ keys: [], records: [...after.state.records, record(9, "KEY_DESTROYED", "2026-01-02")] });
  expect(openKeyFile(folder).state.records).toHaveLength(happened ? 3 : 2);
});

test("kill -9 in the very first save leaves an empty keyring", () => {
  const killed = spawnSync(process.execPath, [
    ...["--input-type=module", "-e", child],
    ...[folder, "pointer-written", JSON.stringify(FIRST)],
  ]);
  expect(killed.signal).toBe("SIGKILL");
  expect(openKeyFile(folder).state).toEqual({ keys: [], records: [] });
  expect(existsSync(join(folder, "root-1.key"))).toBe(false);
});
