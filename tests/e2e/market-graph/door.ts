// A front door of this test's own: tokens of an issuer with real keys, verified as everywhere, the real gateway and subgraphs,
// the hub database as role madang_api. Over HTTP from end to end; the market runs in the process or split, as asked.
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { RealmRole } from "../../../core/licence/principal.ts";
import { createLog } from "../../../runtime/log.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { hubError } from "../../../schema/errors.ts";
import { subgraphs } from "../../../schema/subgraphs.ts";
import { networks } from "../../../server/access/address.ts";
import { keyCheck } from "../../../server/access/keys.ts";
import { tokenPrincipals } from "../../../server/access/persons.ts";
import { principals } from "../../../server/access/principal.ts";
import { sessions } from "../../../server/access/sessions.ts";
import { watchAccess } from "../../../server/access/watch.ts";
import { serveAudit } from "../../../server/exports/audit.ts";
import { sendProblem } from "../../../server/front/answer.ts";
import { serveGraphql } from "../../../server/front/graphql.ts";
import { createGateway } from "../../../server/gateway/gateway.ts";
import { remoteKeySet } from "../../../server/identity/key-set.ts";
import { AUDIENCE } from "../../../server/identity/provider.ts";
import { createTokenVerifier } from "../../../server/identity/token.ts";
import { hostSubgraph } from "../../../server/subgraphs/host.ts";
import { serveSubgraph } from "../../../server/subgraphs/http.ts";
import { token } from "../../support/city.ts";
import { asRole } from "../../support/databases.ts";
import type { HubEnvironment } from "../../support/environment.ts";

/** Somebody with an account: what their token says, and the token. */
export type Account = { subject: string; email: string; name: string; bearer: string };

export type Door = {
  url: string;
  /** Makes an account with roles; its e-mail address is verified. */
  account(name: string, ...roles: RealmRole[]): Promise<Account>;
  /** Makes an account that says somebody's address and did not prove it. */
  pretender(email: string): Promise<Account>;
  /** The database as its owner. */
  hub: Pool;
  close(): Promise<void>;
};

const INTERNAL = "the key of this test's own gateway and market";

async function listen(handler: RequestListener | Server): Promise<{ server: Server; url: string }> {
  const server = typeof handler === "function" ? createServer(handler) : handler;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function openDoor(environment: HubEnvironment, split = false): Promise<Door> {
  const log = createLog("market-graph-test", "silent");
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "test", use: "sig", alg: "ES256" };
  const keys = await listen((_request, response) => void response.end(JSON.stringify({ keys: [jwk] })));
  const issuer = `${keys.url}/realms/test`;

  const secrets = JSON.parse(readFileSync(join(environment.home, "secrets.json"), "utf8")) as {
    roles: { madang_api: string };
  };
  const address = asRole(environment.hubDatabase, "madang_api", secrets.roles.madang_api);
  const api = createPool(address, { name: "market-graph-test", max: 6 });
  const hub = createPool(environment.hubDatabase, { name: "market-graph-test", max: 2 });
  const watch = watchAccess(address, "market-graph-test", log);
  const principalOf = principals({
    verifyToken: createTokenVerifier({
      issuer,
      audience: AUDIENCE,
      persons: ["portal"],
      services: ["hub"],
      keys: remoteKeySet(new URL(`${keys.url}/keys`)),
    }),
    ofToken: tokenPrincipals(api, watch),
    ofKey: keyCheck(api, watch, Date.now, log),
    trusted: networks([]),
  });
  const openSession = sessions({ hub: api, watch, now: Date.now });

  const servers = new Map(
    await Promise.all(subgraphs.map(async (part) => [part.name, await hostSubgraph(part, log)] as const)),
  );
  const local = new Map(servers);
  const remote = new Map<string, string>();
  const listening = [keys.server];
  const market = servers.get("market");
  if (split && market !== undefined) {
    const options = { name: "market", internalKey: INTERNAL, now: Date.now, context: openSession };
    const { server, url } = await listen(serveSubgraph(market, options));
    listening.push(server);
    local.delete("market");
    remote.set("market", `${url}/graphql`);
  }
  const supergraph = readFileSync(new URL("../../../schema/sdl/supergraph.graphqls", import.meta.url), "utf8");
  const gateway = createGateway({ supergraph, local, remote, internalKey: INTERNAL, log });
  const graphql = serveGraphql(gateway, principalOf, openSession, () => null);
  const audit = serveAudit(principalOf, openSession);
  const front = await listen((request, response) => {
    const url = new URL(request.url ?? "/", "http://test.invalid");
    const answered =
      url.pathname === "/graphql" ? graphql(request, response, url) : audit(request, response, url.pathname);
    answered.catch((error: unknown) => sendProblem(request, response, hubError(error) ?? error, response.getHeaders()));
  });
  listening.push(front.server);

  async function account(name: string, roles: readonly RealmRole[], claimed?: string): Promise<Account> {
    const subject = `${name}-${token()}`;
    const email = claimed ?? `${subject}@madang.example`;
    const claims = {
      azp: "portal",
      typ: "Bearer",
      email,
      email_verified: claimed === undefined,
      name,
      realm_access: { roles },
    };
    const bearer = await new SignJWT(claims)
      .setProtectedHeader({ alg: "ES256", kid: "test", typ: "JWT" })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(privateKey);
    return { subject, email, name, bearer };
  }

  return {
    url: front.url,
    hub,
    account: (name, ...roles) => account(name, roles),
    pretender: (email) => account("pretender", ["developer"], email),
    async close() {
      for (const server of listening) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await gateway.dispose();
      await Promise.all([...servers.values()].map((server) => server.stop()));
      await watch.close();
      await Promise.all([api.end(), hub.end()]);
    },
  };
}
