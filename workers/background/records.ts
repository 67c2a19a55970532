import { z } from "zod";
import { HubError } from "../../core/errors.ts";
import { uuidOf } from "../../core/ids.ts";
import { type KeyRecord as Record, recordHash } from "../../core/privacy/key-record.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { callLocal } from "../../runtime/unix-http.ts";

const answer = z.object({
  records: z.array(
    z.looseObject({
      number: z.number().int().min(1),
      at: z.iso.datetime(),
      kind: z.string().regex(/^[A-Z_]{1,40}$/),
      signature: z.string().optional(),
    }),
  ),
});
export type KeyRecord = z.infer<typeof answer>["records"][number];

/** Reads the keyring's processing records after a number, oldest first, a page at a time. */
export type ReadRecords = (since: number) => Promise<KeyRecord[]>;

/** @throws HubError KEYRING_UNAVAILABLE while the keyring does not answer 200 */
export const recordsAt =
  (socketPath: string): ReadRecords =>
  async (since) => {
    const { status, body } = await callLocal(socketPath, "GET", `/records?since=${since}`, undefined).catch((cause) => {
      throw new HubError("KEYRING_UNAVAILABLE", "The keyring does not answer.", { cause });
    });
    if (status !== 200) throw new HubError("KEYRING_UNAVAILABLE", "The keyring refused to tell its records.");
    return answer.parse(body).records;
  };

/**
 * A record as the hub keeps it: as it was signed, with its hash, and with an id that is always the same, so that each is
 * stored once, whoever stores it and however often.
 */
export function storedForm(record: KeyRecord): KeyRecord & { id: string; sha256: string | null } {
  const { number, at, kind, population, day } = record;
  // Those from before records were signed keep the id that they were stored under.
  if (record.signature === undefined) {
    const id = uuidOf(JSON.stringify(["madang.record.v1", number, at, kind, population, day]));
    return { ...record, id, sha256: null };
  }
  const sha256 = recordHash(record as unknown as Record);
  return { ...record, id: uuidOf(`madang.record.v2 ${sha256}`), sha256 };
}

/**
 * Stores the records of key creation and destruction that the hub does not hold yet (rule P17).
 * @param since the number up to which they are stored; 0 after a start: what stands is left as it is
 * @returns the number up to which they are stored now
 */
export async function storeRecords(hub: Pool, read: ReadRecords, since: number): Promise<number> {
  let last = since;
  for (;;) {
    const records = await read(last);
    if (records.length === 0) return last;
    await hub.query("SELECT hub.store_key_records($1)", [JSON.stringify(records.map(storedForm))]);
    last = Math.max(...records.map((record) => record.number));
  }
}
