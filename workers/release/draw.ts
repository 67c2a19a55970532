import type { Client, Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Slot } from "./reserve.ts";
import type { Drawn } from "./vector.ts";

/** A noisy vector as `open.commit_slot` takes it: three arrays as PostgreSQL writes them. Never logged (rule P2). */
export type Vector = {
  readonly slot: string;
  readonly cells: string;
  readonly values: string;
  readonly silent: string;
};

const DRAWN = statement(new URL("./drawn.sql", import.meta.url));
const WRITE = statement(new URL("./write-draws.sql", import.meta.url));

/** As PostgreSQL itself writes an array, so that a vector is the same text whether it was drawn now or is read. */
const array = (items: readonly (number | boolean)[]): string =>
  `{${items.map((item) => (typeof item === "number" ? item : item ? "t" : "f")).join(",")}}`;

/** The draws of slots that stand already: they are read, never made again (rule P2). */
export async function readDraws(edge: Queryable, slots: readonly Slot[]): Promise<Vector[]> {
  const { rows } = await edge.query<Vector>({ ...DRAWN, values: [slots.map((slot) => slot.id)] });
  return rows;
}

/**
 * Writes the frozen counts and the draws of slots.
 * @throws a database error 23505 where a slot has been drawn: the transaction must end
 */
export async function writeDraws(edge: Client, drawn: readonly { slot: Slot; drawn: Drawn }[]): Promise<Vector[]> {
  const vectors = drawn.map((entry) => ({
    slot: entry.slot.id,
    cells: array(entry.drawn.cells),
    values: array(entry.drawn.values),
    silent: array(entry.drawn.silent),
  }));
  await edge.query({
    ...WRITE,
    values: [
      vectors.map((vector) => vector.slot),
      drawn.map((entry) => array(entry.drawn.frozenCells)),
      drawn.map((entry) => array(entry.drawn.counts)),
      vectors.map((vector) => vector.cells),
      vectors.map((vector) => vector.values),
      vectors.map((vector) => vector.silent),
    ],
  });
  return vectors;
}
