import type { PlanWindow, Population } from "./catalogue.ts";
import { abandonSlots, commitSlots } from "./commit.ts";
import type { Context } from "./context.ts";
import { type Frozen, freeze } from "./freeze.ts";
import { reserve, type Slot, slotsOf } from "./reserve.ts";

/**
 * Takes windows of one population-day through the steps A to D (architecture §2). Each step finds what an earlier run
 * left behind, so that this is repeated after a crash at any point: one debit, one draw, one vector a slot (rule P2).
 * @param windows that may close; ones that are released already cost a look
 */
export function releaseWindows(
  context: Context,
  population: Population,
  day: string,
  windows: readonly PlanWindow[],
): Promise<void> {
  return release(context, windows, (slots) => freeze(context, population, day, slots));
}

/**
 * The steps around a freeze.
 * @param stepB draws slots, or reads their draws, in one transaction
 */
export async function release(
  context: Context,
  windows: readonly PlanWindow[],
  stepB: (slots: Slot[]) => Promise<Frozen>,
): Promise<void> {
  if (windows.length === 0) return;
  const waiting = await reserve(context.hub, slotsOf(windows));
  context.crash("reserve.done");
  if (waiting.length === 0) return;
  const { vectors, gone } = await stepB(waiting);
  context.crash("freeze.committed");
  await commitSlots(context, vectors);
  await abandonSlots(context, gone);
  context.crash("commit.done");
  await context.edge.query("DELETE FROM edge.frozen WHERE slot = ANY ($1::uuid[])", [waiting.map((slot) => slot.id)]);
  context.crash("forget.done");
}
