import { z } from "zod";
import { ERRORS, type ErrorCode, type FieldError, HubError, type RowReason } from "../errors.ts";
import { isDay } from "../time.ts";
import { count, track } from "./crowd.ts";
import { instant, integer, slug } from "./fields.ts";
import { looksLikeIdentifier, looksLikeMedia } from "./identifier.ts";
import { event, incident, report } from "./incidents.ts";
import { availability, trip } from "./mobility.ts";

export const SCHEMA = "madang.edge.v1";
export const BATCH_PATH = "/edge/v1/batches";
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
export const MAX_READINGS = 10_000;

/** A device says that it watches, by its own clock and whatever it sees. */
const heartbeat = z.strictObject({ type: z.literal("heartbeat"), at: instant });

export const readingTypes = { heartbeat, track, count, trip, availability, incident, event, report } as const;
export type ReadingType = keyof typeof readingTypes;

export const reading = z.discriminatedUnion("type", [
  heartbeat,
  track,
  count,
  trip,
  availability,
  incident,
  event,
  report,
]);
/** A reading as a device sends it: instants are RFC 3339 texts. */
export type Reading = z.input<typeof reading>;
/** A reading that was parsed: instants are epoch milliseconds. */
export type ParsedReading = z.output<typeof reading>;
export type ParsedOf<T extends ReadingType> = z.output<(typeof readingTypes)[T]>;

const backfill = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  day: z.string().refine(isDay).meta({ format: "date" }),
  end: z.boolean().optional().describe("true: no more batches of this day follow"),
});

const headerShape = {
  schema: z.literal(SCHEMA),
  feed: slug,
  device: slug,
  sequence: integer(0, Number.MAX_SAFE_INTEGER).describe("new and higher for every batch of the device"),
  time: instant.describe("when the batch is sent"),
  backfill: backfill.optional(),
};
const header = z.strictObject({ ...headerShape, readings: z.array(z.unknown()) });

/** A batch as a device sends it. */
export const batch = z.strictObject({ ...headerShape, readings: z.array(reading).max(MAX_READINGS) });
export type Batch = z.input<typeof batch>;
/** A batch whose readings are still to be judged one by one. */
export type BatchHeader = z.output<typeof header>;

const RULES: Record<string, { rule: string; fix: string }> = {
  schema: { rule: `must be "${SCHEMA}"`, fix: "send the version of the wire format that you follow" },
  feed: { rule: "a slug: small letters, digits, single dashes, at most 64", fix: "use the feed's id" },
  device: { rule: "a slug: small letters, digits, single dashes, at most 64", fix: "use the device's id" },
  sequence: { rule: "a whole number from 0 to 2^53 - 1", fix: "count the device's batches" },
  time: { rule: "an RFC 3339 instant with Z or an offset", fix: "send the time of sending" },
  backfill: { rule: "{id: uuid, day: YYYY-MM-DD, end?: true}", fix: "send the declared backfill and the events' day" },
  readings: {
    rule: `a list of 1 to ${MAX_READINGS} readings; empty only beside backfill.end`,
    fix: "send the readings, at least a heartbeat",
  },
};

/**
 * Judges the head of a batch, given its parsed JSON, and leaves the readings for `parseReading`.
 * @throws HubError BATCH_INVALID naming every field that is wrong, TOO_MANY_ROWS
 */
export function parseBatchHeader(json: unknown): BatchHeader {
  const result = header.safeParse(json);
  if (!result.success) throw headerError(result.error);
  const { readings, backfill: past } = result.data;
  if (readings.length > MAX_READINGS) {
    throw new HubError("TOO_MANY_ROWS", `A batch has at most ${MAX_READINGS} readings.`, {
      field: "readings",
      rule: `at most ${MAX_READINGS}`,
      fix: "split the batch",
    });
  }
  if (readings.length === 0 && past?.end !== true) throw batchInvalid([fieldError("readings")]);
  return result.data;
}

function headerError(error: z.ZodError): HubError {
  const fields = new Set(error.issues.map((issue) => String(issue.path[0] ?? "")));
  return batchInvalid([...fields].map(fieldError));
}

function batchInvalid(errors: FieldError[]): HubError {
  return new HubError("BATCH_INVALID", undefined, { errors });
}

function fieldError(field: string): FieldError {
  const known = RULES[field];
  if (known !== undefined) return { field, ...known };
  const names = Object.keys(RULES).join(", ");
  return { field: "", rule: `an object with exactly the fields ${names}`, fix: "send these fields and no other" };
}

export type ReadingFault = { readonly ok: false; readonly reason: RowReason; readonly field: string | null };
export type ReadingResult = { readonly ok: true; readonly reading: ParsedReading } | ReadingFault;

/**
 * Judges one reading by its type alone: no clock, no city, no register.
 * @returns the reading with instants in epoch milliseconds, or the reason and the schema's field that broke the rule;
 *   never a value, never a name that the device made up
 */
export function parseReading(value: unknown): ReadingResult {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fault("ROW_INVALID", null);
  const type = (value as { type?: unknown }).type;
  if (typeof type !== "string" || !Object.hasOwn(readingTypes, type)) return fault("ROW_UNKNOWN_KIND", "type");
  const result = readingTypes[type as ReadingType].safeParse(value);
  if (result.success) return { ok: true, reading: result.data };
  return classify(result.error.issues, value);
}

function fault(reason: RowReason, field: string | null): ReadingFault {
  return { ok: false, reason, field };
}

type Issue = z.core.$ZodIssue;

function classify(issues: readonly Issue[], value: object): ReadingFault {
  const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
  if (unknown.some((issue) => issue.keys.some(looksLikeMedia))) return fault("ROW_MEDIA", null);
  if (unknown.length > 0) return fault("ROW_UNKNOWN_FIELD", null);
  const [first] = issues;
  if (first === undefined) return fault("ROW_INVALID", null);
  return fault(reasonOf(first, value), first.path.length === 0 ? null : first.path.join("."));
}

function reasonOf(issue: Issue, value: object): RowReason {
  const given = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
  const expected = issue.path[0] === "subject" || issue.path[0] === "note";
  if (typeof given === "string" && !expected && looksLikeIdentifier(given)) {
    return "ROW_IDENTIFIER_IN_TEXT";
  }
  if (issue.code === "custom" && isRowReason(issue.params?.["reason"])) return issue.params["reason"];
  const numeric = issue.code === "invalid_type" && ["number", "int"].includes(issue.expected);
  const outOfRange = (issue.code === "too_big" || issue.code === "too_small") && issue.origin !== "string";
  return numeric || outOfRange ? "ROW_NUMBER" : "ROW_INVALID";
}

function isRowReason(code: unknown): code is RowReason {
  return typeof code === "string" && code.startsWith("ROW_") && Object.hasOwn(ERRORS, code as ErrorCode);
}
