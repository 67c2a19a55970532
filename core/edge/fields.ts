import { z } from "zod";
import type { RowReason } from "../errors.ts";
import { parseInstant } from "../time.ts";
import { looksLikeIdentifier } from "./identifier.ts";

/** Tells `parseReading` which code of the error registry an issue stands for. */
const because = (reason: RowReason) => ({ params: { reason } });

/** A whole number from `min` to `max`; never -0. */
export const integer = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .refine((value) => !Object.is(value, -0), because("ROW_NUMBER"));

/** Largest value that the databases keep as `integer`. */
export const COUNT_MAX = 2_147_483_647;

/** Largest count of one window: far above any sensor, and far enough below `integer` that noise and sums fit. */
export const WINDOW_COUNT_MAX = 10_000_000;

/** Degrees with at most seven decimals (about a centimetre); never -0. */
const degrees = (limit: number) =>
  z
    .number()
    .min(-limit)
    .max(limit)
    .refine((value) => !Object.is(value, -0) && Math.round(value * 1e7) / 1e7 === value, because("ROW_NUMBER"));

export const longitude = degrees(180).describe("WGS 84 degrees, at most 7 decimals");
export const latitude = degrees(90).describe("WGS 84 degrees, at most 7 decimals");

/** RFC 3339 with Z or an offset; parsed to epoch milliseconds. */
export const instant = z
  .string()
  .max(35)
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== null) return at;
    context.issues.push({ code: "custom", input: text, ...because("ROW_TIME") });
    return z.NEVER;
  })
  .meta({ format: "date-time", description: "RFC 3339 with Z or an offset" });

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Slugs come again and again: those found clean are remembered, up to a bound. */
const clean = new Set<string>();
const CLEAN_MAX = 8192;

function notAnIdentifier(text: string): boolean {
  if (clean.has(text)) return true;
  if (looksLikeIdentifier(text)) return false;
  if (clean.size >= CLEAN_MAX) clean.clear();
  clean.add(text);
  return true;
}

/** A readable key: small letters, digits and single dashes. Never an identifier of a person or vehicle. */
export const slug = z.string().max(64).regex(SLUG).refine(notAnIdentifier, because("ROW_IDENTIFIER_IN_TEXT"));

/** A constant's name: capitals, digits, underscores. */
export const label = z
  .string()
  .regex(/^[A-Z0-9_]{1,40}$/)
  .refine(notAnIdentifier, because("ROW_IDENTIFIER_IN_TEXT"));

/** A model version of the algorithm register. */
export const model = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/)
  .refine(notAnIdentifier, because("ROW_IDENTIFIER_IN_TEXT"));

/** The only place of an identifier (rule P18): what the sensor tells units apart by. It becomes a pseudonym. */
export const subject = <K extends [string, ...string[]]>(...kinds: K) =>
  z.strictObject({ kind: z.enum(kinds), id: z.string().min(1).max(64) });

/** `to` lies at least `leastMs` and at most `limitMs` after `from`. */
export const period =
  (limitMs: number, leastMs = 0) =>
  (context: z.core.ParsePayload<{ from: number; to?: number | null | undefined }>): void => {
    const { from, to } = context.value;
    if (to === undefined || to === null || (to - from >= leastMs && to - from <= limitMs)) return;
    context.issues.push({ code: "custom", input: to, path: ["to"], ...because("ROW_TIME") });
  };
