import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** The keys of one population and day, base64. Exists until the day is destroyed. */
export type DayKeys = { population: number; day: string; seal: string; hash: string };

/** One line of the processing records; numbers start at 1 and have no gap. */
export type KeyRecord = {
  number: number;
  at: string;
  kind: "KEY_CREATED" | "KEY_DESTROYED" | "KEY_ERASED";
  population: number;
  day: string;
  /** KEY_ERASED: workers that confirmed their wipe, and leases that ran out instead. */
  confirmed?: number;
  expired?: number;
};

export type KeyState = { readonly keys: readonly DayKeys[]; readonly records: readonly KeyRecord[] };

/** The points of a save between which a crash may fall. */
export const STEPS = ["records-written", "root-written", "keys-written", "keys-renamed", "old-root-deleted"] as const;
export type Step = (typeof STEPS)[number];

export type KeyFile = {
  readonly state: KeyState;
  /**
   * Makes `next` the state, durably; when it resolves no crash can undo it. One save at a time.
   * @param rotate a key was destroyed: seal under a new root, so that the old file is worth nothing
   */
  save(next: KeyState, rotate: boolean): Promise<void>;
};

const SECRET = 0o600;
const MAGIC = "madang.keyring.v1";
const NONCE = 12;
const TAG = 16;
const GENERATION = 6;

/**
 * The keyring's folder:
 *
 *     keys.sealed          the generation's number N, then AES-256-GCM of the living keys under root-N
 *     root-N.key           32 random bytes
 *     records.jsonl        what was created and destroyed, no secrets: the tombstones
 *
 * A save writes what is new beside what counts, and `keys.sealed` changes by rename: a crash leaves the state before or
 * after it, whole. What a destroyed key was sealed under is deleted with its generation. Lines of the records beyond the
 * number that `keys.sealed` counts belong to a save that did not happen, and are cut.
 * @param onStep called at each named point of a save
 * @throws Error when the folder holds a state that does not open: never begins anew silently
 */
export function openKeyFile(folder: string, onStep: (step: Step) => void = () => {}): KeyFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (name: string): string => join(folder, name);
  let { generation, state } = load(path);
  tidy(folder, generation, state.records);

  async function putKeys(next: KeyState, after: number, step: (step: Step) => void): Promise<void> {
    const isNew = after !== generation;
    const root = isNew ? randomBytes(32) : await readFile(path(`root-${after}.key`));
    if (isNew) await writeDurably(path(`root-${after}.key`), root);
    step("root-written");
    await writeDurably(path("keys.new"), seal(root, after, next));
    root.fill(0);
    if (isNew) await syncFolder(folder);
    step("keys-written");
    await rename(path("keys.new"), path("keys.sealed"));
    await syncFolder(folder);
  }

  return {
    get state() {
      return state;
    },
    async save(next, rotate) {
      if (generation === 0) {
        // Counted keys stand before the first record does: records without them are damage, not a beginning.
        await putKeys(state, 1, () => {});
        generation = 1;
      }
      await appendRecords(path("records.jsonl"), state.records, next.records.slice(state.records.length));
      onStep("records-written");
      const before = generation;
      await putKeys(next, rotate ? before + 1 : before, onStep);
      state = next;
      generation = rotate ? before + 1 : before;
      onStep("keys-renamed");
      if (rotate) await wipe(path(`root-${before}.key`));
      onStep("old-root-deleted");
    },
  };
}

function load(path: (name: string) => string): { generation: number; state: KeyState } {
  if (!existsSync(path("keys.sealed"))) {
    if (existsSync(path("records.jsonl"))) throw new Error("the keyring has records and no keys: it is damaged");
    return { generation: 0, state: { keys: [], records: [] } };
  }
  const sealed = readFileSync(path("keys.sealed"));
  const generation = sealed.readUIntBE(0, GENERATION);
  const root = readFileSync(path(`root-${generation}.key`));
  const { keys, records: count } = unseal(root, generation, sealed.subarray(GENERATION));
  root.fill(0);
  const text = existsSync(path("records.jsonl")) ? readFileSync(path("records.jsonl"), "utf8") : "";
  const lines = text.split("\n").slice(0, count);
  if (lines.length < count || lines.includes("")) throw new Error("the keyring's records are shorter than it counts");
  return { generation, state: { keys, records: lines.map((one) => JSON.parse(one) as KeyRecord) } };
}

/** Removes what a crash has left: other generations, a save that did not happen. */
function tidy(folder: string, generation: number, records: readonly KeyRecord[]): void {
  for (const name of readdirSync(folder)) {
    const match = /^root-(\d+)\.key$/.exec(name);
    if (name === "keys.new" || (match !== null && Number(match[1]) !== generation)) rmSync(join(folder, name));
  }
  cutRecords(join(folder, "records.jsonl"), records);
}

const line = (record: KeyRecord): string => `${JSON.stringify(record)}\n`;

function cutRecords(path: string, records: readonly KeyRecord[]): void {
  if (!existsSync(path)) return;
  truncateSync(
    path,
    records.reduce((sum, record) => sum + Buffer.byteLength(line(record)), 0),
  );
}

async function appendRecords(path: string, known: readonly KeyRecord[], added: readonly KeyRecord[]): Promise<void> {
  if (added.length === 0) return;
  // A save that failed half-way (a full disk) may have left lines behind.
  cutRecords(path, known);
  const file = await open(path, "a", SECRET);
  try {
    await file.writeFile(added.map(line).join(""));
    await file.datasync();
  } finally {
    await file.close();
  }
}

function seal(root: Buffer, generation: number, state: KeyState): Buffer {
  const header = Buffer.alloc(GENERATION);
  header.writeUIntBE(generation, 0, GENERATION);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", root, nonce).setAAD(Buffer.from(`${MAGIC} ${generation}`));
  const plain = Buffer.from(JSON.stringify({ keys: state.keys, records: state.records.length }));
  const sealed = Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return sealed;
}

function unseal(root: Buffer, generation: number, sealed: Buffer): { keys: DayKeys[]; records: number } {
  const decipher = createDecipheriv("aes-256-gcm", root, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`${MAGIC} ${generation}`)).setAuthTag(sealed.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
  const state = JSON.parse(plain.toString("utf8")) as { keys: DayKeys[]; records: number };
  plain.fill(0);
  return state;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", SECRET);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Overwrites, then deletes. On an SSD the old blocks may live on: privacy rule P10 says what follows from that. */
async function wipe(path: string): Promise<void> {
  await writeDurably(path, randomBytes(32));
  await rm(path);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
