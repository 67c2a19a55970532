import { createCipheriv, createDecipheriv, createHash, type KeyObject, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import {
  chain,
  GENESIS,
  type Head,
  headOf,
  importSigningKey,
  type KeyEvent,
  type KeyRecord,
  keyringOf,
  publicBytes,
} from "../../core/privacy/key-record.ts";
import { decapsulate } from "../../core/privacy/seal.ts";
import { type DayKeys, decode, encode, makeKeys, makeSigningSeed, pairOf, type Secrets, wipeKeys } from "./secrets.ts";
import { type Change, type KeyStore, nameOf, type PopulationDay } from "./store.ts";

/** The points of a save between which a crash may fall. */
export const STEPS = ["records-written", "root-written", "keys-written", "keys-renamed", "old-root-deleted"] as const;
export type Step = (typeof STEPS)[number];

const SECRET = 0o600;
const MAGIC = "madang.keyring.v1";
const NONCE = 12;
const TAG = 16;
const GENERATION = 6;

type State = Secrets & { readonly told: readonly KeyRecord[] };
type Held = { readonly keys: DayKeys; readonly privateKey: KeyObject; readonly publicKey: Buffer };

/**
 * Keys in a folder of one machine:
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
export function openKeyFile(folder: string, onStep: (step: Step) => void = () => {}): KeyStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (name: string): string => join(folder, name);
  let { generation, state } = load(path);
  tidy(folder, generation, state.told);
  const held = new Map<string, Held>();
  const hold = (keys: DayKeys): void => void held.set(nameOf(keys), { keys, ...pairOf(keys) });
  for (const keys of state.keys) hold(keys);

  async function putKeys(next: Secrets, after: number, step: (step: Step) => void): Promise<void> {
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

  /** Roots that nothing must be sealed under any more, and that a fault kept from being wiped. */
  const unwiped = new Set<string>();
  function wipeRoots(): void {
    for (const one of unwiped) {
      wipe(one);
      unwiped.delete(one);
    }
  }

  /**
   * Makes `next` the state.
   * @param rotate a key ends: seal under a new root, so that the old file is worth nothing
   * @param onStands called when no crash can undo it
   */
  async function save(next: State, rotate: boolean, onStands: () => void): Promise<void> {
    if (generation === 0) {
      // Counted keys stand before the first record does: records without them are damage, not a beginning.
      await putKeys(state, 1, () => {});
      generation = 1;
    }
    await appendRecords(path("records.jsonl"), state.told, next.told.slice(state.told.length));
    onStep("records-written");
    const before = generation;
    await putKeys(next, rotate ? before + 1 : before, onStep);
    state = next;
    generation = rotate ? before + 1 : before;
    if (rotate) unwiped.add(path(`root-${before}.key`));
    onStands();
    onStep("keys-renamed");
    wipeRoots();
    onStep("old-root-deleted");
  }

  const found = (of: PopulationDay): Held => {
    const entry = held.get(nameOf(of));
    if (entry === undefined) throw new TypeError("the day has no keys");
    return entry;
  };

  return {
    get records() {
      return state.told;
    },
    get days() {
      return state.keys.map(({ population, day }) => ({ population, day }));
    },
    async commit(change) {
      wipeRoots();
      if (change.events.length === 0 && change.newSigningKey !== true) return;
      const gone = new Set(change.destroy.map(nameOf));
      const ended = state.keys.filter((keys) => gone.has(nameOf(keys)));
      const made = change.create.filter((of) => !held.has(nameOf(of))).map(makeKeys);
      const keys = [...state.keys.filter((one) => !gone.has(nameOf(one))), ...made];
      const { told, signing } = tell(state, change);
      const rotate = ended.length > 0 || (state.signing !== null && signing !== state.signing);
      const before = state.signing;
      await save({ keys, told, signing, records: told.length }, rotate, () => {
        for (const one of made) hold(one);
        for (const one of ended) {
          held.delete(nameOf(one));
          wipeKeys(one);
        }
        if (before !== signing) before?.fill(0);
      });
    },
    publicKey: (of) => held.get(nameOf(of))?.publicKey,
    decapsulate(of, enc) {
      const { privateKey } = found(of);
      try {
        return decapsulate(privateKey, enc);
      } catch {
        return null;
      }
    },
    hashKey: (of) => Buffer.from(found(of).keys.hash),
  };
}

