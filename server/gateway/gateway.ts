import { createGatewayRuntime, type GatewayPlugin } from "@graphql-hive/gateway-runtime";
import type { Executor, Transport } from "@graphql-mesh/transport-common";
import http from "@graphql-mesh/transport-http";
import type { ExecutionResult, GraphQLError } from "graphql";
import type { Log } from "../../runtime/log.ts";
import type { Context } from "../../schema/context.ts";
import { maskError } from "../../schema/errors.ts";
import type { SubgraphServer } from "../subgraphs/host.ts";
import { checkCost } from "./cost.ts";
import { parseWithinLimits } from "./limits.ts";

/** A request to the gateway: its address with any query, and for a POST its body as text. */
export type Asked = { url: string; headers: Record<string, string>; body?: string };
export type Answer = { status: number; type: string; body: string };
export type Gateway = { ask: (asked: Asked) => Promise<Answer>; dispose: () => Promise<void> };

export type GatewayOptions = {
  supergraph: string;
  /** Subgraphs served in this process, by name. */
  local: ReadonlyMap<string, SubgraphServer>;
  /** Addresses of the others, by name. */
  remote: ReadonlyMap<string, string>;
  context: () => Context;
  log: Log;
};

/**
 * The gateway of the federated graph. A subgraph in `local` is called in memory through its Apollo Server, so that it
 * behaves as when split; one in `remote` over HTTP.
 */
export function createGateway({ supergraph, local, remote, context, log }: GatewayOptions): Gateway {
  const mask = (error: unknown) => maskError(error, (err) => log.error({ event: "gateway.failed", err }));
  const runtime = createGatewayRuntime({
    supergraph: addressed(supergraph, remote),
    graphqlEndpoint: "/graphql",
    landingPage: false,
    graphiql: false,
    cors: false,
    logging: false,
    requestId: false,
    transports: { http, inproc: inProcess(local, context) },
    transportEntries: Object.fromEntries([...local.keys()].map((name) => [name, { kind: "inproc" }])),
    maskedErrors: false,
    plugins: () => [guard(mask)],
  });
  return {
    ask: async ({ url, headers, body }) => {
      // The runtime's own Request and Response hand a text on as it is; the global ones make it a stream.
      const { Request } = runtime.fetchAPI;
      const response = await runtime.fetch(
        new Request(url, body === undefined ? { headers } : { method: "POST", headers, body }),
      );
      return {
        status: response.status,
        type: response.headers.get("content-type") ?? "application/json",
        body: await response.text(),
      };
    },
    dispose: async () => runtime[Symbol.asyncDispose](),
  };
}

/** The composed supergraph names no real address; the split subgraphs' are configuration. */
function addressed(supergraph: string, remote: ReadonlyMap<string, string>): string {
  let text = supergraph;
  for (const [name, url] of remote) text = text.replaceAll(`http://${name}.subgraph.invalid/graphql`, url);
  return text;
}

function inProcess(local: ReadonlyMap<string, SubgraphServer>, context: () => Context): Transport {
  return {
    getSubgraphExecutor({ subgraphName }) {
      const server = local.get(subgraphName.toLowerCase());
      if (server === undefined) throw new Error(`no subgraph ${subgraphName} in this process`);
      const executor = async ({ document, variables, operationName }: Parameters<Executor>[0]) => {
        const { body } = await server.executeOperation(
          { query: document, variables: variables ?? {}, ...(operationName != null && { operationName }) },
          { contextValue: context() },
        );
        if (body.kind !== "single") throw new Error("subgraphs do not answer in parts");
        return body.singleResult as ExecutionResult;
      };
      return executor as Executor;
    },
  };
}

/** Shape before validation, cost before execution, and codes of the registry in every answer. */
function guard(mask: (error: unknown) => GraphQLError): GatewayPlugin {
  return {
    onParse: ({ setParseFn }) =>
      setParseFn((source: string) => {
        try {
          return parseWithinLimits(source);
        } catch (error) {
          throw mask(error);
        }
      }),
    onExecute({ args, setResultAndStopExecution }) {
      try {
        checkCost(args);
      } catch (error) {
        setResultAndStopExecution({ errors: [mask(error)] });
      }
    },
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !("errors" in result) || result.errors === undefined) return;
      setResult({ ...result, errors: result.errors.map(mask) });
    },
  };
}
