import type { IncomingMessage, ServerResponse } from "node:http";
import { HubError } from "../../core/errors.ts";
import { type principals, refuseKeyIn } from "../access/principal.ts";
import type { OpenSession } from "../access/sessions.ts";
import type { Asked, Gateway } from "../gateway/gateway.ts";
import { type OpenBill, USAGE_HEADER } from "../meter/bills.ts";
import { allow, OPEN_TO_ALL, send } from "./answer.ts";
import { readBody } from "./body.ts";

/** The largest request: a document of 2 000 tokens and its variables. */
const BODY_MAX = 64 * 1024;

const POINTER = `This is the GraphQL endpoint of Madang.

POST a JSON object {"query": "…", "variables": {…}} with content-type application/json,
or GET with ?query=…

The schema in SDL is at /graphql/schema.graphqls; introspection works too.
The catalogue with an example for each dataset is at /datasets.
`;

/** Answers `/graphql`: POST and GET go to the gateway, a browser without a question gets a pointer. */
export function serveGraphql(
  gateway: Gateway,
  principalOf: ReturnType<typeof principals>,
  openSession: OpenSession,
  billOf: OpenBill,
) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (request.method === "OPTIONS") {
      response.writeHead(204, {
        ...OPEN_TO_ALL,
        "access-control-allow-headers": "authorization, content-type",
        "access-control-allow-methods": "GET, POST",
        "access-control-max-age": "86400",
      });
      response.end();
      return;
    }
    allow(request, response, "GET", "HEAD", "POST", "OPTIONS");
    if (request.method !== "POST" && !url.searchParams.has("query")) {
      send(request, response, 200, { "content-type": "text/plain; charset=utf-8" }, POINTER);
      return;
    }
    const question = await asked(request, url);
    const principal = await principalOf(request, "read:graph");
    const bill = billOf(principal, "query");
    const { status, type, body, usage } = await gateway.ask(question, openSession(principal, bill?.access), bill);
    const headers = { ...OPEN_TO_ALL, "cache-control": "no-store", "content-type": type };
    send(
      request,
      response,
      status,
      { ...headers, ...(usage.length > 0 && { [USAGE_HEADER]: usage.join(", ") }) },
      body,
    );
  };
}

async function asked(request: IncomingMessage, url: URL): Promise<Asked> {
  const accept = String(request.headers.accept ?? "application/json");
  const address = `http://front.invalid/graphql${url.search}`;
  if (request.method !== "POST") return { url: address, headers: { accept: graphqlAccept(accept) } };
  if (!/^application\/(graphql\+)?json\s*(;|$)/i.test(String(request.headers["content-type"] ?? ""))) {
    throw new HubError("CONTENT_TYPE", "Send the question as application/json.");
  }
  const body = (await readBody(request, BODY_MAX)).toString("utf8");
  refuseKeyIn("body", body);
  if (/^\s*\[/.test(body.slice(0, 64))) {
    throw new HubError("BAD_USER_INPUT", "Send one question in a request; batches are not taken.");
  }
  return {
    url: address,
    headers: { accept: graphqlAccept(accept), "content-type": "application/json" },
    body,
  };
}

/** The two media types of GraphQL over HTTP; anything else, a browser's too, gets plain JSON. */
const graphqlAccept = (accept: string): string =>
  accept.includes("application/graphql-response+json") ? "application/graphql-response+json" : "application/json";
