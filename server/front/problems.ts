import type { IncomingMessage, ServerResponse } from "node:http";
import { ERRORS, type ErrorCode, HubError, isErrorCode } from "../../core/errors.ts";
import { allow, send } from "./answer.ts";

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

const entry = (code: ErrorCode): string => {
  const { status, title, action } = ERRORS[code];
  return `<h2 id="${code}">${code}</h2><p>${escaped(title)} (HTTP ${status}).</p><p>${escaped(action)}</p>`;
};

/** The page of one error code, or of all: what the `type` of a problem points at. */
export function sendProblemPage(request: IncomingMessage, response: ServerResponse, code: string): void {
  allow(request, response, "GET", "HEAD");
  if (code !== "" && !isErrorCode(code)) throw new HubError("NOT_FOUND", "There is no such error code.");
  const codes = code === "" ? (Object.keys(ERRORS) as ErrorCode[]) : isErrorCode(code) ? [code] : [];
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${code || "Errors"} · Madang</title><main><h1>What can go wrong</h1>${codes.map(entry).join("")}</main></html>\n`;
  send(
    request,
    response,
    200,
    { "content-type": "text/html; charset=utf-8", "cache-control": "public, max-age=3600" },
    page,
  );
}
