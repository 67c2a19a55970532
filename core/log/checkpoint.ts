import { sign } from "node:crypto";
import {
  base64,
  formatSignature,
  NoteFault,
  openNote,
  parseNote,
  SIGNATURE_TYPE,
  type Signer,
  signatureOf,
  signNote,
  type Verifier,
  verifierOf,
  verifies,
} from "./note.ts";
import type { Hash } from "./tree.ts";

/** A tree of a log at one size. */
export type TreeHead = { readonly size: number; readonly root: Hash };
export type Checkpoint = TreeHead & { readonly origin: string };

/** The text of a checkpoint (C2SP tlog-checkpoint): origin, size, root, one a line. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString("base64")}\n`;

/** @throws NoteFault */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", encoded = "", ...rest] = text.split("\n");
  const root = base64(encoded);
  const isSize = /^(?:0|[1-9]\d{0,15})$/.test(size) && Number.isSafeInteger(Number(size));
  // Extension lines may follow; they hold something, and a line feed ends the last.
  if (origin === "" || !isSize || root?.length !== 32 || rest.pop() !== "" || rest.includes("")) {
    throw new NoteFault("it is not a checkpoint");
  }
  return { origin, size: Number(size), root };
}

export const signCheckpoint = (head: TreeHead, signer: Signer): string =>
  signNote(formatCheckpoint({ ...head, origin: signer.name }), signer);

/** Reads a checkpoint of this log. @throws NoteFault when it is not one, of another log, or not signed by its key */
export function openCheckpoint(note: string, log: Verifier): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, log));
  if (checkpoint.origin !== log.name) throw new NoteFault("it is the checkpoint of another log");
  return checkpoint;
}

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;
const cosigned = (time: number, text: string): Buffer => Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * A witness's signature line on a checkpoint: "at this time it was the largest tree I saw, and consistent with all before"
 * (C2SP tlog-cosignature, Ed25519).
 * @param time POSIX seconds
 */
export function cosign(note: string, witness: Signer, time: number): string {
  const stamp = Buffer.alloc(TIME_BYTES);
  stamp.writeBigUInt64BE(BigInt(time));
  const signature = Buffer.concat([stamp, sign(null, cosigned(time, parseNote(note).text), witness.privateKey)]);
  const { name, keyId } = verifierOf(witness, SIGNATURE_TYPE.cosignature);
  return formatSignature({ name, keyId, signature });
}

/** When a witness cosigned this checkpoint (POSIX seconds), or null when it has not. @throws NoteFault for a bad signature */
export function cosignedAt(note: string, witness: Verifier): number | null {
  const parsed = parseNote(note);
  const line = signatureOf(parsed, witness);
  if (line === undefined || witness.type !== SIGNATURE_TYPE.cosignature) return null;
  const stamp = line.signature.subarray(0, TIME_BYTES);
  const isWhole = line.signature.length === TIME_BYTES + SIGNATURE_BYTES;
  const time = isWhole ? Number(stamp.readBigUInt64BE()) : -1;
  if (!isWhole || !verifies(witness.publicKey, cosigned(time, parsed.text), line.signature.subarray(TIME_BYTES))) {
    throw new NoteFault(`the cosignature of ${witness.name} does not verify`);
  }
  return time;
}
