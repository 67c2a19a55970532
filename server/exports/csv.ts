import { formatInstant } from "../../core/time.ts";
import type { Context } from "../../schema/context.ts";
import type { Question } from "../../schema/series/read.ts";
import type { ExportQuestion, Head } from "./question.ts";
import { availability, events, seriesValues } from "./rows.ts";

type Field = string | number | null;

/** One line of RFC 4180 with LF. */
export const line = (fields: readonly Field[]): string => `${fields.map(cell).join(",")}\n`;

function cell(field: Field): string {
  if (field === null) return "";
  const text = String(field);
  // A spreadsheet takes a text that begins so for a formula, in full width and behind white space too.
  const safe = typeof field === "string" && /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What stands above the columns: whose data, under which licence, how exact. Each line begins with `#`. */
export function preamble(head: Head, step: string | null = null): string {
  const facts = [
    `dataset: ${head.slug}: ${head.titleEn} / ${head.titleKo}`,
    `attribution: ${head.attribution}`,
    `licence: ${head.licenceName}${head.licenceUrl === null ? "" : ` ${head.licenceUrl}`}`,
    ...(head.isSynthetic ? ["synthetic: made by a simulator, not observed"] : []),
    ...(head.halfWidth95 === null
      ? []
      : [
          `uncertainty: lower95 and upper95 cover the noise only; contributions beyond the plan's bound are not counted`,
          `to sum values, sum the column signed`,
          `version: of the release plan or of its correction, the newest that was released of each window; ?version= asks for one alone`,
        ]),
    ...(step === null ? [] : [`step: ${step}`]),
    "times: UTC, windows are [start, end)",
  ];
  return facts.map((fact) => `# ${fact.replace(/[\r\n]+/g, " ")}\n`).join("");
}

const at = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));

/** The export as text, part by part. `question` is null for datasets of facts. */
export async function* csv(asked: ExportQuestion, question: Question | null, context: Context): AsyncGenerator<string> {
  yield preamble(asked.head, question?.step ?? null);
  if (question !== null) {
    yield line([
      "start",
      "end",
      "place",
      "destination",
      "category",
      "value",
      "lower95",
      "upper95",
      "signed",
      "withheld",
      "version",
    ]);
    for await (const values of seriesValues(question, context)) {
      yield values
        .map((v) =>
          line([
            at(v.start),
            at(v.end),
            v.place,
            v.destination,
            v.category,
            v.value,
            v.lower95,
            v.upper95,
            v.signed,
            v.withheld,
            v.version,
          ]),
        )
        .join("");
    }
  } else if (asked.head.kind === "EVENTS") {
    yield line(["start", "end", "place", "kind", "severity", "urgency", "certainty", "geometry", "snapped", "cause"]);
    for await (const rows of events(asked, context)) {
      yield rows
        .map((e) =>
          line([
            ...[at(e.from), at(e.to), e.place, e.kind, e.severity, e.urgency, e.certainty],
            ...[e.geometry === null ? null : JSON.stringify(e.geometry), String(e.snapped), e.cause],
          ]),
        )
        .join("");
    }
  } else {
    yield line(["at", "place", "vehicles", "docks"]);
    for await (const rows of availability(asked, context)) {
      yield rows.map((a) => line([at(a.at), a.place, a.vehicles, a.docks])).join("");
    }
  }
}
