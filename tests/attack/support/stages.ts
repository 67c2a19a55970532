import type { Pool } from "../../../runtime/postgres.ts";
import { openStage, type Stage } from "../../support/stage/stage.ts";
import type { Arena } from "./figure.ts";

/** Runs an attack, or a mutant of one, in a pair of throw-away databases beside the hub's. */
export async function onStage<T>({ hub }: Arena, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage({ hub: hub.hubDatabase, edge: hub.edgeDatabase });
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

/** Takes a fault out again. */
export type Undo = () => Promise<void>;

/**
 * Puts a fault into a function of a throw-away database: in its text, `from` (found exactly once) becomes `to`.
 * @param name with the types of its arguments: `ledger.take_debit()`
 * @throws Error when the text is no longer there
 */
export async function breakFunction(pool: Pool, name: string, from: string, to: string): Promise<Undo> {
  const { rows } = await pool.query<{ text: string }>("SELECT pg_get_functiondef($1::regprocedure) AS text", [name]);
  const text = rows[0]?.text ?? "";
  if (text.split(from).length !== 2) throw new Error(`"${from}" is not once in ${name}`);
  await pool.query(text.replace(from, () => to));
  return async () => void (await pool.query(text));
}

/** Drops a constraint of a throw-away database. Given back, it does not look at the rows that came meanwhile. */
export async function dropConstraint(pool: Pool, table: string, name: string): Promise<Undo> {
  const { rows } = await pool.query<{ text: string; key: boolean }>(
    "SELECT pg_get_constraintdef(oid) AS text, contype IN ('p', 'u') AS key FROM pg_constraint WHERE conrelid = $1::regclass AND conname = $2",
    [table, name],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`${table} has no constraint ${name}`);
  await pool.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name} CASCADE`);
  const add = `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${found.text}`;
  return async () => void (await pool.query(found.key ? add : `${add} NOT VALID`));
}
