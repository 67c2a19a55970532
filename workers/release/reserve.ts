import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { PlanWindow } from "./catalogue.ts";
import { slotId } from "./slot-id.ts";

export type Slot = PlanWindow & { readonly id: string };
type State = "RESERVED" | "COMMITTED" | "ABANDONED";

const RESERVE = statement(new URL("./reserve.sql", import.meta.url));
const DEBIT = statement(new URL("./debit.sql", import.meta.url));

/** An instant as PostgreSQL reads it. */
export const instant = (ms: number): string => new Date(ms).toISOString();

/** The slots of windows; their ids follow from dataset, version and window. */
export const slotsOf = (windows: readonly PlanWindow[]): Slot[] =>
  windows.map(({ plan, window }) => ({ plan, window, id: slotId(plan.dataset, plan.version, window.from) }));

/**
 * Debits plans on days, once each (rule P1): a repetition spends nothing.
 * @throws a database error 23514 when the population's budget of a day does not suffice
 */
export async function debit(hub: Queryable, plans: readonly number[], days: readonly string[]): Promise<void> {
  await hub.query({ ...DEBIT, values: [plans, days] });
}

/**
 * Step A: reserves slots in the hub, all in one transaction.
 * @returns those that wait for their vector: new ones, and such that a crash left behind
 * @throws a database error 23503 where a day of a window was not debited
 */
export async function reserve(hub: Queryable, slots: readonly Slot[]): Promise<Slot[]> {
  const { rows } = await hub.query<{ id: string; state: State }>({
    ...RESERVE,
    values: [
      slots.map((slot) => slot.id),
      slots.map((slot) => slot.plan.number),
      slots.map((slot) => instant(slot.window.from)),
      slots.map((slot) => instant(slot.window.to)),
    ],
  });
  const waiting = new Set(rows.filter((row) => row.state === "RESERVED").map((row) => row.id));
  return slots.filter((slot) => waiting.has(slot.id));
}
