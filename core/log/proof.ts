import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { base64, NoteFault, type Verifier } from "./note.ts";
import { type Hash, hashLeaf, verifyInclusion } from "./tree.ts";

/** A proof that an entry is in a log, for whoever has the log's verifier key and nothing else (C2SP tlog-proof). */
export type Proof = {
  /** Not authenticated: what a reader needs besides. */
  readonly extra: Buffer | null;
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed checkpoint, as the log gave it. */
  readonly checkpoint: string;
};

const HEADER = "c2sp.org/tlog-proof@v1";
/** A path of a tree of fewer than 2^63 entries is no longer. */
const LONGEST_PATH = 63;

export function formatProof({ extra, index, path, checkpoint }: Proof): string {
  const lines = [
    HEADER,
    ...(extra === null ? [] : [`extra ${extra.toString("base64")}`]),
    `index ${index}`,
    ...path.map((hash) => hash.toString("base64")),
  ];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** @throws NoteFault */
export function parseProof(text: string): Proof {
  const cut = text.indexOf("\n\n");
  const lines = text.slice(0, Math.max(cut, 0)).split("\n");
  const fault = () => new NoteFault("it is not a proof of c2sp.org/tlog-proof@v1");
  if (cut < 0 || lines.shift() !== HEADER) throw fault();
  const extra = lines[0]?.startsWith("extra ") ? base64((lines.shift() ?? "").slice("extra ".length)) : undefined;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? "")?.[1];
  const path = lines.map(base64);
  if (extra === null || index === undefined || path.length > LONGEST_PATH) throw fault();
  const hashes = path.filter((hash): hash is Buffer => hash?.length === 32);
  if (hashes.length !== path.length || !Number.isSafeInteger(Number(index))) throw fault();
  return { extra: extra ?? null, index: Number(index), path: hashes, checkpoint: text.slice(cut + 2) };
}

/**
 * Checks a proof for an entry by itself.
 * @returns the checkpoint that it leads to
 * @throws NoteFault when the proof is malformed, the checkpoint is not this log's, or the entry is not in its tree
 */
export function verifyProof(text: string, entry: Uint8Array, log: Verifier): Checkpoint & { readonly index: number } {
  const { index, path, checkpoint: note } = parseProof(text);
  const checkpoint = openCheckpoint(note, log);
  if (!verifyInclusion(index, checkpoint.size, hashLeaf(entry), path, checkpoint.root)) {
    throw new NoteFault("the entry is not at that place of the tree");
  }
  return { ...checkpoint, index };
}
