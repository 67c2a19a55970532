import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HubError } from "../../core/errors.ts";
import { hasRole } from "../../core/licence/principal.ts";
import { formatInstant } from "../../core/time.ts";
import type { Context } from "../../schema/context.ts";
import { query } from "../../schema/query.ts";
import type { principals } from "../access/principal.ts";
import type { OpenSession } from "../access/sessions.ts";
import { allow, SECURITY } from "../front/answer.ts";
import { line } from "./csv.ts";

type Entry = {
  id: number;
  at: number;
  actor: string | null;
  actorName: string | null;
  act: string;
  subjectKind: string;
  subjectId: string;
  reason: string | null;
  before: string | null;
  after: string | null;
  previous: string;
  hash: string;
  text: string;
  salt: string | null;
  personal: string | null;
};

const PAGE = 1_000;
const rows = query<Entry, [after: number, limit: number]>(new URL("./export-audit.sql", import.meta.url));

async function* pages(context: Context): AsyncGenerator<Entry[]> {
  let after = 0;
  while (true) {
    const page = await rows(context, after, PAGE);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? after;
  }
}

/** For spreadsheets: texts that people wrote are kept from being taken for formulas. */
async function* csv(context: Context): AsyncGenerator<string> {
  yield line([
    ...["number", "at", "actor", "actorName", "act", "subjectKind", "subjectId"],
    ...["reason", "before", "after", "personal", "previous", "hash"],
  ]);
  for await (const page of pages(context)) {
    yield page
      .map((e) =>
        line([
          ...[e.id, formatInstant(e.at), e.actor, e.actorName, e.act, e.subjectKind, e.subjectId],
          ...[e.reason, e.before, e.after, e.personal, e.previous, e.hash],
        ]),
      )
      .join("");
  }
}

/**
 * For checking: hash = SHA-256(bytes of `previous` ‖ UTF-8 of `text`), and the personal part's SHA-256(bytes of `salt` ‖ UTF-8
 * of `body`) is `personalSha256` in the text.
 */
async function* jsonLines(context: Context): AsyncGenerator<string> {
  for await (const page of pages(context)) {
    yield page
      .map(({ id, previous, hash, text, salt, personal }) => {
        const secret = personal === null ? null : { salt, body: personal };
        return `${JSON.stringify({ number: id, previous, hash, text, personal: secret })}\n`;
      })
      .join("");
  }
}

const FORMATS = {
  csv: { type: "text/csv; charset=utf-8; header=present", write: csv },
  jsonl: { type: "application/jsonl; charset=utf-8", write: jsonLines },
} as const;

/** Answers `/market/audit.csv` and `/market/audit.jsonl`: the whole trail, to auditors and administrators alone. */
export function serveAudit(principalOf: ReturnType<typeof principals>, openSession: OpenSession) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    allow(request, response, "GET", "HEAD");
    const name = path.slice("/market/audit.".length);
    if (name !== "csv" && name !== "jsonl") throw new HubError("NOT_FOUND", "The trail is audit.csv or audit.jsonl.");
    const principal = await principalOf(request, "read:exports");
    if (principal.kind === "ANONYMOUS") throw new HubError("UNAUTHENTICATED", "Sign in to read the audit trail.");
    if (!hasRole(principal, "auditor", "admin")) throw new HubError("FORBIDDEN", "The audit trail is for auditors.");
    const { type, write } = FORMATS[name];
    response.writeHead(200, {
      ...SECURITY,
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="audit.${name}"`,
      "content-type": type,
    });
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    await pipeline(Readable.from(write(openSession(principal))), response);
  };
}
