import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { signCheckpoint, type TreeHead } from "../../core/log/checkpoint.ts";
import { formatVerifier, type Signer, signerOf, verifierOf } from "../../core/log/note.ts";
import { EMPTY_ROOT, type Hash, verifyConsistency } from "../../core/log/tree.ts";

/** The log as its signer knows it: who it is, and the largest tree that was signed. */
export type LogState = TreeHead & { readonly origin: string; readonly verifierKey: string };

/** The signed checkpoint, or the head that the tree does not continue. */
export type Signed = { readonly note: string } | { readonly refused: TreeHead };

/**
 * Signs the checkpoints of the transparency log, and none that does not continue the last one: the tree's owner must
 * prove it (RFC 6962, section 2.1.2), so that whoever takes the database, or restores an old one, cannot have a second
 * history signed. Its folder, beside the keys and in no backup either:
 *
 *     log/key          the Ed25519 key's 32 bytes
 *     log/head.json    {origin, size, root}: what was signed last; on disk before a signature leaves
 */
export type LogSigner = {
  /** Null before a log was begun. */
  read(): LogState | null;
  /** Begins a log under this origin, or answers the one that there is. */
  open(origin: string): LogState;
  /** Begins another log, with another key, after the state of the first was lost. @throws RangeError for the same origin */
  renew(origin: string): LogState;
  /** Repeating the last one gives the same bytes. @throws RangeError before a log was begun */
  sign(head: TreeHead, proof: readonly Hash[]): Signed;
};

const SEED_BYTES = 32;
const SECRET = 0o600;
const stored = z.strictObject({ origin: z.string(), size: z.int().min(0), root: z.base64() });

type Held = { signer: Signer; head: TreeHead };

/** @throws Error at the first use, when the folder holds half a log: never begins anew silently */
export function openLogSigner(folder: string): LogSigner {
  const at = (name: string): string => join(folder, "log", name);
  let held: Held | null | undefined;

  function load(): Held | null {
    if (!existsSync(join(folder, "log"))) return null;
    const seed = readFileSync(at("key"));
    if (seed.length !== SEED_BYTES) throw new Error("the log's key is damaged");
    const { origin, size, root } = stored.parse(JSON.parse(readFileSync(at("head.json"), "utf8")));
    const signer = signerOf(origin, seed);
    seed.fill(0);
    return { signer, head: { size, root: Buffer.from(root, "base64") } };
  }
  const current = (): Held | null => {
    if (held === undefined) held = load();
    return held;
  };

  function begin(origin: string): Held {
    const seed = randomBytes(SEED_BYTES);
    const made = { signer: signerOf(origin, seed), head: { size: 0, root: EMPTY_ROOT } };
    // Key and head appear together, or neither does.
    const draft = join(folder, "log.new");
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    writeDurably(join(draft, "key"), seed);
    seed.fill(0);
    writeDurably(join(draft, "head.json"), textOf(made));
    syncFolder(draft);
    renameSync(draft, join(folder, "log"));
    syncFolder(folder);
    held = made;
    return made;
  }

  return {
    read: () => stateOf(current()),
    open: (origin) => stateOf(current() ?? begin(origin)),
    renew(origin) {
      // Also a log that is half lost can be ended.
      const last = existsSync(at("head.json")) ? readFileSync(at("head.json"), "utf8") : "";
      if (last.includes(`"origin":${JSON.stringify(origin)}`)) throw new RangeError("another log needs another origin");
      signerOf(origin, Buffer.alloc(SEED_BYTES));
      if (existsSync(join(folder, "log"))) renameSync(join(folder, "log"), join(folder, `log-ended-${Date.now()}`));
      return stateOf(begin(origin));
    },
    sign(head, proof) {
      const log = current();
      if (log === null) throw new RangeError("no log was begun");
      if (!verifyConsistency(log.head, head, proof)) return { refused: log.head };
      const next: Held = { ...log, head };
      writeDurably(at("head.new"), textOf(next));
      renameSync(at("head.new"), at("head.json"));
      syncFolder(join(folder, "log"));
      held = next;
      return { note: signCheckpoint(head, log.signer) };
    },
  };
}

const textOf = ({ signer, head }: Held): string =>
  `${JSON.stringify({ origin: signer.name, size: head.size, root: head.root.toString("base64") })}\n`;

function stateOf(held: Held): LogState;
function stateOf(held: Held | null): LogState | null;
function stateOf(held: Held | null): LogState | null {
  if (held === null) return null;
  return { ...held.head, origin: held.signer.name, verifierKey: formatVerifier(verifierOf(held.signer)) };
}

function writeDurably(path: string, content: string | Buffer): void {
  const file = openSync(path, "w", SECRET);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
