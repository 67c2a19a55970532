import { makeCity, type TestCity } from "../../support/city.ts";
import type { Databases } from "../../support/databases.ts";
import { post } from "../../support/http.ts";
import { type Customer, licensed, sellOnly } from "../../support/licensed.ts";
import { published, release } from "../../support/released.ts";

export const TIME_ZONE = "Asia/Seoul";
const HOUR = 3_600_000;
const SQUARES = ["a-square", "b-square"];

/** A city with one licensed dataset: two places, some hours of released values; and one that is open. */
export type World = {
  city: TestCity;
  dataset: string;
  open: string;
  /** the first and last hours as a question's period */
  period(hours: number): { from: string; to: string };
  customer(quota: number): Promise<Customer>;
};

/** @param hours how many windows are released, up to the last full hour but one */
export async function makeWorld({ hub }: Databases, hours: number): Promise<World> {
  const plan = { statistic: "PRESENCE", step: "PT1H", bound: 1, epsilonMicro: 100_000, zones: SQUARES } as const;
  const city = await makeCity(hub, {
    timeZone: TIME_ZONE,
    zones: SQUARES.map((slug) => ({ slug, kind: "PLAZA" as const })),
    plans: [
      { name: "sold", ...plan },
      { name: "open", ...plan },
    ],
  });
  const start = Math.floor(Date.now() / HOUR) * HOUR - (hours + 1) * HOUR;
  for (const name of ["sold", "open"]) {
    for (let nth = 0; nth < hours; nth++) {
      const window = { from: start + nth * HOUR, to: start + (nth + 1) * HOUR };
      await release(hub, city.plans[name]?.number ?? 0, window, TIME_ZONE, [100 + nth, 200 + nth]);
    }
  }
  const dataset = `${city.slug}-sold`;
  await sellOnly(hub, dataset);
  await hub.query("SELECT market.raise_access()");
  await published();
  const iso = (at: number) => new Date(at).toISOString();
  return {
    city,
    dataset,
    open: `${city.slug}-open`,
    period: (count) => ({ from: iso(start), to: iso(start + count * HOUR) }),
    customer: (quota) => licensed(hub, { dataset, quota }),
  };
}

export const SERIES = `query ($dataset: String!, $period: PeriodInput!) {
  dataset(slug: $dataset) { series(period: $period) { columns { start place value } } } }`;

export type Cost = { requested: number; actual: number; remaining: number; resetAt: string };
export type Told = {
  status: number;
  data: { dataset: { series: { columns: { value: number[] } } | null } | null } | null;
  code: string | null;
  message: string;
  cost: Cost | null;
  /** ids of the usage events */
  usage: string[];
};

/** Asks the graph with a key; the answer as a customer's program reads it. @throws when it was cut */
export async function askAs(
  url: string,
  key: string | null,
  query: string,
  variables: Record<string, unknown>,
  timeoutMs = 30_000,
): Promise<Told> {
  const headers = { "content-type": "application/json", ...(key !== null && { authorization: `Bearer ${key}` }) };
  const answer = await post(`${url}/graphql`, headers, Buffer.from(JSON.stringify({ query, variables })), timeoutMs);
  const body = JSON.parse(answer.text) as {
    data?: Told["data"];
    errors?: { message: string; extensions: { code: string } }[];
    code?: string;
    detail?: string;
    extensions?: { cost?: Cost };
  };
  const [error] = body.errors ?? [];
  return {
    status: answer.status,
    data: body.data ?? null,
    code: error?.extensions.code ?? body.code ?? null,
    message: error?.message ?? body.detail ?? "",
    cost: body.extensions?.cost ?? null,
    usage: String(answer.headers["madang-usage"] ?? "")
      .split(", ")
      .filter((id) => id !== ""),
  };
}
