import type { KeyObject } from "node:crypto";
import { createPublicKey } from "node:crypto";
import { HubError } from "../../core/errors.ts";
import { makeDayKey } from "../../core/privacy/pseudonym.ts";
import { decapsulate, exportPrivate, exportPublic, importPrivate, makeSealKey } from "../../core/privacy/seal.ts";
import { addDays, localDay } from "../../core/time.ts";
import type { DayKeys, KeyFile, KeyRecord, KeyState } from "./file.ts";
import { createLeases } from "./leases.ts";

export type PopulationDay = { population: number; day: string };

export type Keyring = ReturnType<typeof createKeyring>;

type Held = { keys: DayKeys; privateKey: KeyObject; publicKey: Buffer };

const name = ({ population, day }: PopulationDay): string => `${population}.${day}`;

/**
 * The rules of the keys: made when a day's first row comes, one set for each population and day, destroyed once, never
 * made again. What it answers is durable already.
 * @param leaseMs how long a worker may hold a day's hash key without asking again
 * @param clock epoch milliseconds
 */
export function createKeyring(file: KeyFile, leaseMs: number, clock: () => number = Date.now) {
  const held = new Map<string, Held>();
  const destroyed = new Map<string, KeyRecord>();
  const leases = createLeases(leaseMs, clock);
  for (const keys of file.state.keys) hold(keys);
  const erased = new Set(file.state.records.filter(({ kind }) => kind === "KEY_ERASED").map(name));
  for (const record of file.state.records) {
    if (record.kind !== "KEY_DESTROYED") continue;
    destroyed.set(name(record), record);
    // Who held it before a restart is not known: nobody may hold it longer than a lease.
    if (!erased.has(name(record))) leases.expectErasure(record, true);
  }

  function hold(keys: DayKeys): Held {
    const privateKey = importPrivate(Buffer.from(keys.seal, "base64"));
    const entry = { keys, privateKey, publicKey: exportPublic(createPublicKey(privateKey)) };
    held.set(name(keys), entry);
    return entry;
  }

  function save(change: (state: KeyState) => KeyState): void {
    file.save(change(file.state));
  }

  function record(kind: KeyRecord["kind"], of: PopulationDay, more: Partial<KeyRecord> = {}): KeyRecord {
    return {
      number: file.state.records.length + 1,
      at: new Date(clock()).toISOString(),
      kind,
      population: of.population,
      day: of.day,
      ...more,
    };
  }

  function find(of: PopulationDay): Held | undefined {
    if (destroyed.has(name(of))) throw new HubError("KEY_DESTROYED");
    return held.get(name(of));
  }

  function findOrMake(of: PopulationDay, backfill: boolean): Held {
    const found = find(of);
    if (found !== undefined) return found;
    // Cities are up to 14 hours away from UTC: one day to either side covers every local today.
    const today = localDay(clock(), "UTC");
    const allowed = of.day <= addDays(today, 1) && (backfill || of.day >= addDays(today, -1));
    if (!allowed) throw new HubError("DAY_NOT_OPEN");
    const keys: DayKeys = {
      population: of.population,
      day: of.day,
      seal: exportPrivate(makeSealKey().privateKey).toString("base64"),
      hash: makeDayKey().toString("base64"),
    };
    save(({ keys: all, records }) => ({ keys: [...all, keys], records: [...records, record("KEY_CREATED", of)] }));
    return hold(keys);
  }

  return {
    /**
     * The public key that batches of the day are sealed to; makes the day's keys when they are new and allowed.
     * @param backfill any past day is allowed; else only days that are today somewhere
     * @throws HubError DAY_SEALED when they were destroyed, DAY_NOT_OPEN when they may not be made
     */
    publicKey(of: PopulationDay, backfill: boolean): Buffer {
      if (destroyed.has(name(of))) throw new HubError("DAY_SEALED");
      return findOrMake(of, backfill).publicKey;
    },

    /**
     * The shared secret of each sealed batch (null for one that cannot be) and the day's public key.
     * @throws HubError KEY_DESTROYED, SEAL_INVALID when such a key never was
     */
    decapsulate(of: PopulationDay, encs: readonly Buffer[]): { secrets: (Buffer | null)[]; publicKey: Buffer } {
      const entry = find(of);
      if (entry === undefined) throw new HubError("SEAL_INVALID");
      const secrets = encs.map((enc) => {
        try {
          return decapsulate(entry.privateKey, enc);
        } catch {
          return null;
        }
      });
      return { secrets, publicKey: entry.publicKey };
    },

    /**
     * Lends a day's hash key to a worker, which asks again before the lease is over.
     * @throws HubError KEY_DESTROYED, DAY_NOT_OPEN
     */
    hashKey(of: PopulationDay, backfill: boolean, worker: string): { key: Buffer; leaseSeconds: number } {
      const { keys } = findOrMake(of, backfill);
      leases.lend(of, worker);
      return { key: Buffer.from(keys.hash, "base64"), leaseSeconds: leaseMs / 1000 };
    },

    /** Renews what a worker still may hold, and names what it must wipe now. */
    renew(worker: string, days: readonly PopulationDay[]): { destroyed: PopulationDay[]; leaseSeconds: number } {
      const gone = days.filter((of) => !held.has(name(of)));
      for (const of of days) if (held.has(name(of))) leases.lend(of, worker);
      return { destroyed: gone, leaseSeconds: leaseMs / 1000 };
    },

    /** A worker has wiped a key. */
    erased(of: PopulationDay, worker: string): void {
      leases.confirm(of, worker);
    },

    /** Destroys a day's keys, once and for all; a second call answers the first one's record. */
    destroy(of: PopulationDay): KeyRecord {
      const before = destroyed.get(name(of));
      if (before !== undefined) return before;
      const entry = record("KEY_DESTROYED", of);
      save(({ keys, records }) => ({
        keys: keys.filter((one) => name(one) !== name(of)),
        records: [...records, entry],
      }));
      held.delete(name(of));
      destroyed.set(name(of), entry);
      leases.expectErasure(of, false);
      return entry;
    },

    /** The processing records after a number, oldest first. */
    records: (since: number, limit = 1000): KeyRecord[] => file.state.records.slice(since, since + limit),

    /** Notes the days of which no worker holds a hash key any more. Called again and again. */
    settle(): void {
      const done = leases.settled();
      if (done.length === 0) return;
      save(({ keys, records }) => {
        const notes = done.map(({ confirmed, expired, ...of }, index) => {
          const note = record("KEY_ERASED", of, { confirmed, expired });
          return { ...note, number: note.number + index };
        });
        return { keys, records: [...records, ...notes] };
      });
    },
  };
}
