import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { HeaderMap } from "@apollo/server";
import { HubError, problem } from "../../core/errors.ts";
import type { Principal } from "../../core/licence/principal.ts";
import type { Billing } from "../../schema/access.ts";
import type { Context } from "../../schema/context.ts";
import { PRINCIPAL_HEADER, principalReader } from "../access/internal.ts";
import { readBody } from "../front/body.ts";
import type { Use } from "../gateway/split.ts";
import type { SubgraphServer } from "./host.ts";

/** What the gateway may send in one request: entity representations of a whole page. */
const BODY_MAX = 4 * 1024 * 1024;

export type ServeOptions = {
  /** the subgraph's name */
  name: string;
  /** INTERNAL_KEY: who asks is told by the gateway, signed with it */
  internalKey: string;
  now: () => number;
  /** @param access is told what is answered under licences */
  context: (principal: Principal, access: Billing) => Context;
};

type Reading = ServeOptions & { principalOf: ReturnType<typeof principalReader> };

/** Serves one subgraph to the gateway over HTTP: `POST /graphql`, signed. Nobody else is answered. */
export function serveSubgraph(server: SubgraphServer, options: ServeOptions): Server {
  const reading = { ...options, principalOf: principalReader(options.name, options.internalKey, options.now) };
  return createServer({ requestTimeout: 30_000 }, (request, response) => {
    answer(server, reading, request, response).catch((error: unknown) => {
      const { status, ...told } = problem(error);
      response
        .writeHead(status, { "content-type": "application/problem+json" })
        .end(JSON.stringify({ ...told, status }));
    });
  });
}

async function answer(
  server: SubgraphServer,
  { principalOf, context }: Reading,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (request.method !== "POST") throw new HubError("METHOD_NOT_ALLOWED", "Use POST here.");
  const text = await readBody(request, BODY_MAX);
  const principal = principalOf(request.headers[PRINCIPAL_HEADER], text);
  const used: Use[] = [];
  // What is used goes back to the gateway, which counts it before it answers.
  const asking = context(principal, {
    opened: async () => {},
    used: (licence, dataset, units) => used.push({ licence, dataset, units }),
  });
  const { status, body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: "POST",
      headers: new HeaderMap([["content-type", "application/json"]]),
      search: "",
      body: JSON.parse(text.toString("utf8")) as unknown,
    },
    context: async () => asking,
  });
  if (body.kind !== "complete") throw new Error("subgraphs do not answer in parts");
  response.writeHead(status ?? 200, { "content-type": "application/json" });
  response.end(used.length === 0 ? body.string : withUse(body.string, used));
}

/** An answer of GraphQL is one JSON object: what was used is put at its end. */
const withUse = (answer: string, used: readonly Use[]): string =>
  `${answer.trimEnd().slice(0, -1)},"extensions":${JSON.stringify({ used })}}`;
