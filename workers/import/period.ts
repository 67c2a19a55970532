import { addDays } from "../../core/time.ts";
import { ImportFault } from "./fault.ts";
import type { Source } from "./formats/formats.ts";

export type Period = { readonly firstDay: string; readonly lastDay: string };

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/**
 * The past period that a file is declared for (rule P19): what was said on the command line, else the whole months
 * (crashes: years) that its rows touch. It never goes beyond what the source can hold; whole months and years tell
 * nothing of when the first and the last row happened.
 * @throws ImportFault when nothing is left
 */
export function periodOf(source: Source, rows: Period, wanted: Period | null): Period {
  const whole =
    source.kind === "crashes"
      ? { firstDay: `${rows.firstDay.slice(0, 4)}-01-01`, lastDay: `${rows.lastDay.slice(0, 4)}-12-31` }
      : {
          firstDay: `${rows.firstDay.slice(0, 7)}-01`,
          lastDay: addDays(nextMonth(rows.lastDay), -1),
        };
  const { firstDay, lastDay } = wanted ?? whole;
  const period = { firstDay: later(firstDay, source.firstDay), lastDay: earlier(lastDay, source.lastDay) };
  if (period.firstDay > period.lastDay) {
    throw new ImportFault(`the period lies outside ${source.firstDay}..${source.lastDay}`, 2);
  }
  return period;
}

function nextMonth(day: string): string {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

/** Every day of a period, in order. */
export function daysOf({ firstDay, lastDay }: Period): string[] {
  const days: string[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) days.push(day);
  return days;
}
