/**
 * The one registry of everything that can go wrong in Madang: code, HTTP status, title, and what the caller can do.
 * REST answers (`problem`), GraphQL `errors[].extensions.code`, row rejections and logs take their codes from here;
 * `docs/errors.md` is generated from it. The set is closed: a code that is not here does not exist.
 */
export const ERRORS = {
  // Who sent it
  SIGNATURE_MISSING: {
    status: 401,
    title: "The request is not signed",
    action: "Sign the request as docs/wire.md describes: headers Signature-Input and Signature with one label.",
  },
  SIGNATURE_INVALID: {
    status: 401,
    title: "The signature does not verify",
    action: "Sign exactly the required components, in the required order, with the key registered for this keyid.",
  },
  SIGNATURE_EXPIRED: {
    status: 401,
    title: "The signature is too old",
    action: "Sign the request again with the current time as `created`, then send it at once.",
  },
  CLOCK_SKEW: {
    status: 401,
    title: "The signature was made in the future",
    action: "Set the device's clock (NTP) and sign again.",
  },
  DIGEST_MISSING: {
    status: 400,
    title: "The body's digest is missing",
    action: "Send Content-Digest with the sha-256 of the body (RFC 9530) and cover it with the signature.",
  },
  DIGEST_INVALID: {
    status: 400,
    title: "The body does not match its digest",
    action: "Compute Content-Digest over the exact bytes that are sent; a proxy must not change them.",
  },
  DEVICE_UNKNOWN: {
    status: 401,
    title: "The device is not registered",
    action: "Register the device with `npm run device -- add`, or use the keyid it was given.",
  },
  DEVICE_REVOKED: {
    status: 403,
    title: "The device's right was withdrawn",
    action: "Ask the operator; a revoked key never becomes valid again.",
  },
  STREAM_FORBIDDEN: {
    status: 403,
    title: "The device may not write to this feed",
    action: "Send to a feed the device was registered for, or have the right added.",
  },
  UNAUTHENTICATED: {
    status: 401,
    title: "No valid login or key",
    action: "Log in again or send a valid key.",
  },
  FORBIDDEN: {
    status: 403,
    title: "Not allowed",
    action: "Request a licence for this dataset, or use one whose area, period and resolution cover the question.",
  },
  LICENCE_REQUIRED: {
    status: 403,
    title: "A licence is needed for this",
    action: "Ask for access at the dataset's offer, or use a key of a licence for this dataset.",
  },
  LICENCE_SCOPE: {
    status: 403,
    title: "The licence does not cover this",
    action: "Ask within the area, period, step and purpose that were granted, or ask for a wider licence.",
  },
  LICENCE_ENDED: {
    status: 403,
    title: "The licence is not in force",
    action: "See the licence for why it ended or rests; renew it, or answer the steward.",
  },
  QUOTA_EXCEEDED: {
    status: 429,
    title: "The licence's quota is used up",
    action: "Wait for the time named in `resetAt`, or ask for a larger quota at the licence.",
  },
  ACCESS_UNCONFIRMED: {
    status: 503,
    title: "The hub cannot confirm access at the moment",
    action: "Try again after the seconds named in Retry-After; open data is answered meanwhile.",
  },
  CONFLICT: {
    status: 409,
    title: "Someone was faster",
    action: "Load it again and decide on what it is now.",
  },
  TRANSITION_INVALID: {
    status: 409,
    title: "Not possible in this state",
    action: "Load it again; the actions that are possible are listed with it.",
  },

  // What was sent
  CONTENT_TYPE: {
    status: 415,
    title: "The content type is not accepted",
    action: "Send `application/json`.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: "The method is not accepted here",
    action: "Use a method named in the Allow header.",
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: "The body is too large",
    action: "Split the batch; the limits are in docs/wire.md.",
  },
  TOO_MANY_ROWS: {
    status: 413,
    title: "The batch has too many readings",
    action: "Split the batch; the limits are in docs/wire.md.",
  },
  BODY_NOT_UTF8: {
    status: 400,
    title: "The body is not UTF-8",
    action: "Encode the body as UTF-8 without a byte-order mark.",
  },
  BODY_NOT_JSON: {
    status: 400,
    title: "The body is not JSON",
    action: "Send one complete JSON object; NaN and Infinity are not JSON.",
  },
  BATCH_INVALID: {
    status: 400,
    title: "The batch does not follow the wire format",
    action: "Correct the named fields; the schema is at /edge/v1/schema.json.",
  },
  SEQUENCE_REUSED: {
    status: 409,
    title: "This sequence number was used for another batch",
    action: "Give every batch of a device a new, higher sequence number. A repeated identical batch is accepted.",
  },
  DAY_SEALED: {
    status: 409,
    title: "The day is sealed",
    action: "Rows of a sealed day are never taken. Send readings within the allowed lateness.",
  },
  DAY_NOT_OPEN: {
    status: 409,
    title: "The day is not open",
    action: "Send live readings for today, or declare a backfill for the past; at most two days are open at a time.",
  },
  BACKFILL_UNKNOWN: {
    status: 409,
    title: "The backfill is not declared",
    action: "Declare the backfill (file hash, city, period, population) before sending its rows.",
  },
  RATE_LIMITED: {
    status: 429,
    title: "Too many requests",
    action: "Wait for the seconds named in Retry-After and send the same batch again.",
  },

  // One reading of a batch: quarantined with the reason, the others go on
  ROW_INVALID: {
    status: 422,
    title: "The reading does not follow its type",
    action: "Correct the field named by the rule.",
  },
  ROW_UNKNOWN_KIND: {
    status: 422,
    title: "The kind of reading is not known to this feed",
    action: "Send only the kinds listed for the feed in docs/wire.md.",
  },
  ROW_UNKNOWN_FIELD: {
    status: 422,
    title: "The reading has a field that is not in the schema",
    action: "Send only fields of the schema; everything else is refused.",
  },
  ROW_IDENTIFIER_IN_TEXT: {
    status: 422,
    title: "A text looks like an identifier",
    action: "An identifier travels only in `subject {kind, id}`; remove it from the text.",
  },
  ROW_MEDIA: {
    status: 422,
    title: "The reading carries an image, video, sound or embedding",
    action: "Never send media; evaluate it on the device and send the count.",
  },
  ROW_OUTSIDE_CITY: {
    status: 422,
    title: "The position is outside the city",
    action: "Send longitude, then latitude, in WGS 84 degrees, within the city's bounds.",
  },
  ROW_TOO_OLD: {
    status: 422,
    title: "The reading is older than the allowed lateness",
    action: "Send readings within the lateness of the feed, or declare a backfill.",
  },
  ROW_WRONG_DAY: {
    status: 422,
    title: "The reading belongs to another day than its backfill batch",
    action: "Send each day of a backfill in batches of its own, by the local day of the event.",
  },
  ROW_FUTURE: {
    status: 422,
    title: "The reading lies in the future",
    action: "Set the device's clock (NTP).",
  },
  ROW_UNKNOWN_MODEL: {
    status: 422,
    title: "The model version is not registered",
    action: "Register the model version for the feed before sending its readings.",
  },
  ROW_NUMBER: {
    status: 422,
    title: "A number is not a safe integer in range",
    action: "Send integers in the unit of the schema (0.1 km/h, seconds); no NaN, Infinity or -0.",
  },
  ROW_UNKNOWN_PLACE: {
    status: 422,
    title: "The place is not known",
    action: "Use a zone, station, sensor or segment of the city's configuration.",
  },
  ROW_DUPLICATE: {
    status: 422,
    title: "The reading was already taken",
    action: "Nothing to do: it counts once.",
  },
  ROW_TIME: {
    status: 422,
    title: "The time cannot be read or does not exist",
    action: "Send RFC 3339 with an offset; a local time skipped by the clock change does not exist.",
  },
  ROW_COLUMNS: {
    status: 422,
    title: "The row has other columns than the file's header",
    action: "Repair the row or export the file again.",
  },

  // The graph and the other doors
  BAD_USER_INPUT: {
    status: 400,
    title: "An argument is not valid",
    action: "Correct the named argument.",
  },
  GRAPHQL_INVALID: {
    status: 400,
    title: "The document is not valid for this schema",
    action: "Check the document against the schema at /graphql.",
  },
  PERIOD_INVALID: {
    status: 400,
    title: "The period is not valid",
    action: "Give `from` before `to`, both RFC 3339 with an offset; the period is half-open.",
  },
  LIMIT_EXCEEDED: {
    status: 400,
    title: "The answer would be over the limit",
    action: "Reshape the question: a shorter period, a longer step, fewer areas, or the export.",
  },
  NOT_FOUND: {
    status: 404,
    title: "Not found",
    action: "Check the id or key; the catalogue lists what exists.",
  },

  // The rules of release: seen by operators, never by the public
  PLAN_INVALID: {
    status: 422,
    title: "The release plan breaks a rule",
    action: "Change the plan as the rule says; the plans of a population may sum to ε 1.6.",
  },
  BUDGET_EXCEEDED: {
    status: 409,
    title: "The day's privacy budget does not allow this",
    action: "Nothing is released beyond the cap; lower ε of the plans for the coming days.",
  },

  // Ours, not theirs
  SEAL_INVALID: {
    status: 422,
    title: "A sealed payload cannot be opened",
    action: "It stays quarantined as it is; nothing to do for the sender.",
  },
  KEY_DESTROYED: {
    status: 410,
    title: "The key of this day was destroyed",
    action: "Nothing to do: payloads of a sealed day cannot be opened any more.",
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: "The store does not answer",
    action: "Keep the batch and send it again after the seconds named in Retry-After.",
  },
  KEYRING_UNAVAILABLE: {
    status: 503,
    title: "The keyring does not answer",
    action: "Keep the batch and send it again after the seconds named in Retry-After.",
  },
  UNAVAILABLE: {
    status: 503,
    title: "Not available at the moment",
    action: "Try again after the seconds named in Retry-After.",
  },
  INTERNAL: {
    status: 500,
    title: "An error of ours",
    action: "Try again; if it stays, report it with the time and the code.",
  },
} as const satisfies Record<string, { status: number; title: string; action: string }>;

