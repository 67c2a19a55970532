import { slotId } from "../../../workers/release/slot-id.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** What the hub says of one plan's window, cell by cell. */
export type Seen = { cell: number; value: number | null; withheld: string | null }[];

export async function observations({ hub }: Stage, plan: number, windowStart: number): Promise<Seen> {
  const { rows } = await hub.query<Seen[number]>(
    `SELECT cell, value, withheld FROM open.observation
      WHERE plan = $1 AND window_start = to_timestamp($2::float8 / 1000) ORDER BY cell`,
    [plan, windowStart],
  );
  return rows;
}

/** Starts of the windows of a plan that the hub holds in a state, in order (epoch ms). */
export async function slots({ hub }: Stage, plan: number, state: string): Promise<number[]> {
  const { rows } = await hub.query<{ at: number }>(
    `SELECT floor(extract(epoch FROM window_start) * 1000)::bigint AS at FROM ledger.slot
      WHERE plan = $1 AND state::text = $2 ORDER BY window_start`,
    [plan, state],
  );
  return rows.map((row) => row.at);
}

/** The draw of a window as the edge database keeps it, or null. */
export async function drawOf({ edge }: Stage, scene: Scene, plan: number, windowStart: number) {
  const id = slotId(`${scene.slug}-${scene.plans.indexOf(plan)}`, 1, windowStart);
  const { rows } = await edge.query<{ values: number[]; drawn_at: Date }>(
    `SELECT values, drawn_at FROM edge.draw WHERE slot = $1`,
    [id],
  );
  return rows[0] ?? null;
}

export async function number(pool: Stage["hub"], sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(sql, values);
  return Number(rows[0]?.n);
}
