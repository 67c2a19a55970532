import { HubError } from "../../core/errors.ts";
import { quotaMonth } from "../../core/licence/quota.ts";
import { windowsOf } from "../../core/time.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";

/** Units of one day or hour: `at` is where it begins, epoch ms. */
export type UsagePoint = { at: number; dataset: string; units: number };

/** Use of a licence in one month of its city, against the quota with what was carried over; `resetAt` in epoch ms. */
export type UsageOf = {
  month: string;
  quota: number;
  used: number;
  resetAt: number;
  byDay: UsagePoint[];
  byHour: UsagePoint[];
};

type MonthRow = { used: number; quota: number; then: number | null; timeZone: string; dataset: string };
const monthRows = query<MonthRow, [licence: string, month: string]>(new URL("./usage-month.sql", import.meta.url));
const buckets = query<UsagePoint, [licence: string, from: Date, to: Date, by: "day" | "hour", timeZone: string]>(
  new URL("./usage-buckets.sql", import.meta.url),
);

const HOURS = 48 * 3_600_000;

/**
 * The use of a licence in a month: every day of it so far, and the hours of its last two days. Whoever may see the licence
 * may see it; the caller has made sure.
 * @param month `YYYY-MM`, or null for the current one
 * @throws HubError NOT_FOUND for a licence that is none
 */
export async function usageOf(
  context: Pick<Context, "hub" | "now">,
  licence: string,
  month: string | null,
): Promise<UsageOf> {
  const now = context.now();
  const timeZone = (await monthRow(context, licence, "2000-01-01")).timeZone;
  const current = quotaMonth(now, timeZone);
  // The middle of a month is in that month in every time zone.
  const at = month === null ? current : quotaMonth(Date.parse(`${month}-15T12:00:00Z`), timeZone);
  const row = await monthRow(context, licence, at.day);
  const to = Math.max(at.from, Math.min(at.resetAt, now));
  const isOver = at.resetAt <= now;
  const allDays = windowsOf({ from: at.from, to }, "P1D", timeZone);
  const lastHours = windowsOf({ from: Math.max(at.from, to - HOURS), to }, "PT1H", timeZone);
  const until = new Date(at.resetAt);
  const [days, hours] = await Promise.all([
    buckets(context, licence, new Date(at.from), until, "day", timeZone),
    buckets(context, licence, new Date(lastHours[0]?.from ?? at.from), until, "hour", timeZone),
  ]);
  return {
    month: at.key,
    // A month that is over keeps the limit that it had.
    quota: isOver ? (row.then ?? row.quota) : row.quota,
    used: row.used,
    resetAt: at.resetAt,
    byDay: filled(days, allDays, row.dataset),
    byHour: filled(hours, lastHours, row.dataset),
  };
}

/** Units that a licence used since an instant (epoch ms). */
export async function usedSince(
  context: Pick<Context, "hub" | "now">,
  licence: string,
  since: number,
): Promise<number> {
  const found = await buckets(context, licence, new Date(since), new Date(context.now() + 60_000), "hour", "UTC");
  return found.reduce((sum, { units }) => sum + units, 0);
}

async function monthRow(context: Pick<Context, "hub">, licence: string, month: string): Promise<MonthRow> {
  const [row] = await monthRows(context, licence, month);
  if (row === undefined || row.dataset === "") throw new HubError("NOT_FOUND", "There is no such licence.");
  return row;
}

/** Every window with its units, zero where nothing was used. */
function filled(found: readonly UsagePoint[], windows: readonly { from: number }[], dataset: string): UsagePoint[] {
  return windows.flatMap(({ from }) => {
    const here = found.filter(({ at }) => at === from);
    return here.length > 0 ? here : [{ at: from, dataset, units: 0 }];
  });
}
