import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon, { type Request } from "autocannon";
import type { Pool } from "../../runtime/postgres.ts";
import { type CitySpec, makeCity, type TestCity } from "../../tests/support/city.ts";
import { type Figure, figure } from "../figures.ts";
import { median, withSpread } from "../statistics.ts";
import type { Bench } from "../suite.ts";

const HOUR = 3_600_000;
const ROWS = 1_000;
/** Rows of a series by pages: a page has at most so many. */
const PAGE = 100;
const PLACES = 20;
const WINDOWS = 1_500;
const FIRST = Date.parse("2026-02-01T00:00:00Z");
const ROUNDS = 5;
const SECONDS = 2;

const CITY: CitySpec = {
  timeZone: "UTC",
  zones: Array.from({ length: PLACES }, (_, at) => ({ slug: `plaza-${letter(at)}`, kind: "PLAZA" as const })),
  plans: [
    {
      name: "series",
      statistic: "PRESENCE",
      step: "PT1H",
      bound: 6,
      epsilonMicro: 600_000,
      zones: Array.from({ length: PLACES }, (_, at) => `plaza-${letter(at)}`),
    },
  ],
};

function letter(at: number): string {
  return String.fromCharCode(97 + at);
}

/** Released values of two months, as the release worker would have left them. */
async function fill(hub: Pool, plan: number): Promise<void> {
  const client = await hub.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    await client.query(
      `WITH windows AS (
         SELECT gen_random_uuid() AS slot, w AS window_start FROM generate_series($2::timestamptz,
           $2::timestamptz + ($3 - 1) * interval '1 hour', interval '1 hour') w),
       leaves AS (
         INSERT INTO open.log_leaf (kind, body, hash)
         SELECT 'RELEASE', jsonb_build_object('slot', slot, 'publishedAt', window_start), sha256(slot::text::bytea)
           FROM windows ORDER BY window_start RETURNING index, body)
       INSERT INTO open.release (slot, plan, window_start, window_end, abandoned, digest, log_index, published_at)
       SELECT slot, $1, window_start, window_start + interval '1 hour', false, '\\x00', index, window_start + interval '2 hours'
         FROM windows JOIN leaves ON body ->> 'slot' = slot::text`,
      [plan, new Date(FIRST), WINDOWS],
    );
    await client.query(
      `INSERT INTO open.observation (plan, cell, window_start, value, published_at)
       SELECT plan, cell, window_start, (200 * (1 + sin(extract(epoch FROM window_start) / 40000)) + cell)::integer, published_at
         FROM open.release CROSS JOIN generate_series(1, $2) AS c (cell) WHERE plan = $1`,
      [plan, PLACES],
    );
    await client.query("COMMIT");
  } finally {
    client.release(true);
  }
  await hub.query("ANALYZE open.observation, open.release");
}

type Span = { place: number; from: number };

/** Every question is another one: a cache or a coalescing proxy must not answer for the database. */
const spans = (): Span[] =>
  Array.from({ length: PLACES * (WINDOWS - ROWS) }, (_, nth) => ({
    place: nth % PLACES,
    from: FIRST + Math.floor(nth / PLACES) * HOUR,
  }));

const period = (from: number, hours: number): string =>
  `{from:"${new Date(from).toISOString()}",to:"${new Date(from + hours * HOUR).toISOString()}"}`;

