/**
 * Checks a proof of the transparency log in the browser, so that the hub's word is not needed: signature of the
 * checkpoint, path to its root, and what the entry commits to.
 * @see RFC 6962 §2.1, RFC 9162 §2.1.3.2, C2SP signed-note, tlog-checkpoint and tlog-proof
 */

/** What a proof shows once all of it holds. */
export type Shown = {
  readonly index: number;
  readonly size: number;
  /** The entry's kind: GRANT, REVOCATION, RELEASE … */
  readonly kind: string;
  /** What the commitment was opened to; null where the entry speaks for itself. */
  readonly body: string | null;
};

/** Which part of a proof does not hold. */
export type ProofFault = "FORM" | "KEY" | "SIGNATURE" | "PATH" | "COMMITMENT";

export class ProofError extends Error {
  override readonly name = "ProofError";
  readonly fault: ProofFault;

  constructor(fault: ProofFault) {
    super(fault);
    this.fault = fault;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

const HEADER = "c2sp.org/tlog-proof@v1";
const ED25519 = 1;
const text = new TextEncoder();

const sha256 = async (...parts: readonly Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const same = (one: Bytes, two: Bytes): boolean =>
  one.length === two.length && one.every((byte, index) => byte === two[index]);

function must(holds: boolean, fault: ProofFault): asserts holds {
  if (!holds) throw new ProofError(fault);
}

function base64(encoded: string, fault: ProofFault): Bytes {
  try {
    return Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
  } catch {
    throw new ProofError(fault);
  }
}

function hexadecimal(digits: string): Bytes {
  must(/^([0-9a-f]{2})+$/.test(digits), "FORM");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/**
 * Checks a proof against the log's verifier key.
 * @param proof text of c2sp.org/tlog-proof@v1 with {"entry", "salt", "body"} in its extra line
 * @param verifierKey `<name>+<key id>+<base64>` of an Ed25519 key
 * @throws ProofError
 */
export async function verifyProof(proof: string, verifierKey: string): Promise<Shown> {
  const cut = proof.indexOf("\n\n");
  const [header, extra = "", place = "", ...hashes] = proof.slice(0, Math.max(cut, 0)).split("\n");
  const index = Number(/^index (0|[1-9]\d{0,15})$/.exec(place)?.[1] ?? Number.NaN);
  must(header === HEADER && extra.startsWith("extra ") && Number.isSafeInteger(index), "FORM");
  const opened = readExtra(new TextDecoder().decode(base64(extra.slice("extra ".length), "FORM")));
  const { size, root } = await openCheckpoint(proof.slice(cut + 2), verifierKey);
  const path = hashes.map((hash) => base64(hash, "PATH"));
  const leaf = await sha256(Uint8Array.of(0), text.encode(opened.entry));
  must(index < size && same(await rootOf(leaf, index, size, path), root), "PATH");
  const { kind, leaf: said } = readEntry(opened.entry);
  if (opened.body === null || opened.salt === null) return { index, size, kind, body: null };
  const commitment = await sha256(hexadecimal(opened.salt), text.encode(opened.body));
  must(said["sha256"] !== undefined && same(commitment, hexadecimal(String(said["sha256"]))), "COMMITMENT");
  return { index, size, kind, body: opened.body };
}

/** The root to which a leaf's path leads. */
async function rootOf(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Promise<Bytes> {
  let [hash, at, last] = [leaf, BigInt(index), BigInt(size - 1)];
  for (const sibling of path) {
    must(last > 0n && sibling.length === 32, "PATH");
    if (at % 2n === 1n || at === last) {
      hash = await sha256(Uint8Array.of(1), sibling, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = await sha256(Uint8Array.of(1), hash, sibling);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  must(last === 0n, "PATH");
  return hash;
}

/** A checkpoint that the key has signed. */
async function openCheckpoint(note: string, verifierKey: string): Promise<{ size: number; root: Bytes }> {
  const [, name = "", keyId = "", encoded = ""] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(verifierKey.trim()) ?? [];
  const key = base64(encoded, "KEY");
  must(key.length === 33 && key[0] === ED25519, "KEY");
  must(same((await sha256(text.encode(`${name}\n`), key)).slice(0, 4), hexadecimal(keyId)), "KEY");
  const end = note.lastIndexOf("\n\n");
  const signed = note.slice(0, end + 1);
  const [origin, size = "", root = ""] = signed.split("\n");
  must(end > 0 && origin === name && /^(0|[1-9]\d{0,15})$/.test(size), "FORM");
  const publicKey = await crypto.subtle.importKey("raw", key.slice(1), "Ed25519", false, ["verify"]);
  for (const line of note.slice(end + 2).split("\n")) {
    const [, signer, code = ""] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    if (signer !== name) continue;
    const signature = base64(code, "SIGNATURE");
    if (!same(signature.slice(0, 4), hexadecimal(keyId))) continue;
    if (await crypto.subtle.verify("Ed25519", publicKey, signature.slice(4), text.encode(signed))) {
      return { size: Number(size), root: base64(root, "FORM") };
    }
  }
  throw new ProofError("SIGNATURE");
}

function readExtra(json: string): { entry: string; salt: string | null; body: string | null } {
  const { entry, salt, body } = readObject(json);
  must(typeof entry === "string", "FORM");
  return { entry, salt: typeof salt === "string" ? salt : null, body: typeof body === "string" ? body : null };
}

function readEntry(json: string): { kind: string; leaf: Readonly<Record<string, unknown>> } {
  const { kind, leaf } = readObject(json);
  must(typeof kind === "string" && typeof leaf === "object" && leaf !== null, "FORM");
  return { kind, leaf: leaf as Record<string, unknown> };
}

function readObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    must(typeof value === "object" && value !== null, "FORM");
    return value as Record<string, unknown>;
  } catch {
    throw new ProofError("FORM");
  }
}
