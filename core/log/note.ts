import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { importSigningKey, publicBytes } from "../privacy/key-record.ts";

/** What a signature is of (C2SP signed-note, tlog-cosignature). */
export const SIGNATURE_TYPE = { note: 0x01, cosignature: 0x04 } as const;

/** Who signs, as a reader knows it: name, number of the key, and its 32 public bytes. */
export type Verifier = {
  readonly name: string;
  readonly type: number;
  /** eight hexadecimal digits */
  readonly keyId: string;
  readonly publicKey: Buffer;
};
/** Someone who can sign: an Ed25519 key under a name. */
export type Signer = { readonly name: string; readonly privateKey: KeyObject };
export type SignatureLine = { readonly name: string; readonly keyId: string; readonly signature: Buffer };
export type Note = {
  /** with its last line feed */ readonly text: string;
  readonly signatures: readonly SignatureLine[];
};

/** Why a note is not believed. */
export class NoteFault extends Error {
  override readonly name = "NoteFault";
}

const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const KEY_BYTES = 32;
const ID_BYTES = 4;
const LONGEST = 100_000;
/** Key names hold no space, no plus and nothing that ends a line. */
const NAME = /^[^\s+\p{Cc}]+$/u;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Reads standard base64 as it must be written; null for any other spelling. */
export function base64(text: string): Buffer | null {
  if (!BASE64.test(text)) return null;
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

function keyIdOf(name: string, type: number, publicKey: Uint8Array): string {
  const data = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(type), publicKey]);
  return createHash("sha256")
    .update(data)
    .digest("hex")
    .slice(0, 2 * ID_BYTES);
}

/** @throws NoteFault for a name that a note cannot carry */
export function signerOf(name: string, seed: Uint8Array): Signer {
  if (!NAME.test(name)) throw new NoteFault("a key's name holds neither spaces nor plus");
  return { name, privateKey: importSigningKey(seed) };
}

export function verifierOf({ name, privateKey }: Signer, type: number = SIGNATURE_TYPE.note): Verifier {
  const publicKey = publicBytes(privateKey);
  return { name, type, keyId: keyIdOf(name, type, publicKey), publicKey };
}

/** `<name>+<key id>+<base64 of type and key>`: how a verifier key is written down. */
export const formatVerifier = ({ name, type, keyId, publicKey }: Verifier): string =>
  `${name}+${keyId}+${Buffer.concat([Uint8Array.of(type), publicKey]).toString("base64")}`;

/** @throws NoteFault */
export function parseVerifier(text: string): Verifier {
  const [, name = "", keyId = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? [];
  const key = base64(encoded);
  const type = key?.[0] ?? 0;
  const isKnown = type === SIGNATURE_TYPE.note || type === SIGNATURE_TYPE.cosignature;
  if (key === null || key.length !== 1 + KEY_BYTES || !isKnown || !NAME.test(name)) {
    throw new NoteFault("a verifier key is written <name>+<key id>+<base64>, Ed25519");
  }
  const publicKey = key.subarray(1);
  if (keyIdOf(name, type, publicKey) !== keyId) throw new NoteFault("the verifier key's number is not its own");
  return { name, type, keyId, publicKey };
}

/** One signature line, without its line feed. */
export const formatSignature = ({ name, keyId, signature }: SignatureLine): string =>
  `— ${name} ${Buffer.concat([Buffer.from(keyId, "hex"), signature]).toString("base64")}`;

/** Signs a text. @throws NoteFault for a text that a note cannot carry */
export function signNote(text: string, signer: Signer): string {
  if (!isText(text)) throw new NoteFault("a note's text ends in a line feed and holds no other control character");
  const { name, keyId } = verifierOf(signer);
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  return `${text}\n${formatSignature({ name, keyId, signature })}\n`;
}

const isText = (text: string): boolean => text.endsWith("\n") && !/[^\P{Cc}\n\u007f-\u009f]/u.test(text);

/** Takes a note apart; nothing is verified yet. @throws NoteFault */
export function parseNote(note: string): Note {
  const cut = note.lastIndexOf("\n\n");
  const text = note.slice(0, cut + 1);
  if (note.length > LONGEST || cut < 0 || !note.endsWith("\n") || !isText(text)) {
    throw new NoteFault("it is not a signed note");
  }
  const lines = note.slice(cut + 2, -1).split("\n");
  const signatures = lines.map((line): SignatureLine => {
    const [, name = "", encoded = ""] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = base64(encoded);
    if (!NAME.test(name) || bytes === null || bytes.length <= ID_BYTES)
      throw new NoteFault("a signature line is malformed");
    return { name, keyId: bytes.subarray(0, ID_BYTES).toString("hex"), signature: bytes.subarray(ID_BYTES) };
  });
  return { text, signatures };
}

/** The signature of a key on a note, or undefined; those of unknown keys are passed over, as they must be. */
export const signatureOf = (note: Note, { name, keyId }: Pick<Verifier, "name" | "keyId">): SignatureLine | undefined =>
  note.signatures.find((line) => line.name === name && line.keyId === keyId);

export function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
  return verify(null, message, key, signature);
}

/**
 * Reads a note that a key has signed.
 * @returns its text
 * @throws NoteFault when it is no note, or that key has not signed it
 */
export function openNote(note: string, verifier: Verifier): string {
  const parsed = parseNote(note);
  const line = signatureOf(parsed, verifier);
  if (line === undefined) throw new NoteFault(`${verifier.name} has not signed it`);
  if (
    verifier.type !== SIGNATURE_TYPE.note ||
    !verifies(verifier.publicKey, Buffer.from(parsed.text), line.signature)
  ) {
    throw new NoteFault(`the signature of ${verifier.name} does not verify`);
  }
  return parsed.text;
}