/** The records with those of a change, signed; the first ones ever begin with the key that they are signed with. */
function tell(state: State, { events, newSigningKey }: Change): { told: KeyRecord[]; signing: Buffer } {
  const told = [...state.told];
  const at = events[0]?.at ?? told.at(-1)?.at ?? new Date().toISOString();
  let signing = state.signing ?? makeSigningSeed();
  let head = headBefore(state, signing);
  const note = (event: KeyEvent): void => {
    const record = chain(event, head, importSigningKey(signing));
    head = headOf(record);
    told.push(record);
  };
  const present = (seed: Buffer): KeyEvent => {
    const publicKey = publicBytes(importSigningKey(seed)).toString("base64");
    return { at, kind: "SIGNING_KEY", publicKey };
  };
  if (state.signing === null) note(present(signing));
  for (const event of events) note(event);
  if (newSigningKey === true) {
    const next = makeSigningSeed();
    note(present(next));
    signing = next;
  }
  return { told, signing };
}

function headBefore({ told, signing }: State, first: Buffer): Head {
  const last = told.at(-1);
  if (last !== undefined && signing !== null) return headOf(last);
  const keyring = keyringOf(publicBytes(importSigningKey(first)));
  // Records from before they were signed are tied to the first signature as they stand.
  const sha256 = told.length === 0 ? GENESIS : createHash("sha256").update(told.map(line).join("")).digest("hex");
  return { keyring, number: told.length, sha256 };
}

function load(path: (name: string) => string): { generation: number; state: State } {
  if (!existsSync(path("keys.sealed"))) {
    if (existsSync(path("records.jsonl"))) throw new Error("the keyring has records and no keys: it is damaged");
    return { generation: 0, state: { keys: [], signing: null, records: 0, told: [] } };
  }
  const sealed = readFileSync(path("keys.sealed"));
  const generation = sealed.readUIntBE(0, GENERATION);
  const root = readFileSync(path(`root-${generation}.key`));
  const secrets = unseal(root, generation, sealed.subarray(GENERATION));
  root.fill(0);
  const count = secrets.records;
  const text = existsSync(path("records.jsonl")) ? readFileSync(path("records.jsonl"), "utf8") : "";
  const lines = text.split("\n").slice(0, count);
  if (lines.length < count || lines.includes("")) throw new Error("the keyring's records are shorter than it counts");
  return { generation, state: { ...secrets, told: lines.map((one) => JSON.parse(one) as KeyRecord) } };
}

/** Removes what a crash has left: other generations, a save that did not happen. */
function tidy(folder: string, generation: number, records: readonly KeyRecord[]): void {
  for (const name of readdirSync(folder)) {
    const match = /^root-(\d+)\.key$/.exec(name);
    if (name === "keys.new") rmSync(join(folder, name));
    else if (match !== null && Number(match[1]) !== generation) wipe(join(folder, name));
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

function seal(root: Buffer, generation: number, secrets: Secrets): Buffer {
  const header = Buffer.alloc(GENERATION);
  header.writeUIntBE(generation, 0, GENERATION);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", root, nonce).setAAD(Buffer.from(`${MAGIC} ${generation}`));
  const plain = encode(secrets);
  const sealed = Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return sealed;
}

/** @throws Error when it was sealed under another root, or changed */
export function unseal(root: Buffer, generation: number, sealed: Buffer): Secrets {
  const decipher = createDecipheriv("aes-256-gcm", root, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`${MAGIC} ${generation}`)).setAuthTag(sealed.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
  const secrets = decode(plain);
  plain.fill(0);
  return secrets;
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

/** Overwrites in place, then deletes. An SSD may keep the old blocks: privacy rule P10 says what follows from that. */
function wipe(path: string): void {
  const file = openSync(path, "r+");
  try {
    writeSync(file, randomBytes(32), 0, 32, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
