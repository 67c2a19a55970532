import { localDay, windowOf } from "../time.ts";

/** Every answer under a licence costs at least this many units. */
export const LEAST_UNITS = 1;
/** The most units that one event may hold; far above any answer, far below what a double counts exactly. */
export const MOST_UNITS = 2 ** 40;

/** The month that a use counts in: a calendar month of the city. `key` is `YYYY-MM`, `day` its first day; times in epoch ms. */
export type QuotaMonth = { key: string; day: string; from: number; resetAt: number };

/** The quota's month that holds an instant. */
export function quotaMonth(instantMs: number, timeZone: string): QuotaMonth {
  const key = localDay(instantMs, timeZone).slice(0, 7);
  const { from, to } = windowOf(instantMs, "P1M", timeZone);
  return { key, day: `${key}-01`, from, resetAt: to };
}

/**
 * How fast a licence may be used: a bucket of `burst` units that fills with `perSecond`. A twentieth of the quota a
 * minute, and never less than 60 000 units a minute, so that a small licence can still ask a whole question.
 */
export function rateOf(quota: number): { burst: number; perSecond: number } {
  const burst = Math.max(60_000, Math.ceil(quota / 20));
  return { burst, perSecond: burst / 60 };
}
