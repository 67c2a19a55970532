/** One question to the hub's graph as a program asks it: with a key in the Authorization header, or without one. */
export type Asked = {
  /** Values of the answer, also withheld ones; 0 when it was refused. */
  values: number;
  /** Steps of the windows in minutes. */
  step: number | null;
  /** The code of the first error. */
  code: string | null;
};

const DATASET = "sangmu-freight";
const HOUR = 3_600_000;

const SERIES = `query ($places: [String!], $period: PeriodInput!, $step: Duration) {
  dataset(slug: "${DATASET}") {
    series(area: { places: $places }, period: $period, step: $step) { columns { start end value } }
  }
}`;

type Answer = {
  data?: { dataset: { series: { columns: { start: number[]; end: number[] } } | null } | null } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
  code?: string;
};

export type Question = { place: string; period: { from: string; to: string }; step?: string };

/** Asks for the passages of a place in a period. */
export async function askSeries(hub: string, key: string | null, { place, period, step }: Question): Promise<Asked> {
  const response = await fetch(`${hub}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key !== null && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query: SERIES, variables: { places: [place], period, step: step ?? null } }),
  });
  const { data, errors, code } = (await response.json()) as Answer;
  const columns = data?.dataset?.series?.columns;
  const [start, end] = [columns?.start[0], columns?.end[0]];
  return {
    values: columns?.start.length ?? 0,
    step: start === undefined || end === undefined ? null : (end - start) / 60_000,
    code: errors?.[0]?.extensions?.code ?? code ?? (errors ? "UNKNOWN" : null),
  };
}

/** A local calendar day of the sample city (Asia/Seoul, no daylight saving) as a period. */
export function periodOf(day: string): { from: string; to: string } {
  const from = Date.parse(`${day}T00:00:00+09:00`);
  return { from: new Date(from).toISOString(), to: new Date(from + 24 * HOUR).toISOString() };
}

/** The local day of an instant, some days before. */
export const dayOf = (at: number, before = 0): string =>
  new Date(at + 9 * HOUR - before * 24 * HOUR).toISOString().slice(0, 10);

export type Place = { slug: string; name: { en: string } };

/** Two places of the dataset and the last day that has ended and was released in whole. */
export async function released(hub: string): Promise<{ places: [Place, Place]; day: string }> {
  const response = await fetch(`${hub}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: `{ dataset(slug: "${DATASET}") { extent { to } places(first: 2) { nodes { slug name { en } } } } }`,
    }),
  });
  const { data } = (await response.json()) as {
    data: { dataset: { extent: { to: string } | null; places: { nodes: Place[] } } };
  };
  const { extent, places } = data.dataset;
  const [one, other] = places.nodes;
  if (!extent || !one || !other) throw new Error(`${DATASET} has no released values or fewer than two places`);
  return { places: [one, other], day: dayOf(Date.parse(extent.to), 1) };
}
