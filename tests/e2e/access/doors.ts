import type { Answer } from "../graph/ask.ts";

/** Asks the graph as somebody: `bearer` a key or token, null nobody. */
export async function askAs(
  url: string,
  bearer: string | null,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer & { status: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const told = (await response.json()) as Answer & { code?: string; detail?: string };
  // A door answers a problem where the question never reached the graph.
  const { code, detail = "", errors } = told;
  const refused = code === undefined ? errors : [{ message: detail, extensions: { code, action: "" } }];
  return { data: told.data ?? null, ...(refused && { errors: refused }), status: response.status };
}

export const exportAs = (url: string, bearer: string | null, path: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/exports/${path}`, {
    headers: { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...headers },
  });

export const SERIES = `query ($dataset: String!, $area: AreaInput, $period: PeriodInput!, $step: Duration) {
  dataset(slug: $dataset) { series(area: $area, period: $period, step: $step) {
    step columns { start place signed withheld } } } }`;

export type Columns = { step: string; columns: { start: number[]; place: string[]; signed: (number | null)[] } };

/** The series of an answer, null when there is none. */
export const seriesOf = (answer: Answer): Columns | null =>
  ((answer.data as { dataset?: { series?: Columns | null } | null } | null | undefined)?.dataset?.series ??
    null) as Columns | null;

/** Code and rule of the first error. */
export function refusalOf({ errors }: Answer): string | null {
  const [first] = errors ?? [];
  return first === undefined ? null : `${first.extensions.code} ${first.extensions.errors?.[0]?.rule ?? ""}`.trim();
}
