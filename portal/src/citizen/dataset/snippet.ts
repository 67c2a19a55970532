import type { AreaInput } from "../../generated/graphql.ts";

/** What the page shows, as a question; `destination` and `category` say which of the answer's parts that is. */
export type Question = {
  readonly dataset: string;
  readonly area: AreaInput | null;
  readonly from: string;
  readonly to: string;
  readonly step: string | null;
  readonly destination: string | null;
  readonly category: string | null;
};

/**
 * A GraphQL document with its arguments written in, ready for any client. The hub answers all parts of a place, so the
 * columns that tell them apart are asked for and a comment says which one the page shows.
 */
export function graphqlOf(question: Question): string {
  const { area, destination, category } = question;
  const shown = [
    ...(destination === null ? [] : [`place ${JSON.stringify(area?.places?.[0] ?? "")}`]),
    ...(destination === null ? [] : [`destination ${JSON.stringify(destination)}`]),
    ...(category === null ? [] : [`category ${JSON.stringify(category)}`]),
  ];
  return `${shown.length > 0 ? `# shown on the page: ${shown.join(", ")}\n` : ""}${documentOf(question)}`;
}

function documentOf({ dataset, area, from, to, step, destination, category }: Question): string {
  const columns = [
    "start",
    ...(destination === null ? [] : ["place", "destination"]),
    ...(category === null ? [] : ["category"]),
    "value lower95 upper95 withheld",
  ];
  const given = [
    ...(area?.places ? [`area: { places: ${JSON.stringify(area.places)}${area.sum ? ", sum: true" : ""} }`] : []),
    `period: { from: "${from}", to: "${to}" }`,
    ...(step === null ? [] : [`step: "${step}"`]),
  ];
  return `{
  dataset(slug: ${JSON.stringify(dataset)}) {
    series(${given.join(", ")}) {
      columns { ${columns.join(" ")} }
      uncertainty { halfWidth95 }
    }
  }
}`;
}

/**
 * The same question as one command line; the document has no apostrophe, so that single quotes hold it.
 * @param withKey names the variable that holds a key: values that are not open to everyone
 */
export function curlOf(question: Question, origin: string, withKey = false): string {
  const body = JSON.stringify({ query: documentOf(question).replace(/\s+/g, " ") });
  const key = withKey ? `  -H "authorization: Bearer $MADANG_KEY" \\\n` : "";
  return `curl -s ${origin}/graphql \\\n${key}  -H 'content-type: application/json' \\\n  -d '${body.replaceAll("'", "\\u0027")}'`;
}

/** The address of an export, limited to a period and a place. */
export function exportHref(
  href: string,
  period: { from: string; to: string } | null,
  place: string | undefined,
): string {
  const query = new URLSearchParams();
  if (period) {
    query.set("from", period.from);
    query.set("to", period.to);
  }
  if (place) query.set("area", place);
  const text = query.toString();
  return text ? `${href}?${text}` : href;
}
