import type { Builder } from "../builder.ts";
import { connect, NUMBERS } from "../connection.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";

export type KeyRecordRow = {
  keyring: string;
  number: number;
  at: number;
  kind: string;
  population: number | null;
  slug: string | null;
  day: string | null;
  confirmed: number | null;
  expired: number | null;
  publicKey: string | null;
  previous: string;
  signature: string;
};

const rows = query<
  KeyRecordRow,
  [
    keyring: string | null,
    population: number | null,
    day: string | null,
    after: string | null,
    before: string | null,
    inverted: boolean,
    limit: number,
  ]
>(new URL("./key-records.sql", import.meta.url));

/** The record of the destruction of a day's keys, or null while they live or never were. */
export async function destructionOf(context: Context, population: number, day: string): Promise<KeyRecordRow | null> {
  const [record] = await rows(context, null, population, day, null, null, false, 1);
  return record ?? null;
}

/** What the keyring did, as it signed it, so that anybody can check it. */
export function addKeys(builder: Builder) {
  const KeyRecord = builder.objectRef<KeyRecordRow>("KeyRecord").implement({
    description:
      "What the keyring did with the keys of a population and day, signed with its Ed25519 key and chained by hashes. " +
      'Signed is the JSON array ["madang.key-record.v1", keyring, number, at, kind, populationNumber, day, confirmed, ' +
      "expired, publicKey, previous], `at` with milliseconds; docs/retention.md says how to check a chain.",
    fields: (t) => ({
      keyring: t.exposeString("keyring", { description: "First half of the SHA-256 of its first public key." }),
      number: t.exposeInt("number", { description: "From 1, without gap." }),
      at: t.field({
        type: "DateTime",
        description: "The full hour by which it was done (rule P12).",
        resolve: ({ at }) => at,
      }),
      kind: t.exposeString("kind", { description: "SIGNING_KEY, KEY_CREATED, KEY_DESTROYED or KEY_ERASED." }),
      population: t.exposeString("slug", { nullable: true }),
      populationNumber: t.exposeInt("population", { nullable: true }),
      day: t.field({ type: "Date", nullable: true, resolve: ({ day }) => day }),
      confirmed: t.exposeInt("confirmed", { nullable: true, description: "Workers that confirmed their wipe." }),
      expired: t.exposeInt("expired", {
        nullable: true,
        description: "Workers whose lease of the key ran out instead.",
      }),
      publicKey: t.exposeString("publicKey", { nullable: true, description: "Of a SIGNING_KEY; base64." }),
      previous: t.exposeString("previous", { description: "SHA-256 of the record before." }),
      signature: t.exposeString("signature", { description: "Ed25519, base64." }),
    }),
  });
  const Edge = builder.edgeObject({ type: KeyRecord, name: "KeyRecordEdge" });
  const Connection = builder.connectionObject({ type: KeyRecord, name: "KeyRecordConnection" }, Edge);

  builder.queryFields((t) => ({
    keyRecords: t.field({
      type: Connection,
      description: "Newest first; of the keyring that was heard last unless another is named.",
      args: { ...t.arg.connectionArgs(), keyring: t.arg.string() },
      resolve: (_root, { keyring, ...args }, context) =>
        connect<KeyRecordRow>(
          args,
          ({ number }) => String(number),
          ({ after, before, inverted, limit }) =>
            rows(context, keyring ?? null, null, null, after, before, inverted, limit),
          NUMBERS,
        ),
    }),
  }));
  return KeyRecord;
}
