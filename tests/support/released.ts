import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { localDay } from "../../core/time.ts";
import { inTransaction, type Pool } from "../../runtime/postgres.ts";

/**
 * Releases one window of a plan through the hub's own steps, with values of the test's choosing: debit, slot, commit.
 * @param values signed, by cell from 1; null: its feed was silent
 */
export async function release(
  hub: Pool,
  plan: number,
  window: { from: number; to: number },
  timeZone: string,
  values: readonly (number | null)[],
): Promise<string> {
  const slot = randomUUID();
  const day = localDay(window.from, timeZone);
  await inTransaction(hub, async (client) => {
    await client.query("INSERT INTO ledger.debit (plan, day) VALUES ($1, $2) ON CONFLICT DO NOTHING", [plan, day]);
    await client.query(
      `INSERT INTO ledger.slot (id, plan, window_start, window_end) VALUES ($1, $2, to_timestamp($3), to_timestamp($4))`,
      [slot, plan, window.from / 1000, window.to / 1000],
    );
    await client.query("INSERT INTO ledger.slot_debit (slot, plan, day) VALUES ($1, $2, $3)", [slot, plan, day]);
  });
  await hub.query("SELECT open.commit_slot($1, $2::bigint[], $3::integer[], $4::boolean[])", [
    slot,
    values.map((_, nth) => nth + 1),
    values.map((value) => value ?? 0),
    values.map((value) => value === null),
  ]);
  return slot;
}

/** Waits for the next instant of a schedule of one second, at which releases of test cities become public. */
export const published = (): Promise<void> => pause(1_500);
