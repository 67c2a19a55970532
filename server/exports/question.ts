import { HubError } from "../../core/errors.ts";
import { parseInstant, type TimeWindow } from "../../core/time.ts";
import { type AccessQuestion, requireReadable } from "../../schema/access.ts";
import type { Context } from "../../schema/context.ts";
import { query } from "../../schema/query.ts";

export type Format = "csv" | "geojson";

export type Head = {
  slug: string;
  titleKo: string;
  titleEn: string;
  kind: "NOISED" | "EVENTS" | "AVAILABILITY";
  tier: string;
  licenceName: string;
  licenceUrl: string | null;
  attribution: string;
  isSynthetic: boolean;
  step: string | null;
  halfWidth95: number | null;
  threshold: number | null;
  cells: number | null;
  newest: string;
};

export type ExportQuestion = {
  head: Head;
  format: Format;
  period: TimeWindow;
  area: string[] | null;
  step: string | null;
  /** one version of the release plan alone; null: of each window the newest */
  version: number | null;
  /** what was asked of a dataset of facts, and what it counts under; a series asks for itself */
  access: AccessQuestion;
  licence: string | null;
};

const heads = query<Head, [dataset: string]>(new URL("./export-head.sql", import.meta.url));

const NAMES = new Set(["from", "to", "area", "step", "version"]);

/**
 * Reads `/exports/<dataset>.<csv|geojson>?from&to&area&step&version`. Without `from` all that was released, without `to` up to now;
 * `area` is a comma list of places.
 * @throws HubError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, PERIOD_INVALID
 */
export async function exportQuestion(url: URL, context: Context): Promise<ExportQuestion> {
  const match = /^\/exports\/([a-z0-9][a-z0-9_-]{0,99})\.(csv|geojson)$/.exec(url.pathname);
  if (match === null) throw new HubError("NOT_FOUND", "An export is /exports/<dataset>.csv or .geojson.");
  const [, slug = "", format] = match;
  for (const name of url.searchParams.keys()) {
    if (!NAMES.has(name)) throw bad("query", `from, to, area, step, version`, "leave other parameters out");
  }
  const [head] = await heads(context, slug);
  if (head === undefined) throw new HubError("NOT_FOUND", "There is no such dataset.");
  const period = { from: instant(url, "from") ?? 0, to: instant(url, "to") ?? context.now() };
  if (period.from >= period.to) {
    throw new HubError("PERIOD_INVALID", "`from` must lie before `to`.", { field: "from" });
  }
  const areas = url.searchParams
    .get("area")
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const area = areas === undefined || areas.length === 0 ? null : areas;
  const step = url.searchParams.get("step");
  if (step !== null && head.kind !== "NOISED") throw bad("step", "for released counts alone", "leave step out");
  const version = url.searchParams.get("version");
  if (version !== null && (head.kind !== "NOISED" || !/^[1-9]\d{0,5}$/.test(version))) {
    throw bad("version", "a version of the release plan", "take it from the column version, or leave it out");
  }
  const access = { dataset: slug, area, period, step: null };
  const granted = head.kind === "NOISED" ? null : await requireReadable(context, access);
  // Rows about things are not made coarser.
  if (granted !== null && granted.step !== null) {
    throw new HubError("LICENCE_SCOPE", "Only coarser values of this may be read.", { field: "dataset" });
  }
  return {
    head,
    format: format === "csv" ? "csv" : "geojson",
    period:
      granted !== null && granted.until < context.now()
        ? { ...period, to: Math.min(period.to, granted.until) }
        : period,
    access,
    licence: granted?.licence ?? null,
    area,
    step,
    version: version === null ? null : Number(version),
  };
}

function instant(url: URL, name: "from" | "to"): number | null {
  const text = url.searchParams.get(name);
  if (text === null) return null;
  const parsed = parseInstant(text.replace(/ (?=\d\d:\d\d$)/, "+"));
  if (parsed === null) throw bad(name, "RFC 3339 with seconds and an offset", "write it as 2026-11-21T09:00:00Z");
  return parsed;
}

const bad = (field: string, rule: string, fix: string): HubError =>
  new HubError("BAD_USER_INPUT", `The parameter ${field} is not valid.`, { field, rule, fix });
