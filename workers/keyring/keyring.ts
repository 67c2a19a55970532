import { HubError } from "../../core/errors.ts";
import type { KeyRecord } from "../../core/privacy/key-record.ts";
import { addDays, localDay } from "../../core/time.ts";
import { createLeases } from "./leases.ts";
import { type KeyStore, nameOf, type PopulationDay } from "./store.ts";
import { createWriter } from "./writer.ts";

export type Keyring = ReturnType<typeof createKeyring>;

const HOUR_MS = 3_600_000;

/**
 * The rules of the keys: made when a day's first row comes, one set for each population and day, destroyed once, never
 * made again. What it answers is durable already.
 * @param leaseMs how long a worker may hold a day's hash key without asking again
 * @param clock epoch milliseconds
 */
export function createKeyring(store: KeyStore, leaseMs: number, clock: () => number = Date.now) {
  const destroyed = new Map<string, KeyRecord>();
  const leases = createLeases(leaseMs, clock);
  const write = createWriter(store);
  const erased = new Set<string>();
  for (const record of store.records) {
    if (record.kind === "KEY_ERASED") erased.add(nameOf(record));
    if (record.kind === "KEY_DESTROYED") destroyed.set(nameOf(record), record);
  }
  for (const record of destroyed.values()) {
    // Who held it before a restart is not known: nobody may hold it longer than a lease.
    if (record.kind === "KEY_DESTROYED" && !erased.has(nameOf(record))) leases.expectErasure(record, true);
  }

  /**
   * The full hour by which a thing was done: records become public, and a finer time would tell when a day's first batch
   * came and how long its last one took (rule P12).
   */
  const byHour = (): string => new Date((Math.floor(clock() / HOUR_MS) + 1) * HOUR_MS).toISOString();

  function judgeMaking(of: PopulationDay, backfill: boolean): void {
    // Cities are up to 14 hours away from UTC: one day to either side covers every local today.
    const today = localDay(clock(), "UTC");
    if (of.day > addDays(today, 1)) throw new HubError("DAY_NOT_OPEN");
    if (!backfill && of.day < addDays(today, -1)) throw new HubError("DAY_NOT_OPEN");
  }

  /** The day's public key; makes the day's keys when they are new and allowed. */
  async function findOrMake({ population, day }: PopulationDay, backfill: boolean): Promise<Buffer> {
    const of = { population, day };
    const living = (): Buffer | undefined => {
      if (destroyed.has(nameOf(of))) throw new HubError("KEY_DESTROYED");
      return store.publicKey(of);
    };
    const found = living();
    if (found !== undefined) return found;
    judgeMaking(of, backfill);
    await write((draft) => {
      if (draft.told(of, "KEY_DESTROYED")) throw new HubError("KEY_DESTROYED");
      if (draft.lives(of)) return;
      draft.create(of);
      draft.note({ at: byHour(), kind: "KEY_CREATED", ...of });
    });
    // It may have been destroyed since, or within the same group: then nobody gets it.
    const made = living();
    if (made === undefined) throw new HubError("KEY_DESTROYED");
    return made;
  }

  return {
    /**
     * The public key that batches of the day are sealed to; makes the day's keys when they are new and allowed.
     * @param backfill any past day is allowed; else only days that are today somewhere
     * @throws HubError DAY_SEALED when they were destroyed, DAY_NOT_OPEN when they may not be made
     */
    async publicKey(of: PopulationDay, backfill: boolean): Promise<Buffer> {
      try {
        return await findOrMake(of, backfill);
      } catch (error) {
        throw error instanceof HubError && error.code === "KEY_DESTROYED" ? new HubError("DAY_SEALED") : error;
      }
    },

    /**
     * The shared secret of each sealed batch (null for one that cannot be) and the day's public key.
     * @throws HubError KEY_DESTROYED, SEAL_INVALID when such a key never was
     */
    decapsulate(of: PopulationDay, encs: readonly Buffer[]): { secrets: (Buffer | null)[]; publicKey: Buffer } {
      if (destroyed.has(nameOf(of))) throw new HubError("KEY_DESTROYED");
      const publicKey = store.publicKey(of);
      if (publicKey === undefined) throw new HubError("SEAL_INVALID");
      return { secrets: encs.map((enc) => store.decapsulate(of, enc)), publicKey };
    },

    /**
     * Lends a day's hash key to a worker, which asks again before the lease is over and wipes its copy.
     * @throws HubError KEY_DESTROYED, DAY_NOT_OPEN
     */
    async hashKey(
      of: PopulationDay,
      backfill: boolean,
      worker: string,
    ): Promise<{ key: Buffer; leaseSeconds: number }> {
      await findOrMake(of, backfill);
      leases.lend(of, worker);
      return { key: store.hashKey(of), leaseSeconds: leaseMs / 1000 };
    },

    /** Renews what a worker still may hold, and names what it must wipe now. */
    renew(worker: string, days: readonly PopulationDay[]): { destroyed: PopulationDay[]; leaseSeconds: number } {
      const lives = (of: PopulationDay): boolean => !destroyed.has(nameOf(of)) && store.publicKey(of) !== undefined;
      for (const of of days) if (lives(of)) leases.lend(of, worker);
      return { destroyed: days.filter((of) => !lives(of)), leaseSeconds: leaseMs / 1000 };
    },

    /** A worker has wiped a key. */
    erased(of: PopulationDay, worker: string): void {
      leases.confirm(of, worker);
    },

    /** Destroys a day's keys, once and for all; a repetition answers the first one's record. */
    async destroy({ population, day }: PopulationDay): Promise<KeyRecord> {
      const of = { population, day };
      const before = destroyed.get(nameOf(of));
      if (before !== undefined) return before;
      await write((draft) => {
        const told = draft.told(of, "KEY_DESTROYED");
        // Also where it was told: what a fault kept from being wiped then is wiped now.
        draft.destroy(of);
        if (!told) draft.note({ at: byHour(), kind: "KEY_DESTROYED", ...of });
      });
      // Several may have asked at once: the first one back notes it for all.
      const noted = destroyed.get(nameOf(of));
      if (noted !== undefined) return noted;
      const record = store.records.findLast((one) => one.kind === "KEY_DESTROYED" && nameOf(one) === nameOf(of));
      if (record === undefined) throw new TypeError("a destruction leaves its record");
      destroyed.set(nameOf(of), record);
      leases.expectErasure(of, false);
      return record;
    },

    /** A new key signs from now on; the old one signs that, and ends. */
    async rotateSigningKey(): Promise<KeyRecord> {
      const added = await write((draft) => draft.rotate());
      const record = added.findLast(({ kind }) => kind === "SIGNING_KEY");
      if (record === undefined) throw new TypeError("a rotation leaves its record");
      return record;
    },

    /** The processing records after a number, oldest first. */
    records: (since: number, limit = 1000): KeyRecord[] => store.records.slice(since, since + limit),

    /** Notes the days of which no worker holds a hash key any more. Called again and again. */
    async settle(): Promise<void> {
      const done = leases.settled();
      if (done.length === 0) return;
      await write((draft) => {
        for (const erasure of done) draft.note({ at: byHour(), kind: "KEY_ERASED", ...erasure });
      });
    },
  };
}
