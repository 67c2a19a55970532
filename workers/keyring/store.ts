import type { KeyEvent, KeyRecord } from "../../core/privacy/key-record.ts";

/** Whose keys they are. */
export type PopulationDay = { readonly population: number; readonly day: string };

export const nameOf = ({ population, day }: PopulationDay): string => `${population}.${day}`;

/** What one commit changes: all of it or nothing. */
export type Change = {
  /** Days that get their keys: an X25519 pair that batches are sealed to, and a 256-bit HMAC key, both random. */
  readonly create: readonly PopulationDay[];
  /** Days whose keys end. */
  readonly destroy: readonly PopulationDay[];
  /** What is told of it, in this order; numbered, chained and signed by the store. */
  readonly events: readonly KeyEvent[];
  /** A new signing key takes over after these events; its own record is added by the store. */
  readonly newSigningKey?: boolean;
};

/**
 * Where keys live. The rules (keyring.ts) know no more of them than this: a sealed file of one machine (file.ts) is one
 * such place, a PKCS#11 token or a transit engine may be another. A store promises:
 *
 * - **Atomic.** After a crash at any instant all of a commit stands or none of it: never a key without its record, nor
 *   a record of a destruction whose key lives. A token that cannot do both in one step writes the record first as
 *   intended, acts, and finishes or undoes that when it is opened, before it answers anything.
 * - **Durable.** When `commit` resolves, no crash undoes it. When it rejects, it may be repeated: a destruction that was
 *   told and not finished is finished then, or when the store is opened, which fails rather than leave it.
 * - **Destroyed.** After a commit that destroys, no key of that day can be had again from the store, from a copy of its
 *   older files, or from its memory: what sealed it is destroyed, too, and no backup of the store holds it. The medium
 *   is another matter (rule P10): an SSD may keep old blocks, a token that erases in hardware does not.
 * - **Once.** A day that was destroyed is never created again, also after a restart: the records tell.
 * - **Closed.** Private keys are used inside (`decapsulate`, signatures) and never answered. The hash key is answered,
 *   because workers hash 10⁵ ids a second in memory; a store that keeps it inside can serve a city with fewer.
 * - **One at a time.** One process opens it; commits do not overlap (the keyring waits for each).
 */
export type KeyStore = {
  /** Every record there is, oldest first. */
  readonly records: readonly KeyRecord[];
  /** Days whose keys live. */
  readonly days: readonly PopulationDay[];
  commit(change: Change): Promise<void>;
  /** The X25519 public key of a living day; undefined where there is none. */
  publicKey(of: PopulationDay): Buffer | undefined;
  /**
   * The shared secret of a sealed batch (RFC 9180 decapsulation); null for one that cannot be.
   * @throws TypeError for a day without keys
   */
  decapsulate(of: PopulationDay, enc: Buffer): Buffer | null;
  /** A copy of a living day's hash key, to be wiped by who gets it. @throws TypeError for a day without keys */
  hashKey(of: PopulationDay): Buffer;
};
