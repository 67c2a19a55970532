import type { TimeWindow } from "../../core/time.ts";
import type { Client } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Plan, PlanWindow, Population } from "./catalogue.ts";
import { instant } from "./reserve.ts";
import type { Counts } from "./vector.ts";

const HEARD = statement(new URL("./heard.sql", import.meta.url));
const PART_MS = 300_000;

/** Whether a device (null: any of the population) was heard in a window. */
export type Heard = (device: string | null, window: TimeWindow) => boolean;

/** Statistics of stations and areas: in a backfill, its end-of-day marker is their heartbeat. */
const BY_PLACE = new Set<Plan["statistic"]>(["DEPARTURES", "ORIGIN_DESTINATION", "INCIDENTS"]);

/** Whether the marker of a backfill vouches for a window: all of what happened up to it came. */
export const vouchedFor = ({ plan, window }: PlanWindow, endedAt: number | null): boolean =>
  BY_PLACE.has(plan.statistic) && endedAt !== null && window.from < endedAt;

/** Whether heartbeats say which cells of a window were watched: not where a count does, or a marker, or nothing has to. */
const needsHeartbeats = (slot: PlanWindow, endedAt: number | null): boolean =>
  slot.plan.threshold === null && slot.plan.statistic !== "COUNTER" && !vouchedFor(slot, endedAt);

/**
 * Reads the heartbeats that the windows of a day need, at most once for all of them.
 * @param midnight start of the local day
 */
export async function readHeard(
  edge: Client,
  population: Population,
  midnight: number,
  slots: readonly PlanWindow[],
  endedAt: number | null,
): Promise<Heard> {
  const asked = slots.filter((slot) => needsHeartbeats(slot, endedAt));
  const parts = new Map<string | null, Set<number>>([[null, new Set()]]);
  if (asked.length > 0) {
    const watching = asked.flatMap(({ plan }) => plan.cellDevices.filter((device) => device !== null));
    const { rows } = await edge.query<{ device: string; part: number }>(HEARD.text, [
      [...new Set([...watching, ...population.devices])],
      instant(midnight),
      instant(Math.min(...asked.map(({ window }) => window.from))),
      instant(Math.max(...asked.map(({ window }) => window.to))),
    ]);
    const rights = new Set(population.devices);
    for (const { device, part } of rows) {
      const of = parts.get(device) ?? new Set();
      parts.set(device, of.add(part));
      if (rights.has(device)) parts.get(null)?.add(part);
    }
  }
  return (device, window) => {
    const of = parts.get(device);
    if (of === undefined) return false;
    for (let at = window.from; at < window.to; at += PART_MS) {
      if (of.has(Math.floor((at - midnight) / PART_MS))) return true;
    }
    return false;
  };
}

/**
 * By cell of a dense plan: whether nobody watched it in the window. It depends on heartbeats alone, or, for a counter,
 * on whether its reading came (rules P4, P12).
 */
export function silence(slot: PlanWindow, counts: Counts, heard: Heard, endedAt: number | null): boolean[] {
  const { plan, window } = slot;
  if (plan.statistic === "COUNTER") return plan.cells.map((cell) => !counts.has(cell));
  if (!needsHeartbeats(slot, endedAt)) return plan.cells.map(() => false);
  const byDevice = new Map<string | null, boolean>();
  return plan.cellDevices.map((device) => {
    const known = byDevice.get(device);
    if (known !== undefined) return known;
    const silent = !heard(device, window);
    byDevice.set(device, silent);
    return silent;
  });
}
