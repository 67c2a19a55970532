import { dayBounds, daysOf, windowOf } from "../../core/time.ts";
import { inTransaction } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { isLong, type PlanWindow, type Population } from "./catalogue.ts";
import { abandonSlots, commitSlots } from "./commit.ts";
import type { Context } from "./context.ts";
import { readDraws, writeDraws } from "./draw.ts";
import { clockOf } from "./due.ts";
import type { Frozen } from "./freeze.ts";
import { release } from "./release-windows.ts";
import { debit, instant, type Slot, slotsOf } from "./reserve.ts";
import { silence, vouchedFor } from "./silence.ts";
import { drawDense, drawSparse } from "./vector.ts";

const STATE = statement(new URL("./long-state.sql", import.meta.url));
const COUNTS = statement(new URL("./long-counts.sql", import.meta.url));
const HEARD = statement(new URL("./heard-since.sql", import.meta.url));
const RESERVED_SLOT = "SELECT FROM ledger.slot WHERE id = ANY ($1::uuid[]) AND state = 'RESERVED'";
const LONG_WINDOW_LOCK = 7304;

type LongCounts = { cells: number[]; counts: number[]; ended_at: number | null; kept: number };
type LongState = { now: number; reported: readonly string[]; open: number };

/**
 * Whether a window longer than a day may be released: every day of it that is known is sealed, so is the last covered
 * day of every declared backfill, and nothing can come any more: the window and its lateness are over, or the
 * population lives from backfills alone.
 */
export function longIsDue(population: Population, { plan, window }: PlanWindow, state: LongState): boolean {
  if (state.open > 0 || state.reported.length === 0) return false;
  const days = daysOf(window, population.timeZone);
  const first = days[0] ?? "";
  const last = days.at(-1) ?? "";
  const reported = new Set(state.reported);
  const backfills = population.backfills.filter((one) => one.firstDay <= last && first <= one.lastDay);
  if (!backfills.every((one) => reported.has([one.lastDay, last].sort()[0] ?? last))) return false;
  const clock = clockOf(population, plan);
  const isOver = state.now >= window.to + clock.latenessMs + clock.intakeMs;
  return isOver || (!population.isLive && backfills.length > 0);
}

/** Releases the windows longer than a day that hold this one and are due. Repeatable. */
export async function releaseLongWindows(context: Context, number: number, day: string): Promise<void> {
  // Whether a window is complete hangs on all declared backfills, also on those of a moment ago.
  const population = await context.catalogue.population(number, 0);
  if (population === null) return;
  const { from } = dayBounds(day, population.timeZone);
  for (const plan of population.plans.filter(isLong)) {
    const window = windowOf(from, plan.step, population.timeZone);
    await releaseIfDue(context, population, { plan, window });
  }
}

async function releaseIfDue(context: Context, population: Population, planWindow: PlanWindow): Promise<void> {
  const { plan, window } = planWindow;
  const days = daysOf(window, population.timeZone);
  const values = [population.number, plan.number, days[0], days.at(-1)];
  const { rows } = await context.edge.query<LongState>({ ...STATE, values });
  const [state] = rows;
  if (state === undefined) return;
  if (state.reported.length === 0 && state.open === 0) return giveUpLost(context, planWindow);
  if (!longIsDue(population, planWindow, state)) return;
  // Also the days that no backfill covers: a window stands on one debit a day, whatever came.
  await debit(context.hub, [plan.number], days);
  await release(context, [planWindow], (slots) => freezeLong(context, population, planWindow, slots));
  context.log.info({ event: "release.long_window_done", population: population.number, plan: plan.number });
}

/** A window is reserved only when its days are reported: without any report and draw, its input was lost. */
async function giveUpLost(context: Context, planWindow: PlanWindow): Promise<void> {
  const slots = slotsOf([planWindow]);
  const ids = slots.map((slot) => slot.id);
  const { rowCount } = await context.hub.query(RESERVED_SLOT, [ids]);
  if (rowCount === 0) return;
  const vectors = await readDraws(context.edge, slots);
  if (vectors.length > 0) await commitSlots(context, vectors);
  else await abandonSlots(context, slots);
}

/** Step B of a window longer than a day: its counts by day are its input, and end with the draw. */
function freezeLong(
  context: Context,
  population: Population,
  { plan, window }: PlanWindow,
  slots: readonly Slot[],
): Promise<Frozen> {
  return inTransaction(context.edge, async (edge) => {
    await edge.query("SELECT pg_advisory_xact_lock($1, $2)", [LONG_WINDOW_LOCK, plan.number]);
    const vectors = await readDraws(edge, slots);
    const [slot] = slots;
    if (vectors.length > 0 || slot === undefined) return { vectors, gone: [] };
    const days = daysOf(window, population.timeZone);
    const start = instant(window.from);
    const { rows } = await edge.query<LongCounts>({
      ...COUNTS,
      values: [population.number, plan.number, start, days[0], days.at(-1)],
    });
    const [row] = rows;
    const counts = new Map(row?.cells.map((cell, index) => [cell, row.counts[index] ?? 0]));
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    // The counts end with the draw: where both are gone, nothing is ever drawn again (rule P2).
    if (plan.statistic !== "COUNTER" && total !== (row?.kept ?? 0)) return { vectors, gone: [slot] };
    const endedAt = row?.ended_at ?? null;
    const heard = new Set<string>();
    if (plan.threshold === null && plan.statistic !== "COUNTER" && !vouchedFor(slot, endedAt)) {
      const devices = [...plan.cellDevices.filter((device) => device !== null), ...population.devices];
      const found = await edge.query<{ device: string }>(HEARD.text, [devices, start, instant(window.to)]);
      for (const { device } of found.rows) heard.add(device);
    }
    const isHeard = (device: string | null) =>
      device === null ? population.devices.some((one) => heard.has(one)) : heard.has(device);
    const drawn =
      plan.threshold === null
        ? drawDense(plan.cells, counts, silence(slot, counts, isHeard, endedAt), plan.mechanism)
        : drawSparse(plan.cells, counts, plan.mechanism, plan.threshold);
    vectors.push(...(await writeDraws(edge, [{ slot, drawn }])));
    await edge.query("DELETE FROM edge.day_count WHERE plan = $1 AND window_start = $2", [plan.number, start]);
    context.crash("freeze.drawn");
    return { vectors, gone: [] };
  });
}
