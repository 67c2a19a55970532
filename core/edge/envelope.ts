import { pad, unpad } from "../privacy/padding.ts";
import { open, type Sealed, seal } from "../privacy/seal.ts";
import { SCHEMA } from "./batch.ts";

/** What a sealed batch is bound to (rule P10): put under any other name, it does not open. */
export type Envelope = {
  readonly batch: string;
  readonly population: number;
  readonly feed: string;
  readonly device: string;
  readonly keyDay: string;
  readonly backfill: string | null;
};

const INFO = Buffer.from(SCHEMA);

/** None of the parts may hold the separator: they are numbers, slugs, days and UUIDs. */
function associated(envelope: Envelope, ...more: string[]): Buffer {
  const { population, feed, device, keyDay, batch, backfill } = envelope;
  return Buffer.from([population, feed, device, keyDay, batch, backfill ?? "-", ...more].join("|"));
}

/** Seals a batch's bytes as they were received, padded to a size class. About 85 µs and 1 µs/kB. */
export function sealBatch(publicKey: Uint8Array, envelope: Envelope, body: Uint8Array): Sealed {
  return seal(publicKey, INFO, associated(envelope), pad(body));
}

/** Opens a batch with the shared secret that the keyring found. Throws `SEAL_INVALID`. */
export function openBatch(secret: Uint8Array, envelope: Envelope, ciphertext: Uint8Array): Buffer {
  return unpad(open(secret, INFO, associated(envelope), ciphertext));
}

/** Seals one quarantined reading of a batch again. */
export function sealReading(publicKey: Uint8Array, envelope: Envelope, position: number, text: string): Sealed {
  return seal(publicKey, INFO, associated(envelope, String(position)), pad(Buffer.from(text)));
}

/** Opens a quarantined reading. Throws `SEAL_INVALID`. */
export function openReading(secret: Uint8Array, envelope: Envelope, position: number, ciphertext: Uint8Array): string {
  return unpad(open(secret, INFO, associated(envelope, String(position)), ciphertext)).toString("utf8");
}
