import { HubError } from "../errors.ts";

/** Sizes that small payloads are padded to, in bytes, the four bytes of the length included. */
const SMALL_CLASSES = [256, 512, 1024, 2048, 4096] as const;
const HEADER = 4;

/**
 * The size class of a payload: 256, 512, 1024, 2048 or 4096 bytes, above that the Padmé classes (Nikitin et al. 2019,
 * arXiv 1806.03160): sizes whose binary form has as many significant digits as their exponent needs, at most 6.3 %
 * more than the payload. A size therefore tells only about log log of itself.
 */
export function sizeClass(length: number): number {
  const total = length + HEADER;
  for (const size of SMALL_CLASSES) if (total <= size) return size;
  const exponent = Math.floor(Math.log2(total));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  const unit = 2 ** (exponent - significant);
  return Math.ceil(total / unit) * unit;
}

/** The payload's length (four bytes, big-endian), the payload, zeros up to its size class. */
export function pad(payload: Uint8Array): Buffer {
  const padded = Buffer.alloc(sizeClass(payload.length));
  padded.writeUInt32BE(payload.length, 0);
  padded.set(payload, HEADER);
  return padded;
}

/** The payload of a padded text; throws `SEAL_INVALID` when the length does not fit the size or the rest is not zero. */
export function unpad(padded: Uint8Array): Buffer {
  const bytes = Buffer.from(padded.buffer, padded.byteOffset, padded.byteLength);
  const length = bytes.length >= HEADER ? bytes.readUInt32BE(0) : -1;
  if (length < 0 || sizeClass(length) !== bytes.length) throw new HubError("SEAL_INVALID", "The padding is not ours.");
  const end = HEADER + length;
  for (let i = end; i < bytes.length; i++) {
    if (bytes[i] !== 0) throw new HubError("SEAL_INVALID", "The padding is not ours.");
  }
  return bytes.subarray(HEADER, end);
}
