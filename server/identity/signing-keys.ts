import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Seal } from "./seal.ts";

const DAY = 86_400;
/** In seconds. A verifier keeps a key set for 5 minutes and tokens live as long: both are well inside. */
export const KEY_TIMES = { life: 90 * DAY, announced: 3_600, overlap: DAY } as const;

const sql = (name: string) => statement(new URL(`./sql/${name}.sql`, import.meta.url));
const LIST = sql("signing-keys");
const ADD = sql("add-signing-key");
const DROP = sql("drop-signing-keys");

type Row = { kid: string; algorithm: string; private_key: Buffer; age: number };

/** Private keys in the order of the key set: the first one signs. */
export async function readSigningKeys(pool: Queryable, seal: Seal): Promise<JWK[]> {
  const { rows } = await pool.query<Row>(LIST);
  return rows.map(({ kid, algorithm, private_key }) => ({
    ...seal.open<JWK>(`signing key ${kid}`, private_key),
    kid,
    alg: algorithm,
    use: "sig",
  }));
}

/**
 * Publishes a new key, which signs after `announced` seconds.
 * @param ifOlder only when the newest key has signed for longer than this many seconds
 * @returns its key id
 */
export async function addSigningKey(
  pool: Queryable,
  seal: Seal,
  { announced, ifOlder }: { announced: number; ifOlder: number | null },
): Promise<string> {
  const kid = randomBytes(9).toString("base64url");
  const { privateKey } = await generateKeyPair("RS256", { extractable: true, modulusLength: 2048 });
  const sealed = seal.close(`signing key ${kid}`, await exportJWK(privateKey));
  await pool.query({ ...ADD, values: [kid, "RS256", sealed, announced, ifOlder] });
  return kid;
}

/** Keeps the set as it should be: a first key at once, a new one in time, old ones taken back after the overlap. */
export async function tendSigningKeys(pool: Queryable, seal: Seal): Promise<void> {
  const { rows } = await pool.query<Row>(LIST);
  if (!rows.some(({ age }) => age >= 0)) await addSigningKey(pool, seal, { announced: 0, ifOlder: KEY_TIMES.life });
  else if (Math.min(...rows.map(({ age }) => age)) > KEY_TIMES.life)
    await addSigningKey(pool, seal, { announced: KEY_TIMES.announced, ifOlder: KEY_TIMES.life });
  await pool.query({ ...DROP, values: [KEY_TIMES.overlap] });
}
