import { formatInstant } from "../../core/time.ts";
import { type ZoneRow, zoneRows } from "../../schema/catalog/rows.ts";
import type { Context } from "../../schema/context.ts";
import type { Question } from "../../schema/series/read.ts";
import type { ExportQuestion, Head } from "./question.ts";
import { availability, events, seriesValues, type Value } from "./rows.ts";

type Feature = { type: "Feature"; geometry: object | null; properties: Record<string, unknown> };

/** The export as one FeatureCollection (RFC 7946), part by part; licence and attribution are foreign members on top. */
export async function* geojson(
  asked: ExportQuestion,
  question: Question | null,
  context: Context,
): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection",${JSON.stringify(metadata(asked.head, question?.step ?? null)).slice(1, -1)},"features":[`;
  let comma = "\n";
  for await (const features of featuresOf(asked, question, context)) {
    for (const feature of features) {
      yield `${comma}${JSON.stringify(feature)}`;
      comma = ",\n";
    }
  }
  yield "\n]}\n";
}

const metadata = (head: Head, step: string | null) => ({
  dataset: head.slug,
  title: { ko: head.titleKo, en: head.titleEn },
  attribution: head.attribution,
  licence: { name: head.licenceName, url: head.licenceUrl },
  isSynthetic: head.isSynthetic,
  ...(step !== null && { step }),
});

const time = (ms: number | null): string | null => (ms === null ? null : formatInstant(ms));

async function* featuresOf(
  asked: ExportQuestion,
  question: Question | null,
  context: Context,
): AsyncGenerator<Feature[]> {
  if (question !== null) yield* placeFeatures(asked, question, context);
  else if (asked.head.kind === "EVENTS") {
    for await (const rows of events(asked, context)) {
      yield rows.map(({ geometry, from, to, position: _position, ...properties }) => ({
        type: "Feature",
        geometry,
        properties: { start: time(from), end: time(to), ...properties },
      }));
    }
  } else {
    for await (const rows of availability(asked, context)) {
      yield rows.map(({ geometry, at, position: _position, ...properties }) => ({
        type: "Feature",
        geometry,
        properties: { at: time(at), ...properties },
      }));
    }
  }
}

/** One feature a place and category with its whole series in `values`; an origin-destination pair is a line a window. */
async function* placeFeatures(
  { head }: ExportQuestion,
  question: Question,
  context: Context,
): AsyncGenerator<Feature[]> {
  const zones = await zoneRows(context, null, null, null, null, null, head.slug, null, null, false, null);
  const bySlug = new Map(zones.map((zone) => [zone.slug, zone]));
  if (head.threshold !== null) {
    for await (const values of seriesValues(question, context)) yield values.map((value) => pairFeature(value, bySlug));
    return;
  }
  const asked = question.places.slugs ?? zones.map(({ slug }) => slug);
  for (const slug of asked) {
    const byCategory = new Map<string | null, Value[]>();
    const [plan, ...older] = question.plans;
    const cells = Math.max(1, Math.round(plan.cells / Math.max(1, plan.places)));
    const one: Question = {
      ...question,
      plans: [{ ...plan, cells }, ...older],
      places: { slugs: [slug], total: null },
    };
    for await (const values of seriesValues(one, context)) {
      for (const value of values) {
        const known = byCategory.get(value.category);
        if (known === undefined) byCategory.set(value.category, [value]);
        else known.push(value);
      }
    }
    yield [...byCategory].map(([category, values]) => placeFeature(bySlug.get(slug), slug, category, values));
  }
}

function placeFeature(
  zone: ZoneRow | undefined,
  slug: string,
  category: string | null,
  values: readonly Value[],
): Feature {
  return {
    type: "Feature",
    geometry: zone?.geometry ?? null,
    properties: {
      place: slug,
      name: zone?.name ?? null,
      ...(category !== null && { category }),
      values: values.map(({ start, end, value, lower95, upper95, signed, withheld, version }) => ({
        start: time(start),
        end: time(end),
        value,
        lower95,
        upper95,
        signed,
        withheld,
        version,
      })),
    },
  };
}

function pairFeature(pair: Value, bySlug: ReadonlyMap<string, ZoneRow>): Feature {
  const origin = bySlug.get(pair.place ?? "")?.centre;
  const destination = bySlug.get(pair.destination ?? "")?.centre;
  const { start, end, category: _category, ...properties } = pair;
  return {
    type: "Feature",
    geometry: origin && destination ? { type: "LineString", coordinates: [origin, destination] } : null,
    properties: { start: time(start), end: time(end), ...properties },
  };
}