const jsonPost = (path: string, body: unknown): Request => ({
  method: "POST",
  path,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const COLUMNS = `query ($dataset: String!, $place: String!, $from: DateTime!, $to: DateTime!) {
  dataset(slug: $dataset) {
    series(area: { places: [$place] }, period: { from: $from, to: $to }) { columns { start value lower95 upper95 } }
  }
}`;

type Way = { name: string; url: string; request(span: Span): Request; answers(body: string): boolean };

function ways(url: string, plain: string, city: TestCity): Record<"plain" | "columns" | "rows", Way> {
  const plan = city.plans["series"];
  if (plan === undefined) throw new Error("the city has no series");
  const place = (span: Span): string => `plaza-${letter(span.place)}`;
  const clean = (body: string): boolean => body.startsWith('{"data"') && !body.includes('"errors"');
  return {
    plain: {
      name: "plain",
      url: plain,
      request: (span) =>
        jsonPost("/", {
          plan: plan.number,
          cell: span.place + 1,
          from: new Date(span.from),
          to: new Date(span.from + ROWS * HOUR),
        }),
      answers: (body) => body.length > ROWS * 40,
    },
    columns: {
      name: "columns",
      url,
      request: (span) =>
        jsonPost("/graphql", {
          query: COLUMNS,
          variables: {
            dataset: plan.dataset,
            place: place(span),
            from: new Date(span.from),
            to: new Date(span.from + ROWS * HOUR),
          },
        }),
      answers: (body) => clean(body) && body.length > ROWS * 20,
    },
    rows: {
      name: "rows",
      url,
      request: (span) => {
        const pages = Array.from(
          { length: ROWS / PAGE },
          (_, page) =>
            `p${page}: series(area:{places:["${place(span)}"]}, period:${period(span.from + page * PAGE * HOUR, PAGE)})` +
            ` { rows(first: ${PAGE}) { nodes { start value lower95 upper95 } } }`,
        );
        return jsonPost("/graphql", { query: `{ dataset(slug:"${plan.dataset}") { ${pages.join(" ")} } }` });
      },
      answers: (body) => clean(body) && body.length > ROWS * 40,
    },
  };
}

/** Requests a second of one way, each connection with questions of its own. */
async function measure(way: Way, connections: number, asked: Request[]): Promise<number> {
  let client = 0;
  const result = await autocannon({
    url: way.url,
    connections,
    duration: SECONDS,
    setupClient(each) {
      const mine = client++;
      each.setRequests(asked.filter((_, at) => at % connections === mine));
    },
    verifyBody: way.answers,
  });
  if (result.errors + result.non2xx + result.mismatches > 0) {
    throw new Error(
      `${way.name}: ${result.errors} errors, ${result.non2xx} refused, ${result.mismatches} wrong answers`,
    );
  }
  return result.requests.total / result.duration;
}

/** A series of 1 000 windows with 4 columns through the gateway, against plain node and pg on the same view. */
export async function seriesFigures(bench: Bench): Promise<Figure[]> {
  const city = await makeCity(bench.databases.hub, CITY);
  await fill(bench.databases.hub, city.plans["series"]?.number ?? 0);
  const peer = spawn(process.execPath, [fileURLToPath(new URL("./plain.ts", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] ?? "", HUB_DATABASE_URL: bench.hubDatabase },
  });
  try {
    const port = await firstLine(peer);
    const all = ways(bench.url, `http://127.0.0.1:${port}`, city);
    const figures: Figure[] = [];
    for (const connections of [1, 16]) figures.push(...(await compare(bench, all, connections)));
    return figures;
  } finally {
    peer.stdin?.end();
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the peer has an output");
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return chunk.toString("utf8").trim();
}

async function compare(bench: Bench, all: ReturnType<typeof ways>, connections: number): Promise<Figure[]> {
  const asked = spans();
  const rates = { plain: [] as number[], columns: [] as number[], rows: [] as number[] };
  const names = ["plain", "columns", "rows"] as const;
  const requests = Object.fromEntries(names.map((name) => [name, asked.map(all[name].request)]));
  for (let round = 0; round <= ROUNDS; round++) {
    bench.say(`series, ${connections} connections, round ${round} of ${ROUNDS}`);
    for (const name of names) {
      // Each round asks from another place in the list on.
      const list = requests[name] ?? [];
      const turn = Math.floor((round * list.length) / (ROUNDS + 1));
      const rate = await measure(all[name], connections, [...list.slice(turn), ...list.slice(0, turn)]);
      if (round > 0) rates[name].push(rate);
    }
  }
  const over = (way: "columns" | "rows"): number[] =>
    rates[way].map((rate, round) => rate / (rates.plain[round] ?? Number.NaN));
  const at = `${connections} connection${connections === 1 ? "" : "s"}`;
  const value = `${ROWS} windows × 4 values`;
  return [
    figure(`series plain node + pg, ${at}`, median(rates.plain), "1/s", "higher", {
      note: `${value}, rows by JSON.stringify; ${withSpread(rates.plain)}`,
    }),
    figure(`series by columns, ${at}`, median(rates.columns), "1/s", "higher", { note: withSpread(rates.columns) }),
    figure(`series by rows, ${at}`, median(rates.rows), "1/s", "higher", {
      note: `${ROWS / PAGE} pages of ${PAGE} in one request; ${withSpread(rates.rows)}`,
    }),
    figure(`columns ÷ plain, ${at}`, median(over("columns")), "ratio", "higher", {
      target: 1,
      note: withSpread(over("columns")),
    }),
    figure(`rows ÷ plain, ${at}`, median(over("rows")), "ratio", "higher", { note: withSpread(over("rows")) }),
  ];
}
