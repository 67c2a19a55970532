import { createPublicKey, type KeyObject } from "node:crypto";
import { HubError } from "../../core/errors.ts";
import { makeDayKey } from "../../core/privacy/pseudonym.ts";
import { decapsulate, exportPrivate, exportPublic, importPrivate, makeSealKey } from "../../core/privacy/seal.ts";
import { addDays, localDay } from "../../core/time.ts";
import type { DayKeys, KeyFile, KeyRecord, KeyState } from "./file.ts";
import { createLeases, type PopulationDay } from "./leases.ts";
import { createWriter } from "./writer.ts";

export type Keyring = ReturnType<typeof createKeyring>;

type Held = { readonly keys: DayKeys; readonly privateKey: KeyObject; readonly publicKey: Buffer };

const name = ({ population, day }: PopulationDay): string => `${population}.${day}`;
const isOf = (of: PopulationDay) => (one: PopulationDay) => one.population === of.population && one.day === of.day;

function hold(keys: DayKeys): Held {
  const privateKey = importPrivate(Buffer.from(keys.seal, "base64"));
  return { keys, privateKey, publicKey: exportPublic(createPublicKey(privateKey)) };
}

function makeKeys({ population, day }: PopulationDay): DayKeys {
  const seal = exportPrivate(makeSealKey().privateKey).toString("base64");
  return { population, day, seal, hash: makeDayKey().toString("base64") };
}

/**
 * The rules of the keys: made when a day's first row comes, one set for each population and day, destroyed once, never
 * made again. What it answers is durable already.
 * @param leaseMs how long a worker may hold a day's hash key without asking again
 * @param clock epoch milliseconds
 */
export function createKeyring(file: KeyFile, leaseMs: number, clock: () => number = Date.now) {
  const held = new Map(file.state.keys.map((keys) => [name(keys), hold(keys)]));
  const destroyed = new Map<string, KeyRecord>();
  const leases = createLeases(leaseMs, clock);
  const write = createWriter(file);
  const erased = new Set(file.state.records.filter(({ kind }) => kind === "KEY_ERASED").map(name));
  for (const record of file.state.records) {
    if (record.kind !== "KEY_DESTROYED") continue;
    destroyed.set(name(record), record);
    // Who held it before a restart is not known: nobody may hold it longer than a lease.
    if (!erased.has(name(record))) leases.expectErasure(record, true);
  }

  function noted(state: KeyState, kind: KeyRecord["kind"], of: PopulationDay, more: Partial<KeyRecord> = {}) {
    const number = state.records.length + 1;
    const at = new Date(clock()).toISOString();
    return { number, at, kind, population: of.population, day: of.day, ...more } satisfies KeyRecord;
  }

  function judgeMaking(of: PopulationDay, backfill: boolean): void {
    // Cities are up to 14 hours away from UTC: one day to either side covers every local today.
    const today = localDay(clock(), "UTC");
    if (of.day > addDays(today, 1)) throw new HubError("DAY_NOT_OPEN");
    if (!backfill && of.day < addDays(today, -1)) throw new HubError("DAY_NOT_OPEN");
  }

  async function findOrMake(of: PopulationDay, backfill: boolean): Promise<Held> {
    if (destroyed.has(name(of))) throw new HubError("KEY_DESTROYED");
    const found = held.get(name(of));
    if (found !== undefined) return found;
    judgeMaking(of, backfill);
    const keys = await write((state) => {
      if (state.records.some((one) => one.kind === "KEY_DESTROYED" && isOf(of)(one))) {
        throw new HubError("KEY_DESTROYED");
      }
      const known = state.keys.find(isOf(of));
      if (known !== undefined) return { next: state, answer: known };
      const made = makeKeys(of);
      const records = [...state.records, noted(state, "KEY_CREATED", of)];
      return { next: { keys: [...state.keys, made], records }, answer: made };
    });
    // It may have been destroyed since: then nobody gets it.
    if (destroyed.has(name(of))) throw new HubError("KEY_DESTROYED");
    const entry = held.get(name(of)) ?? hold(keys);
    held.set(name(of), entry);
    return entry;
  }

  return {
    /**
     * The public key that batches of the day are sealed to; makes the day's keys when they are new and allowed.
     * @param backfill any past day is allowed; else only days that are today somewhere
     * @throws HubError DAY_SEALED when they were destroyed, DAY_NOT_OPEN when they may not be made
     */
    async publicKey(of: PopulationDay, backfill: boolean): Promise<Buffer> {
      try {
        return (await findOrMake(of, backfill)).publicKey;
      } catch (error) {
        throw error instanceof HubError && error.code === "KEY_DESTROYED" ? new HubError("DAY_SEALED") : error;
      }
    },

    /**
     * The shared secret of each sealed batch (null for one that cannot be) and the day's public key.
     * @throws HubError KEY_DESTROYED, SEAL_INVALID when such a key never was
     */
    decapsulate(of: PopulationDay, encs: readonly Buffer[]): { secrets: (Buffer | null)[]; publicKey: Buffer } {
      if (destroyed.has(name(of))) throw new HubError("KEY_DESTROYED");
      const entry = held.get(name(of));
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
    async hashKey(
      of: PopulationDay,
      backfill: boolean,
      worker: string,
    ): Promise<{ key: Buffer; leaseSeconds: number }> {
      const { keys } = await findOrMake(of, backfill);
      leases.lend(of, worker);
      return { key: Buffer.from(keys.hash, "base64"), leaseSeconds: leaseMs / 1000 };
    },

    /** Renews what a worker still may hold, and names what it must wipe now. */
    renew(worker: string, days: readonly PopulationDay[]): { destroyed: PopulationDay[]; leaseSeconds: number } {
      for (const of of days) if (held.has(name(of))) leases.lend(of, worker);
      return { destroyed: days.filter((of) => !held.has(name(of))), leaseSeconds: leaseMs / 1000 };
    },

    /** A worker has wiped a key. */
    erased(of: PopulationDay, worker: string): void {
      leases.confirm(of, worker);
    },

    /** Destroys a day's keys, once and for all; a repetition answers the first one's record. */
    async destroy(of: PopulationDay): Promise<KeyRecord> {
      const before = destroyed.get(name(of));
      if (before !== undefined) return before;
      const record = await write((state) => {
        const known = state.records.find((one) => one.kind === "KEY_DESTROYED" && isOf(of)(one));
        if (known !== undefined) return { next: state, answer: known };
        const made = noted(state, "KEY_DESTROYED", of);
        const keys = state.keys.filter((one) => !isOf(of)(one));
        return { next: { keys, records: [...state.records, made] }, answer: made };
      });
      if (destroyed.has(name(of))) return record;
      held.delete(name(of));
      destroyed.set(name(of), record);
      leases.expectErasure(of, false);
      return record;
    },

    /** The processing records after a number, oldest first. */
    records: (since: number, limit = 1000): KeyRecord[] => file.state.records.slice(since, since + limit),

    /** Notes the days of which no worker holds a hash key any more. Called again and again. */
    async settle(): Promise<void> {
      const done = leases.settled();
      if (done.length === 0) return;
      await write((state) => {
        let next = state;
        for (const { confirmed, expired, ...of } of done) {
          next = { ...next, records: [...next.records, noted(next, "KEY_ERASED", of, { confirmed, expired })] };
        }
        return { next, answer: undefined };
      });
    },
  };
}
