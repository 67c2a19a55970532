import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { HeaderMap } from "@apollo/server";
import { problem } from "../../core/errors.ts";
import type { Context } from "../../schema/context.ts";
import { readBody } from "../front/body.ts";
import type { SubgraphServer } from "./host.ts";

/** What the gateway may send in one request: entity representations of a whole page. */
const BODY_MAX = 4 * 1024 * 1024;

/** Serves one subgraph to the gateway over HTTP: `POST /graphql`. */
export function serveSubgraph(server: SubgraphServer, context: () => Context): Server {
  return createServer({ requestTimeout: 30_000 }, (request, response) => {
    answer(server, context(), request, response).catch((error: unknown) => {
      const { status, ...told } = problem(error);
      response
        .writeHead(status, { "content-type": "application/problem+json" })
        .end(JSON.stringify({ ...told, status }));
    });
  });
}

async function answer(server: SubgraphServer, context: Context, request: IncomingMessage, response: ServerResponse) {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === "string") headers.set(name, value);
  const body = await readBody(request, BODY_MAX);
  const {
    status,
    body: answered,
    headers: own,
  } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? "POST",
      headers,
      search: "",
      body: body.length === 0 ? {} : (JSON.parse(body.toString("utf8")) as unknown),
    },
    context: async () => context,
  });
  response.writeHead(status ?? 200, Object.fromEntries(own));
  if (answered.kind === "complete") response.end(answered.string);
  else {
    for await (const part of answered.asyncIterator) response.write(part);
    response.end();
  }
}
