import type { Reading } from "../../../core/edge/batch.ts";
import type { RowReason } from "../../../core/errors.ts";
import type { CityConfig } from "../../../prisma/cities/city.ts";

/** A row that cannot be taken: why, and in which column. Never its value. */
export type Refusal = { readonly reason: RowReason; readonly column: string };

export type Taken = {
  /** local day of the event */
  readonly day: string;
  /** what makes a row the same as another of its day */
  readonly key: string;
  readonly reading: Reading;
};

export type RowReader = (column: (name: string) => string, subject: string) => Taken | Refusal;

/** How a published file is read. */
export type Format = {
  readonly columns: readonly string[];
  /** zones that the rows name, by the kind of zone; the reader refuses others */
  reader(city: CityConfig): RowReader;
};

export const refuse = (reason: RowReason, column: string): Refusal => ({ reason, column });

export const isRefusal = (result: Taken | Refusal): result is Refusal => "reason" in result;

/** A whole number from 0 to `max`, written in digits; null otherwise (sentinels and "NA" are not numbers). */
export function wholeNumber(text: string, max: number): number | null {
  if (!/^\d{1,15}$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}
