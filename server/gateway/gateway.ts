import { createGatewayRuntime, type GatewayPlugin } from "@graphql-hive/gateway-runtime";
import type { Executor, Transport } from "@graphql-mesh/transport-common";
import type { ExecutionResult, GraphQLError } from "graphql";
import type { Log } from "../../runtime/log.ts";
import type { Context } from "../../schema/context.ts";
import { maskError } from "../../schema/errors.ts";
import type { SubgraphServer } from "../subgraphs/host.ts";
import { checkCost } from "./cost.ts";
import { parseWithinLimits } from "./limits.ts";
import { split } from "./split.ts";

/** A request to the gateway: its address with any query, and for a POST its body as text. */
export type Asked = { url: string; headers: Record<string, string>; body?: string };
export type Answer = { status: number; type: string; body: string };
export type Gateway = { ask: (asked: Asked, context: Context) => Promise<Answer>; dispose: () => Promise<void> };

export type GatewayOptions = {
  supergraph: string;
  /** Subgraphs served in this process, by name. */
  local: ReadonlyMap<string, SubgraphServer>;
  /** Addresses of the others, by name. */
  remote: ReadonlyMap<string, string>;
  /** INTERNAL_KEY, by which it is signed who asks a subgraph in `remote`. */
  internalKey: string;
  log: Log;
};

/** What the runtime carries from a request to the calls of its subgraphs. */
type Carried = { asking: Context };

/**
 * The gateway of the federated graph. A subgraph in `local` is called in memory through its Apollo Server, so that it
 * behaves as when split; one in `remote` over HTTP. Nothing of the client's request reaches a subgraph but the document and
 * who asks, as the front made it.
 */
export function createGateway({ supergraph, local, remote, internalKey, log }: GatewayOptions): Gateway {
  const mask = (error: unknown) => maskError(error, (err) => log.error({ event: "gateway.failed", err }));
  const runtime = createGatewayRuntime({
    supergraph,
    graphqlEndpoint: "/graphql",
    landingPage: false,
    graphiql: false,
    cors: false,
    logging: false,
    requestId: false,
    transports: { inproc: inProcess(local), split: split(remote, internalKey) },
    transportEntries: Object.fromEntries([
      ...[...remote.keys()].map((name) => [name, { kind: "split" }]),
      ...[...local.keys()].map((name) => [name, { kind: "inproc" }]),
    ]),
    maskedErrors: false,
    plugins: () => [guard(mask)],
  });
  return {
    ask: async ({ url, headers, body }, asking) => {
      // The runtime's own Request and Response hand a text on as it is; the global ones make it a stream.
      const { Request } = runtime.fetchAPI;
      const response = await runtime.fetch(
        new Request(url, body === undefined ? { headers } : { method: "POST", headers, body }),
        { asking } satisfies Carried,
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

function inProcess(local: ReadonlyMap<string, SubgraphServer>): Transport {
  return {
    getSubgraphExecutor({ subgraphName }) {
      const server = local.get(subgraphName.toLowerCase());
      if (server === undefined) throw new Error(`no subgraph ${subgraphName} in this process`);
      const executor = async ({ document, variables, operationName, context }: Parameters<Executor>[0]) => {
        const { body } = await server.executeOperation(
          { query: document, variables: variables ?? {}, ...(operationName != null && { operationName }) },
          { contextValue: (context as Carried).asking },
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
