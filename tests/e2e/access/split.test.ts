// Who asks, told to subgraphs of other processes: signed, each for itself, and never mixed up with another.
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ANONYMOUS, type Principal } from "../../../core/licence/principal.ts";
import { createLog } from "../../../runtime/log.ts";
import { subgraphs } from "../../../schema/subgraphs.ts";
import { PRINCIPAL_HEADER, signPrincipal } from "../../../server/access/internal.ts";
import { sessions } from "../../../server/access/sessions.ts";
import { type Watch, watchAccess } from "../../../server/access/watch.ts";
import { createGateway, type Gateway } from "../../../server/gateway/gateway.ts";
import { hostSubgraph, type SubgraphServer } from "../../../server/subgraphs/host.ts";
import { serveSubgraph } from "../../../server/subgraphs/http.ts";
import { type Databases, openDatabases } from "../../support/databases.ts";
import { scenario } from "../../support/environment.ts";
import { SERIES } from "./doors.ts";
import { openShop, type Shop } from "./shop.ts";

const KEY = "the key of this test's own gateway and subgraphs";

scenario("who asks a split subgraph", (environment) => {
  const log = createLog("access-split-test", "silent");
  let stores: Databases;
  let shop: Shop;
  let watch: Watch;
  let servers: Map<string, SubgraphServer>;
  const listening: Server[] = [];
  let gateways: { name: string; gateway: Gateway }[];
  let crowd: string;
  let openSession: ReturnType<typeof sessions>;

  beforeAll(async () => {
    stores = openDatabases(environment);
    shop = await openShop(stores.hub);
    watch = watchAccess(environment.hubDatabase, "access-split-test", log);
    openSession = sessions({ hub: stores.hub, watch, now: Date.now });
    servers = new Map(
      await Promise.all(subgraphs.map(async (part) => [part.name, await hostSubgraph(part, log)] as const)),
    );
    const remote = new Map<string, string>();
    for (const [name, server] of servers) {
      const http = serveSubgraph(server, { name, internalKey: KEY, now: Date.now, context: openSession });
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      listening.push(http);
      remote.set(name, `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`);
    }
    crowd = remote.get("crowd") ?? "";
    const supergraph = readFileSync(new URL("../../../schema/sdl/supergraph.graphqls", import.meta.url), "utf8");
    const made = (local: Map<string, SubgraphServer>, others: Map<string, string>) =>
      createGateway({ supergraph, local, remote: others, internalKey: KEY, log });
    gateways = [
      { name: "in one process", gateway: made(servers, new Map()) },
      { name: "split", gateway: made(new Map(), remote) },
    ];
  }, 60_000);
  afterAll(async () => {
    await Promise.all(gateways.map(({ gateway }) => gateway.dispose()));
    for (const http of listening) {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    }
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await watch.close();
    await stores.close();
  });

  const keyOf = ({ keyId, organization, licence }: Awaited<ReturnType<Shop["customer"]>>): Principal => ({
    kind: "KEY",
    key: keyId,
    organization,
    licence,
    environment: "live",
    scopes: ["read:graph"],
    expiresAt: null,
  });
  const body = () => JSON.stringify({ query: SERIES, variables: { dataset: shop.flow, period: shop.period } });
  const values = async (gateway: Gateway, principal: Principal) => {
    const used: [string, number][] = [];
    const context = openSession(principal, {
      opened: async () => {},
      used: (licence, _dataset, units) => void used.push([licence, units]),
    });
    const headers = { "content-type": "application/json" };
    const answer = await gateway.ask({ url: "http://test.invalid/graphql", headers, body: body() }, context);
    const told = JSON.parse(answer.body) as {
      data?: { dataset?: { series?: { step: string; columns: { signed: number[] } } | null } };
      errors?: { extensions: { code: string } }[];
    };
    const series = told.data?.dataset?.series;
    return {
      of: series == null ? told.errors?.[0]?.extensions.code : `${series.step} ${series.columns.signed.length}`,
      used,
    };
  };

  test("each gets an answer of its own, also when all ask the same at once, and each use is told", async () => {
    const fine = await shop.customer();
    const coarse = await shop.customer({ step: "PT1H" });
    const askers: [Principal, string, number][] = [
      [keyOf(fine), "PT10M 36", 36],
      [ANONYMOUS, "LICENCE_REQUIRED", 0],
      [keyOf(coarse), "PT1H 6", 6],
    ];
    for (const { name, gateway } of gateways) {
      const turns = Array.from({ length: 4 }, () => askers).flat();
      const answers = await Promise.all(turns.map(([principal]) => values(gateway, principal)));
      expect([name, ...answers.map(({ of }) => of)]).toEqual([name, ...turns.map(([, expected]) => expected)]);
      expect(answers.map(({ used }) => used.reduce((sum, [, units]) => sum + units, 0))).toEqual(
        turns.map(([, , units]) => units),
      );
    }
  });

  const plain = JSON.stringify({ query: "{ __typename }" });
  const call = async (header: string | undefined, sent = plain, method = "POST") => {
    const response = await fetch(crowd, {
      method,
      headers: { "content-type": "application/json", ...(header !== undefined && { [PRINCIPAL_HEADER]: header }) },
      ...(method === "POST" && { body: sent }),
    });
    return response.status;
  };

  test("a call that is not signed, or signed for something else, or a second time, or long ago, is not answered", async () => {
    const principal = keyOf(await shop.customer());
    const now = Date.now();
    const signed = (at = now, subgraph = "crowd", key = KEY, of = plain) =>
      signPrincipal(principal, subgraph, of, key, at);
    const once = signed();
    expect(await call(once)).toBe(200);
    expect(await call(once)).toBe(401);
    expect(await call(undefined)).toBe(401);
    expect(await call(signed(now - 31_000))).toBe(401);
    expect(await call(signed(now + 31_000))).toBe(401);
    expect(await call(signed(now, "market"))).toBe(401);
    expect(await call(signed(now, "crowd", `${KEY}!`))).toBe(401);
    expect(await call(signed(), plain.replace("__typename", "a: __typename"))).toBe(401);
    expect(await call(JSON.stringify(principal))).toBe(401);
    expect(await call(signed(), "", "GET")).toBe(405);
    expect(await call(signed())).toBe(200);
  });
});
