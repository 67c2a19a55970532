// The whole graph, asked by somebody for whom there is no view of any dataset: no value comes. And by everyone as it is:
// values come of every type that has some, and none is read before it was asked whether it may be.
import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";
import { ANONYMOUS } from "../../../core/licence/principal.ts";
import { createLog } from "../../../runtime/log.ts";
import type { Client, Queryable } from "../../../runtime/postgres.ts";
import { NO_LICENCES } from "../../../schema/access.ts";
import { READERS, VALUES } from "../../../schema/released.ts";
import { subgraphs } from "../../../schema/subgraphs.ts";
import { createGateway, type Gateway } from "../../../server/gateway/gateway.ts";
import { hostSubgraph, type SubgraphServer } from "../../../server/subgraphs/host.ts";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { objectsOf, type Question, questionsOf } from "./questions.ts";

const HOUR = 3_600_000;
const sdl = (name: string) => readFileSync(new URL(`../../../schema/sdl/${name}.graphqls`, import.meta.url), "utf8");
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === 0 || (Array.isArray(value) && value.every(isNothing));

scenario("a walk through the whole graph", (environment) => {
  const log = createLog("walk-test", "silent");
  const now = Date.now();
  const iso = (at: number) => new Date(at).toISOString();
  let stores: Databases;
  let client: Client;
  let servers: SubgraphServer[];
  let gateway: Gateway;
  let questions: Question[];
  let skipped: string[];

  beforeAll(async () => {
    stores = openDatabases(environment);
    client = await stores.hub.connect();
    const hosted = await Promise.all(
      subgraphs.map(async (part) => [part.name, await hostSubgraph(part, log)] as const),
    );
    servers = hosted.map(([, server]) => server);
    gateway = createGateway({
      supergraph: sdl("supergraph"),
      local: new Map(hosted),
      remote: new Map(),
      internalKey: "",
      log,
    });
    const { rows } = await client.query<{ id: string }>(
      // One of each kind of values is enough.
      `SELECT DISTINCT ON (d.kind, p.statistic) d.id FROM hub.dataset d LEFT JOIN hub.plan p ON p.dataset_id = d.id
        WHERE d.city_id = 'sangmu' ORDER BY d.kind, p.statistic, d.tier, d.id`,
    );
    const made = questionsOf(buildSchema(sdl("api")), {
      city: "sangmu",
      zone: "hanmadang",
      datasets: rows.map(({ id }) => id),
      period: { from: iso(now - 24 * HOUR), to: iso(now) },
    });
    questions = made.asked;
    skipped = made.skipped;
  });
  afterAll(async () => {
    await gateway.dispose();
    await Promise.all(servers.map((server) => server.stop()));
    client.release();
    await stores.close();
  });

  /** Asks in this process, on one connection; answers the values that came, by type and field, and what was read unasked. */
  async function walk() {
    const came = new Map<string, Question>();
    const unasked: string[] = [];
    let last: Promise<unknown> = Promise.resolve();
    for (const question of questions) {
      const ran: string[] = [];
      const hub = {
        query: (asked: { name?: string; text: string; values?: unknown[] }) => {
          if (READERS.includes(asked.name ?? "") && !ran.includes("access-facts"))
            unasked.push(`${asked.name}: ${question.query}`);
          ran.push(asked.name ?? "");
          // One after another: all of a walk is one transaction.
          const answer = last.then(() => client.query(asked));
          last = answer.catch(() => {});
          return answer;
        },
      } as unknown as Queryable;
      const answer = await gateway.ask(
        {
          url: "http://test.invalid/graphql",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ query: question.query }),
        },
        { hub, now: () => now, principal: ANONYMOUS, access: NO_LICENCES },
      );
      const { data } = JSON.parse(answer.body) as { data?: unknown };
      for (const { type, object } of objectsOf(data)) {
        for (const field of VALUES[type] ?? []) if (!isNothing(object[field])) came.set(`${type}.${field}`, question);
      }
    }
    return { came, unasked };
  }

  test("reaches every field but those that need the id of something", () => {
    expect(questions.length).toBeGreaterThan(150);
    expect(skipped.filter((field) => !/^Query\.|^Licence\.|^Viewer\./.test(field))).toEqual([]);
  });

  test("finds values of every kind where there are open views, and none was read before it was asked for", async () => {
    const { came, unasked } = await walk();
    expect(unasked).toEqual([]);
    const types = new Set([...came.keys()].map((field) => field.split(".")[0]));
    expect([...types].sort()).toEqual(Object.keys(VALUES).sort());
  }, 300_000);

  test("finds none where there is no view of any dataset", async () => {
    await client.query("BEGIN");
    try {
      await client.query("DELETE FROM hub.dataset_view");
      const { came } = await walk();
      expect([...came].map(([field, { query }]) => `${field}: ${query}`)).toEqual([]);
    } finally {
      await client.query("ROLLBACK");
    }
  }, 300_000);
});
