// The same questions through a gateway with all subgraphs in its process and through one that reaches each over HTTP.
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ANONYMOUS } from "../../../core/licence/principal.ts";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { NO_LICENCES } from "../../../schema/access.ts";
import type { Context } from "../../../schema/context.ts";
import { subgraphs } from "../../../schema/subgraphs.ts";
import { createGateway, type Gateway } from "../../../server/gateway/gateway.ts";
import { hostSubgraph, type SubgraphServer } from "../../../server/subgraphs/host.ts";
import { serveSubgraph } from "../../../server/subgraphs/http.ts";
import { scenario } from "../../support/environment.ts";

const now = Date.now();
const KEY = "the key of this test's own gateway and subgraphs";
const PERIOD = { from: new Date(now - 6 * 3_600_000).toISOString(), to: new Date(now).toISOString() };

const QUESTIONS = [
  "{ cities { slug name { ko en } bounds } }",
  `{ zone(slug: "hanmadang", city: "sangmu") { name { en } crowd { value level window { from to } }
     mobility { stations { slug } } incidents { open recent(first: 3) { nodes { title { ko } zone { parent { slug } } } } } } }`,
  `query ($period: PeriodInput!) { dataset(slug: "sangmu-plaza-crowd") { provider { name { en } offers { tier } }
     series(period: $period) { columns { start place value withheld } coverage { expected present } provenance { releases } } } }`,
  "{ datasets(first: 5) { totalCount facets { domain { key count } } nodes { slug latest(first: 2) { nodes { value zone { slug } } } } } }",
  "{ releases(first: 3) { nodes { dataset { title { en } } window { from to } logIndex } } populations { slug controller { slug } } }",
  "{ datasets(first: 0) { nodes { slug } } }",
  '{ dataset(slug: "sangmu-people-flow") { series(period: { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }) { step } } }',
  "{ nothing }",
];

scenario("one process or several", ({ hubDatabase }) => {
  const log = createLog("split-test", "silent");
  const supergraph = readFileSync(new URL("../../../schema/sdl/supergraph.graphqls", import.meta.url), "utf8");
  let hub: Pool;
  let context: () => Context;
  let servers: Map<string, SubgraphServer>;
  const listening: Server[] = [];
  let together: Gateway;
  let split: Gateway;

  beforeAll(async () => {
    hub = createPool(hubDatabase, { name: "split-test", log });
    context = () => ({ hub, now: () => now, principal: ANONYMOUS, access: NO_LICENCES });
    servers = new Map(
      await Promise.all(subgraphs.map(async (part) => [part.name, await hostSubgraph(part, log)] as const)),
    );
    const remote = new Map<string, string>();
    for (const [name, server] of servers) {
      const http = serveSubgraph(server, { name, internalKey: KEY, now: () => now, context });
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      listening.push(http);
      remote.set(name, `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`);
    }
    together = createGateway({ supergraph, local: servers, remote: new Map(), internalKey: KEY, log });
    split = createGateway({ supergraph, local: new Map(), remote, internalKey: KEY, log });
  });

  afterAll(async () => {
    await Promise.all([together.dispose(), split.dispose()]);
    for (const http of listening) {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    }
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await hub.end();
  });

  const ask = async (gateway: Gateway, query: string) => {
    const body = JSON.stringify({ query, variables: query.includes("$period") ? { period: PERIOD } : {} });
    const answer = await gateway.ask(
      { url: "http://test.invalid/graphql", headers: { "content-type": "application/json" }, body },
      context(),
    );
    return JSON.parse(answer.body) as { data?: unknown; errors?: unknown };
  };

  test.each(QUESTIONS)("answer %s alike", async (query) => {
    const [one, several] = [await ask(together, query), await ask(split, query)];
    expect(several).toEqual(one);
    expect(one.data !== null && one.data !== undefined ? one.data : one.errors).toBeTruthy();
  });

  test("a subgraph that is away leaves the others' answers", async () => {
    const remote = new Map([["crowd", "http://127.0.0.1:9/graphql"]]);
    const local = new Map([...servers].filter(([name]) => name !== "crowd"));
    const partial = createGateway({ supergraph, local, remote, internalKey: KEY, log });
    const answer = await ask(
      partial,
      '{ zone(slug: "hanmadang", city: "sangmu") { name { en } crowd { level } incidents { open } } }',
    );
    expect(answer).toMatchObject({
      data: { zone: { name: { en: expect.any(String) }, crowd: null, incidents: { open: expect.any(Number) } } },
      errors: [{ path: ["zone", "crowd"], extensions: { code: "UNAVAILABLE" } }],
    });
    await partial.dispose();
  });
});
