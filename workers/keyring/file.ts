import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
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

export type KeyState = { keys: DayKeys[]; records: KeyRecord[] };

/** The points of a save between which a crash may fall. */
export const STEPS = [
  "records-written",
  "root-written",
  "keys-written",
  "pointer-written",
  "pointer-renamed",
  "old-root-deleted",
  "old-keys-deleted",
] as const;
export type Step = (typeof STEPS)[number];

export type KeyFile = {
  state: KeyState;
  /** Makes `next` the state, durably; returns only when no crash can undo it. */
  save(next: KeyState): void;
};

const SECRET = 0o600;
const MAGIC = "madang.keyring.v1";

/**
 * The keyring's folder:
 *
 *     current              the number of the generation that counts
 *     root-N.key           32 random bytes, new for every generation
 *     keys-N.sealed        AES-256-GCM of the living keys under root-N
 *     records.jsonl        what was created and destroyed, no secrets: the tombstones
 *
 * Every save writes generation N+1 beside N, moves the pointer by rename, then deletes N. So a crash leaves one whole
 * generation, and what a destroyed key was sealed under is gone with its generation. Lines of the records beyond the
 * number that the generation counts belong to a save that did not happen, and are cut.
 * @param onStep called at each named point of a save
 * @throws Error when the folder holds a state that does not open: never starts over silently
 */
export function openKeyFile(folder: string, onStep: (step: Step) => void = () => {}): KeyFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (name: string): string => join(folder, name);
  let generation = readGeneration(path("current"));
  const file: KeyFile = {
    state: generation === 0 ? { keys: [], records: [] } : load(folder, generation),
    save(next) {
      const added = next.records.slice(file.state.records.length);
      // A save that failed half-way (a full disk) may have left lines behind.
      if (added.length > 0) cutRecords(path("records.jsonl"), file.state.records);
      appendRecords(path("records.jsonl"), added);
      onStep("records-written");
      const root = randomBytes(32);
      writeDurably(path(`root-${generation + 1}.key`), root);
      onStep("root-written");
      writeDurably(path(`keys-${generation + 1}.sealed`), sealState(root, generation + 1, next));
      root.fill(0);
      onStep("keys-written");
      writeDurably(path("current.new"), Buffer.from(`${generation + 1}\n`));
      syncFolder(folder);
      onStep("pointer-written");
      renameSync(path("current.new"), path("current"));
      syncFolder(folder);
      file.state = next;
      generation += 1;
      onStep("pointer-renamed");
      wipe(path(`root-${generation - 1}.key`));
      onStep("old-root-deleted");
      rmSync(path(`keys-${generation - 1}.sealed`), { force: true });
      onStep("old-keys-deleted");
    },
  };
  tidy(folder, generation, file.state.records);
  return file;
}

function readGeneration(pointer: string): number {
  if (!existsSync(pointer)) return 0;
  const text = readFileSync(pointer, "utf8");
  if (!/^[1-9]\d*\n$/.test(text)) throw new Error("the keyring's pointer cannot be read");
  return Number(text);
}

function load(folder: string, generation: number): KeyState {
  const root = readFileSync(join(folder, `root-${generation}.key`));
  const { keys, records: count } = openState(root, generation, readFileSync(join(folder, `keys-${generation}.sealed`)));
  root.fill(0);
  const lines = existsSync(join(folder, "records.jsonl")) ? readRecords(join(folder, "records.jsonl"), count) : [];
  if (lines.length < count) throw new Error("the keyring's records are shorter than its keys say");
  return { keys, records: lines };
}

function readRecords(path: string, count: number): KeyRecord[] {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, count);
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as KeyRecord);
}

/** Removes what a crash has left: other generations, an unused pointer, records that were never counted. */
function tidy(folder: string, generation: number, records: readonly KeyRecord[]): void {
  for (const name of readdirSync(folder)) {
    const match = /^(?:root|keys)-(\d+)\.(key|sealed)$/.exec(name);
    if (match !== null && Number(match[1]) !== generation) wipe(join(folder, name));
    if (name === "current.new") rmSync(join(folder, name), { force: true });
  }
  cutRecords(join(folder, "records.jsonl"), records);
}

function cutRecords(path: string, records: readonly KeyRecord[]): void {
  if (!existsSync(path)) return;
  const size = records.reduce((sum, record) => sum + Buffer.byteLength(line(record)), 0);
  truncateSync(path, size);
}

const line = (record: KeyRecord): string => `${JSON.stringify(record)}\n`;

function appendRecords(path: string, records: readonly KeyRecord[]): void {
  if (records.length === 0) return;
  const descriptor = openSync(path, "a", SECRET);
  try {
    writeSync(descriptor, records.map(line).join(""));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function sealState(root: Buffer, generation: number, state: KeyState): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", root, nonce).setAAD(Buffer.from(`${MAGIC} ${generation}`));
  const plain = Buffer.from(JSON.stringify({ keys: state.keys, records: state.records.length }));
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return sealed;
}

function openState(root: Buffer, generation: number, sealed: Buffer): { keys: DayKeys[]; records: number } {
  const decipher = createDecipheriv("aes-256-gcm", root, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(`${MAGIC} ${generation}`)).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  const state = JSON.parse(plain.toString("utf8")) as { keys: DayKeys[]; records: number };
  plain.fill(0);
  return state;
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, "w", SECRET);
  try {
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Overwrites, then deletes. On an SSD the old blocks may live on: privacy rule P10 says what follows from that. */
function wipe(path: string): void {
  if (!existsSync(path)) return;
  writeDurably(path, randomBytes(64));
  rmSync(path, { force: true });
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