export type ErrorCode = keyof typeof ERRORS;
export type RowReason = Extract<ErrorCode, `ROW_${string}` | "DAY_SEALED" | "DAY_NOT_OPEN">;

/** One fault of the input: where it is, which rule it breaks, how to mend it. Never a value of the input. */
export type FieldError = { field: string; rule: string; fix: string };

export type ErrorOptions = Partial<FieldError> & {
  /** Several faults reported together; takes the place of `field`, `rule`, `fix`. */
  errors?: readonly FieldError[];
  /** Seconds after which trying again makes sense: the Retry-After header. */
  retryAfter?: number;
  cause?: unknown;
};

/**
 * The error every part throws on purpose. `detail` is a sentence for the caller and holds no value of the input, no
 * identifier and no path, because it is answered and logged.
 */
export class HubError extends Error {
  override readonly name = "HubError";
  readonly code: ErrorCode;
  readonly detail: string;
  readonly field: string | undefined;
  readonly rule: string | undefined;
  readonly fix: string | undefined;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, detail: string = ERRORS[code].title, options: ErrorOptions = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    const { field, rule, fix } = options;
    this.code = code;
    this.detail = detail;
    this.field = field;
    this.rule = rule;
    this.fix = fix;
    this.retryAfter = options.retryAfter;
    this.errors =
      options.errors ?? (field === undefined ? [] : [{ field, rule: rule ?? detail, fix: fix ?? ERRORS[code].action }]);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** Problem details of RFC 9457, as answered with `application/problem+json`. */
export type Problem = {
  type: `/problems/${ErrorCode}`;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  action: string;
  errors: readonly FieldError[];
};

/** What is told about any error. An error that is not a `HubError` becomes `INTERNAL` and tells nothing of itself. */
export function problem(error: unknown): Problem {
  const known = error instanceof HubError ? error : new HubError("INTERNAL");
  const { status, title, action } = ERRORS[known.code];
  return {
    type: `/problems/${known.code}`,
    title,
    status,
    detail: known.detail,
    code: known.code,
    action,
    errors: known.errors,
  };
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}
