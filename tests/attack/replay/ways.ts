import { randomInt } from "node:crypto";
import { ask } from "../../support/graphql.ts";

/** The value that the attacker is after, and where it stands. */
export type Target = {
  readonly url: string;
  readonly dataset: string;
  /** Three places; the first is the target's. */
  readonly places: readonly [string, string, string];
  /** Start of the target's window of 15 minutes, and of the hour that it is the first quarter of (epoch ms). */
  readonly start: number;
};

/** One way of asking for the target's signed value, with whatever around it. */
export type Way = (target: Target) => Promise<number>;

const QUARTER = 900_000;
const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

/** A period that holds the target's window, and chance decides what else. */
const around = ({ start }: Target) => ({
  from: iso(start - randomInt(4) * HOUR),
  to: iso(start + QUARTER + randomInt(12) * QUARTER),
});

type Columns = { start: number[]; place: string[]; signed: (number | null)[] };
type Series = { columns: Columns; rows: { nodes: { start: string; place: string; signed: number }[] } };

const valueAt = ({ start, place, signed }: Columns, at: number, where: string): number => {
  const index = start.findIndex((time, n) => time === at && place[n] === where);
  return signed[index] ?? Number.NaN;
};

/** Asks for series of the dataset in one document: by alias, the arguments of each. */
async function series(
  { url, dataset }: Target,
  asked: Record<string, string>,
  selection = "columns { start place signed }",
): Promise<Record<string, Series>> {
  const fields = Object.entries(asked).map(([alias, args]) => `${alias}: series(${args}) { ${selection} }`);
  const query = `query ($dataset: String!) { dataset(slug: $dataset) { ${fields.join(" ")} } }`;
  return (await ask<{ dataset: Record<string, Series> }>(url, query, { dataset })).dataset;
}

const within = ({ from, to }: { from: string; to: string }): string => `period: {from: "${from}", to: "${to}"}`;
const at = (...places: readonly string[]): string => `area: {places: ${JSON.stringify(places)}}`;
const only = ({ start }: Target): string => within({ from: iso(start), to: iso(start + QUARTER) });
const hourOf = ({ start }: Target): string => within({ from: iso(start), to: iso(start + HOUR) });
const first = (series: Series | undefined): number => series?.columns.signed[0] ?? Number.NaN;

/** The dataset's value of one place and window, as a difference of sums: what a tracker of many answers would do. */
export const WAYS: Readonly<Record<string, Way>> = {
  async columns(target) {
    const [place, ...others] = target.places;
    const { s } = await series(target, { s: `${within(around(target))} ${at(place, ...others.slice(randomInt(3)))}` });
    return s === undefined ? Number.NaN : valueAt(s.columns, target.start, place);
  },
  async "all places"(target) {
    const { s } = await series(target, { s: within(around(target)) }, "columns { start place signed value lower95 }");
    return s === undefined ? Number.NaN : valueAt(s.columns, target.start, target.places[0]);
  },
  async rows(target) {
    const selection = "rows(first: 100) { nodes { start place signed } }";
    const { s } = await series(target, { s: `${within(around(target))} ${at(target.places[0])}` }, selection);
    return s?.rows.nodes.find(({ start }) => Date.parse(start) === target.start)?.signed ?? Number.NaN;
  },
  async "twice in one document"(target) {
    const [place] = target.places;
    const args = `${only(target)} ${at(place)}`;
    const { a, b } = await series(target, { a: args, b: `${args} step: "PT15M"` });
    return first(a) === first(b) ? first(a) : Number.NaN;
  },
  async "difference of places"(target) {
    const [, second, third] = target.places;
    const { all, b, c } = await series(target, {
      all: `${only(target)} area: {places: ${JSON.stringify(target.places)}, sum: true}`,
      b: `${only(target)} ${at(second)}`,
      c: `${only(target)} ${at(third)}`,
    });
    return first(all) - first(b) - first(c);
  },
  async "difference of windows"(target) {
    const [place] = target.places;
    const { hour, rest } = await series(target, {
      hour: `${hourOf(target)} ${at(place)} step: "PT1H"`,
      rest: `${within({ from: iso(target.start + QUARTER), to: iso(target.start + HOUR) })} ${at(place)}`,
    });
    return first(hour) - (rest?.columns.signed.reduce((sum: number, value) => sum + (value ?? Number.NaN), 0) ?? 0);
  },
  async zone(target) {
    const { s } = await series(target, { s: `${only(target)} area: {zone: "${target.places[0]}"}` });
    return first(s);
  },
  async csv(target) {
    const lines = (await download(target, "csv")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const [head = "", ...rows] = lines.map((line) => line.split(","));
    const column = (name: string): number => head.indexOf(name);
    const row = rows.find(
      (cells) =>
        Date.parse(cells[column("start")] ?? "") === target.start && cells[column("place")] === target.places[0],
    );
    return Number(row?.[column("signed")] ?? Number.NaN);
  },
  async geojson(target) {
    const { features } = JSON.parse(await download(target, "geojson")) as { features: Feature[] };
    const [place] = target.places;
    const values = features.find(({ properties }) => properties.place === place)?.properties.values;
    return values?.find(({ start }) => Date.parse(start) === target.start)?.signed ?? Number.NaN;
  },
};

type Feature = { properties: { place: string; values: { start: string; signed: number }[] } };

async function download(target: Target, format: string): Promise<string> {
  const query = new URLSearchParams(around(target));
  if (randomInt(2) === 0) query.set("area", target.places[0]);
  const answer = await fetch(`${target.url}/exports/${target.dataset}.${format}?${query}`);
  if (!answer.ok) throw new Error(`${format}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

/** Asks so many times, in every way by turns. */
export async function askOften(target: Target, times: number): Promise<number[]> {
  const ways = Object.values(WAYS);
  const answers: number[] = [];
  const next = Array.from({ length: times }, (_, n) => ways[n % ways.length]);
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let way = next.pop(); way !== undefined; way = next.pop()) answers.push(await way(target));
    }),
  );
  return answers;
}
