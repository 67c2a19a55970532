import type { Envelope } from "../../core/edge/envelope.ts";
import { HubError } from "../../core/errors.ts";
import { byteas } from "../../runtime/binary-array.ts";
import type { Log } from "../../runtime/log.ts";
import { isTransient, type Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

/** A sealed batch on its way into the inbox. */
export type Arrival = Envelope & {
  readonly sequence: number;
  /** sha-256 of the body */
  readonly digest: Buffer;
  readonly endsDay: boolean;
  readonly readings: number;
  readonly enc: Buffer;
  readonly sealed: Buffer;
};

export type Receipt = { readonly receipt: string; readonly receivedAt: Date };
/** `fresh`: taken now, not a repetition. `dayOpen`: its population-day takes rows already. */
export type Stored = Receipt & { readonly fresh: boolean; readonly dayOpen: boolean };

const COMMIT = statement(new URL("./commit-batches.sql", import.meta.url));
const FIND = statement(new URL("./find-receipts.sql", import.meta.url));

type CommitRow = { batch: string; received_at: Date | null; day_state: string | null };
type FindRow = { device: string; sequence: number; batch: string; digest: Buffer; at: Date };
type Waiting = { arrival: Arrival; resolve: (stored: Stored) => void; reject: (error: unknown) => void };

const GROUP_BATCHES = 64;
const GROUP_BYTES = 8 * 1024 * 1024;
const WRITERS = 2;
/** What waits at most; beyond it the caller is told to come back. */
const QUEUE_BYTES = 128 * 1024 * 1024;

/**
 * Durable storing with group commit: what arrives while a transaction runs goes into the next one, so that a hundred
 * batches a second cost a few commits. When a group fails, each of its batches is tried alone.
 */
export function createInbox(edge: Pool, log: Log) {
  const queue: Waiting[] = [];
  let queuedBytes = 0;
  let writing = 0;

  function pump(): void {
    while (writing < WRITERS && queue.length > 0) {
      const group = takeGroup();
      writing += 1;
      void write(group).finally(() => {
        writing -= 1;
        pump();
      });
    }
  }

  function takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { arrival } of queue) {
      if (count > 0 && (count >= GROUP_BATCHES || bytes + arrival.sealed.length > GROUP_BYTES)) break;
      bytes += arrival.sealed.length;
      count += 1;
    }
    queuedBytes -= bytes;
    return queue.splice(0, count);
  }

  async function write(group: Waiting[]): Promise<void> {
    try {
      settle(group, await commit(edge, group));
    } catch (error) {
      if (group.length === 1 || isTransient(error)) {
        log.warn({ event: "intake.commit_failed", batches: group.length, err: error });
        const told = new HubError("STORE_UNAVAILABLE", undefined, { retryAfter: 2, cause: error });
        for (const { reject } of group) reject(told);
        return;
      }
      for (const one of group) await write([one]);
    }
  }

  return {
    /**
     * Resolves once the batch is durable, or was before.
     * @throws HubError SEQUENCE_REUSED, DAY_SEALED, STORE_UNAVAILABLE
     */
    store(arrival: Arrival): Promise<Stored> {
      if (queuedBytes > QUEUE_BYTES) return Promise.reject(new HubError("UNAVAILABLE", undefined, { retryAfter: 1 }));
      return new Promise((resolve, reject) => {
        queue.push({ arrival, resolve, reject });
        queuedBytes += arrival.sealed.length;
        pump();
      });
    },

    /**
     * The receipt of a batch that was stored before.
     * @returns null when the number is not used
     * @throws HubError SEQUENCE_REUSED when it was used for another content, STORE_UNAVAILABLE
     */
    async repetition(device: string, sequence: number, digest: Buffer): Promise<Receipt | null> {
      const { rows } = await edge
        .query<FindRow>({ ...FIND, values: [[device], [sequence]] })
        .catch((cause: unknown) => {
          throw new HubError("STORE_UNAVAILABLE", undefined, { retryAfter: 2, cause });
        });
      return rows[0] === undefined ? null : same(rows[0], digest);
    },
  };
}

function same(row: FindRow, digest: Buffer): Receipt {
  if (row.digest.equals(digest)) return { receipt: row.batch, receivedAt: row.at };
  throw new HubError("SEQUENCE_REUSED", undefined, {
    field: "sequence",
    rule: "each number is used for one content",
    fix: "send the next number",
  });
}

async function commit(edge: Pool, group: readonly Waiting[]): Promise<Map<string, Stored | HubError>> {
  const all = group.map(({ arrival }) => arrival);
  const { rows } = await edge.query<CommitRow>({
    ...COMMIT,
    values: [
      all.map(({ batch }) => batch),
      all.map(({ device }) => device),
      all.map(({ sequence }) => sequence),
      byteas(all.map(({ digest }) => digest)),
      all.map(({ population }) => population),
      all.map(({ feed }) => feed),
      all.map(({ keyDay }) => keyDay),
      all.map(({ backfill }) => backfill),
      all.map(({ endsDay }) => endsDay),
      all.map(({ readings }) => readings),
      byteas(all.map(({ enc }) => enc)),
      byteas(all.map(({ sealed }) => sealed)),
    ],
  });
  const outcome = new Map<string, Stored | HubError>();
  for (const { batch, received_at: receivedAt, day_state: state } of rows) {
    if (receivedAt !== null) outcome.set(batch, { receipt: batch, receivedAt, fresh: true, dayOpen: state === "OPEN" });
  }
  const others = all.filter(({ batch }) => !outcome.has(batch));
  if (others.length === 0) return outcome;
  const found = await edge.query<FindRow>({
    ...FIND,
    values: [others.map(({ device }) => device), others.map(({ sequence }) => sequence)],
  });
  const first = new Map(found.rows.map((row) => [`${row.device} ${row.sequence}`, row]));
  for (const { batch, device, sequence, digest } of others) {
    outcome.set(batch, repeated(first.get(`${device} ${sequence}`), digest));
  }
  return outcome;
}

function repeated(row: FindRow | undefined, digest: Buffer): Stored | HubError {
  if (row === undefined) return new HubError("DAY_SEALED");
  try {
    return { ...same(row, digest), fresh: false, dayOpen: true };
  } catch (error) {
    return error as HubError;
  }
}

function settle(group: readonly Waiting[], outcome: ReadonlyMap<string, Stored | HubError>): void {
  for (const { arrival, resolve, reject } of group) {
    const result = outcome.get(arrival.batch) ?? new HubError("INTERNAL");
    if (result instanceof HubError) reject(result);
    else resolve(result);
  }
}
