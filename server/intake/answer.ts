import type { ServerResponse } from "node:http";
import { ERRORS, type ErrorCode, HubError, problem } from "../../core/errors.ts";
import { formatInstant } from "../../core/time.ts";
import type { Receipt } from "./inbox.ts";

/** The part of the request that a refusal is about, where the refusal itself does not say. */
const FIELD: Partial<Record<ErrorCode, string>> = {
  SIGNATURE_MISSING: "signature",
  SIGNATURE_INVALID: "signature",
  SIGNATURE_EXPIRED: "signature-input",
  CLOCK_SKEW: "signature-input",
  DEVICE_UNKNOWN: "signature-input",
  DIGEST_MISSING: "content-digest",
  DIGEST_INVALID: "content-digest",
  CONTENT_TYPE: "content-type",
  METHOD_NOT_ALLOWED: "@method",
  NOT_FOUND: "@path",
  DAY_NOT_OPEN: "backfill.day",
  RATE_LIMITED: "device",
};

/** 202: the batch is durable. A repetition gets the first receipt and the first time. */
export function answerReceipt(response: ServerResponse, { receipt, receivedAt }: Receipt): void {
  send(response, 202, "application/json", { receipt, received_at: formatInstant(receivedAt.getTime()) }, {});
}

/** A refusal as problem details (RFC 9457): field, rule and fix, never a value. */
export function answerProblem(response: ServerResponse, error: unknown, headers: Record<string, string> = {}): void {
  const body = problem(error);
  const field = FIELD[body.code];
  const errors =
    body.errors.length > 0 || field === undefined
      ? body.errors
      : [{ field, rule: body.detail, fix: ERRORS[body.code].action }];
  const retryAfter = error instanceof HubError ? error.retryAfter : undefined;
  send(
    response,
    body.status,
    "application/problem+json",
    { ...body, errors },
    { ...headers, ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }) },
  );
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: object,
  headers: Record<string, string>,
): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...headers,
  });
  response.end(text);
}
