import { text } from "./readable.ts";

type Answer = { data?: unknown; errors?: { message: string }[] };

const DOCUMENTS = (slug: string): Record<string, string> => ({
  releases: `{ releases(first: 100) { nodes { publishedAt window { from to } withheld { reason } logIndex } } }`,
  budget: `{ budget(day: "2026-08-31", population: "${slug}") { debits { epsilon } } }`,
  leaves: `{ logLeaves(first: 100) { nodes { index } } }`,
  ...Object.fromEntries(
    ["flow", "crowd", "month"].map((name) => [
      name,
      `{ dataset(slug: "${slug}-${name}") {
         series(period: {from: "2026-08-01T00:00:00Z", to: "2026-09-02T00:00:00Z"}) {
           columns { start end place withheld value } coverage { expected present }
           provenance { releases } uncertainty { halfWidth95 } method { leaves statistic } } } }`,
    ]),
  ),
});

/** What the front door says to anybody: health, graph, downloads with their headers. */
export async function surface(url: string, slug: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const path of ["/healthz", "/readyz"]) found.push([path, await (await fetch(`${url}${path}`)).text()]);
  for (const [name, query] of Object.entries(DOCUMENTS(slug))) {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as Answer;
    if (answer.errors !== undefined)
      throw new Error(`${name}: ${answer.errors.map(({ message }) => message).join("; ")}`);
    found.push([`graph ${name}`, noiseless(text(answer.data, slug))]);
  }
  for (const name of ["flow", "crowd", "month"]) {
    const response = await fetch(`${url}/exports/${slug}-${name}.csv`, { headers: { "accept-encoding": "identity" } });
    const lines = (await response.text()).split("\n").map((line) => line.replace(/(?<=,)-?\d+(?=,)/g, "n"));
    const headers = [...response.headers.keys()].filter((header) => header !== "date").sort();
    found.push([`csv ${name}`, text([response.status, headers, lines], slug)]);
  }
  return found;
}

/** Columns of a series hold noise in lists. */
const noiseless = (json: string): string => json.replaceAll(/"value":\[[^\]]*\]/g, '"value":"noise"');
