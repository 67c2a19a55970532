import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

/** What the edge database says of a population-day; instants in epoch milliseconds. */
export type DayState = {
  readonly now: number;
  /** null: not open yet */
  readonly state: "OPEN" | "SEALED" | null;
  /** the backfill that opened it */
  readonly backfill: string | null;
  /** when the end-of-day marker of its backfill was processed */
  readonly endedAt: number | null;
  readonly keyDestroyed: boolean;
  /** up to where each of its plans is frozen; null: nothing is */
  readonly frozenUntil: ReadonlyMap<number, number | null>;
  /** since when the oldest batch that may touch the day waits; null: none does */
  readonly waitingSince: number | null;
  readonly backfillWaits: boolean;
  readonly backfillNear: boolean;
  /** days before this one that wait for being opened */
  readonly earlierDays: readonly string[];
};

type Row = {
  now: number;
  state: "OPEN" | "SEALED" | null;
  backfill: string | null;
  ended_at: number | null;
  key_destroyed: boolean;
  plans: Record<string, number | null> | null;
  waiting_since: number | null;
  backfill_waits: boolean;
  backfill_near: boolean;
  earlier_days: string[] | null;
};

const DAY_STATE = statement(new URL("./day-state.sql", import.meta.url));

export async function readDayState(edge: Pool, population: number, day: string): Promise<DayState> {
  const { rows } = await edge.query<Row>({ ...DAY_STATE, values: [population, day] });
  const [row] = rows;
  if (row === undefined) throw new Error("day-state.sql answers one row");
  return {
    now: row.now,
    state: row.state,
    backfill: row.backfill,
    endedAt: row.ended_at,
    keyDestroyed: row.key_destroyed,
    frozenUntil: new Map(Object.entries(row.plans ?? {}).map(([plan, until]) => [Number(plan), until])),
    waitingSince: row.waiting_since,
    backfillWaits: row.backfill_waits,
    backfillNear: row.backfill_near,
    earlierDays: row.earlier_days ?? [],
  };
}
