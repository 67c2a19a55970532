/** What the page shows, as a question. */
export type Question = {
  readonly dataset: string;
  readonly place: string | undefined;
  readonly from: string;
  readonly to: string;
};

/** A GraphQL document with its arguments written in, ready for any client. */
export function graphqlOf({ dataset, place, from, to }: Question): string {
  const area = place ? `area: { places: [${JSON.stringify(place)}] }, ` : "";
  return `{
  dataset(slug: ${JSON.stringify(dataset)}) {
    series(${area}period: { from: "${from}", to: "${to}" }) {
      columns { start value lower95 upper95 withheld }
      uncertainty { halfWidth95 }
    }
  }
}`;
}

/** The same question as one command line; the document has no apostrophe, so that single quotes hold it. */
export function curlOf(question: Question, origin: string): string {
  const body = JSON.stringify({ query: graphqlOf(question).replace(/\s+/g, " ") });
  return `curl -s ${origin}/graphql \\\n  -H 'content-type: application/json' \\\n  -d '${body.replaceAll("'", "\\u0027")}'`;
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
