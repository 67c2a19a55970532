import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { HubError } from "../../core/errors.ts";
import { requireReadable } from "../../schema/access.ts";
import type { Question } from "../../schema/series/read.ts";
import type { principals } from "../access/principal.ts";
import type { OpenSession } from "../access/sessions.ts";
import { allow, hasVersion, OPEN_TO_ALL, SECURITY, takesGzip } from "../front/answer.ts";
import { billed } from "../meter/bill.ts";
import { type OpenBill, USAGE_HEADER } from "../meter/bills.ts";
import { csv } from "./csv.ts";
import { geojson } from "./geojson.ts";
import { type ExportQuestion, exportQuestion } from "./question.ts";
import { askSeries } from "./rows.ts";
import { CUT_TRAILER, sendParts } from "./send.ts";

/** Longer than a question waits for a confirmation that is on its way. */
const STANDS_LIMIT_MS = 1_500;

/**
 * Answers `/exports/…`: streamed from the database in parts, so that a long one takes no memory. While it runs it is asked
 * again and again whether the one who asked may still read it; an answer is never silently cut.
 */
export function serveExports(principalOf: ReturnType<typeof principals>, openSession: OpenSession, billOf: OpenBill) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (request.method === "OPTIONS") {
      response.writeHead(204, {
        ...OPEN_TO_ALL,
        "access-control-allow-headers": "authorization",
        "access-control-allow-methods": "GET",
        "access-control-max-age": "86400",
      });
      response.end();
      return;
    }
    allow(request, response, "GET", "HEAD", "OPTIONS");
    const principal = await principalOf(request, "read:exports");
    const bill = billOf(principal, "export");
    const now = openSession(principal, bill?.access);
    try {
      const asked = await exportQuestion(url, now);
      const question = asked.head.kind === "NOISED" ? await askSeries(asked, now) : null;
      const etag = versionOf(asked, question);
      const headers = {
        ...SECURITY,
        ...OPEN_TO_ALL,
        // What a licence opens is never for a cache that others share.
        "cache-control": `${principal.kind === "ANONYMOUS" ? "public" : "private"}, max-age=0, must-revalidate`,
        "content-disposition": `attachment; filename="${asked.head.slug}.${asked.format}"`,
        "content-type": asked.format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/geo+json",
        etag,
        vary: "accept-encoding, authorization",
      };
      if (hasVersion(request, etag)) {
        response.writeHead(304, headers).end();
        return;
      }
      const zipped = takesGzip(request);
      const encoding = zipped ? { "content-encoding": "gzip" } : {};
      if (request.method === "HEAD") {
        response.writeHead(200, { ...headers, ...encoding }).end();
        return;
      }
      const all = (asked.format === "csv" ? csv : geojson)(asked, question, now);
      const { first, parts } = bill === null ? { first: null, parts: all } : await billed(all, bill);
      const usage = first === null ? {} : { [USAGE_HEADER]: first.ids.join(", ") };
      const trailer = request.httpVersion === "1.1" ? { trailer: CUT_TRAILER } : {};
      response.writeHead(200, { ...headers, ...encoding, ...usage, ...trailer });
      const stands = async (): Promise<void> => {
        const still = openSession(await principalOf(request, "read:exports"));
        await requireReadable(still, question?.access ?? asked.access);
      };
      const isLicensed = (question?.licence ?? asked.licence) !== null;
      await sendParts(response, parts, { format: asked.format, zipped, stands: () => inTime(stands, isLicensed) });
    } finally {
      await bill?.release();
    }
  };
}

/** What does not answer in time is not confirmed: that ends what needs a licence, and nothing else. */
async function inTime(stands: () => Promise<void>, isLicensed: boolean): Promise<void> {
  const late = sleep(STANDS_LIMIT_MS, "late", { ref: false });
  if ((await Promise.race([stands(), late])) === "late" && isLicensed) {
    throw new HubError("ACCESS_UNCONFIRMED", "The hub cannot confirm access at the moment.", { retryAfter: 1 });
  }
}

/** Changes with what was asked, with each publication, and with each window that ends. */
function versionOf(
  { head, format, period, area, step, version: one }: ExportQuestion,
  question: Question | null,
): string {
  const to = question === null ? 0 : (question.windows.leaves.at(-1)?.to ?? 0);
  const shown = question?.step ?? step;
  const version = [head.slug, format, period.from, question === null ? period.to : to, area, shown, one, head.newest];
  return `W/"${createHash("sha256").update(JSON.stringify(version)).digest("base64url").slice(0, 22)}"`;
}
