import { z } from "zod";
import { HubError } from "../../core/errors.ts";
import { uuidOf } from "../../core/ids.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { callLocal } from "../../runtime/unix-http.ts";

const answer = z.object({
  records: z.array(
    z.looseObject({ number: z.number().int().min(1), at: z.iso.datetime(), kind: z.string().regex(/^[A-Z_]{1,40}$/) }),
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

/** A record's id in the hub: always the same, so that each is stored once, whoever stores it and however often. */
export function recordId(record: KeyRecord): string {
  const { number, at, kind, population, day } = record;
  return uuidOf(JSON.stringify(["madang.record.v1", number, at, kind, population, day]));
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
    await hub.query(
      `INSERT INTO hub.processing_record (id, at, kind, detail)
         SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::jsonb[]) ON CONFLICT DO NOTHING`,
      [
        records.map(recordId),
        records.map((record) => record.at),
        records.map((record) => record.kind),
        records.map(({ at: _at, kind: _kind, ...detail }) => JSON.stringify(detail)),
      ],
    );
    last = Math.max(...records.map((record) => record.number));
  }
}
