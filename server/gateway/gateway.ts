import { createGatewayRuntime, type GatewayPlugin } from "@graphql-hive/gateway-runtime";
import type { Executor, Transport } from "@graphql-mesh/transport-common";
import { type ExecutionResult, GraphQLError } from "graphql";
import { HubError } from "../../core/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { Context } from "../../schema/context.ts";
import { graphqlError, maskError } from "../../schema/errors.ts";
import type { Bill } from "../meter/bill.ts";
import type { SubgraphServer } from "../subgraphs/host.ts";
import { checkCost } from "./cost.ts";
import { parseWithinLimits } from "./limits.ts";
import { rootErrors } from "./root-errors.ts";
import { split } from "./split.ts";

/** A request to the gateway: its address with any query, and for a POST its body as text. */
export type Asked = { url: string; headers: Record<string, string>; body?: string };
/** An answer; `usage` names the events of what it used of licences. */
export type Answer = { status: number; type: string; body: string; usage: readonly string[] };
export type Gateway = {
  /** @param bill of who asks; null: without licences */
  ask: (asked: Asked, context: Context, bill?: Bill | null) => Promise<Answer>;
  dispose: () => Promise<void>;
};

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
type Carried = { asking: Context; billing: { bill: Bill | null; usage: readonly string[] } };

/**
 * The gateway of the federated graph. A subgraph in `local` is called in memory through its Apollo Server, so that it
 * behaves as when split; one in `remote` over HTTP. Nothing of the client's request reaches a subgraph but the document and
 * who asks, as the front made it.
 */
export function createGateway({ supergraph, local, remote, internalKey, log }: GatewayOptions): Gateway {
  const mask = (error: unknown) =>
    byGet(error) ?? maskError(error, (err) => log.error({ event: "gateway.failed", err }));
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
    plugins: () => [guard(mask), rootErrors],
  });
  return {
    ask: async ({ url, headers, body }, asking, bill = null) => {
      const billing: Carried["billing"] = { bill, usage: [] };
      // The runtime's own Request and Response hand a text on as it is; the global ones make it a stream.
      const { Request } = runtime.fetchAPI;
      try {
        const response = await runtime.fetch(
          new Request(url, body === undefined ? { headers } : { method: "POST", headers, body }),
          { asking, billing } satisfies Carried,
        );
        return {
          status: response.status,
          type: response.headers.get("content-type") ?? "application/json",
          body: await response.text(),
          usage: billing.usage,
        };
      } finally {
        // Whatever ended it without an answer to count: what was kept for it is given back.
        await bill?.release();
      }
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

/** The runtime's refusal of a mutation by GET, as one of the registry with its status; null for any other error. */
function byGet(error: unknown): GraphQLError | null {
  const http =
    error instanceof GraphQLError ? (error.extensions["http"] as { status?: number } | undefined) : undefined;
  if (http?.status !== 405) return null;
  const told = graphqlError(new HubError("METHOD_NOT_ALLOWED", "A mutation is sent by POST alone."));
  return new GraphQLError(told.message, { extensions: { ...told.extensions, http } });
}

/** Shape before validation, cost before execution, use before an answer, and codes of the registry in every answer. */
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
        const cost = checkCost(args);
        (args.contextValue as unknown as Carried).billing.bill?.expect(cost);
      } catch (error) {
        setResultAndStopExecution({ errors: [mask(error)] });
      }
    },
    async onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result) || !("data" in result || "errors" in result)) return;
      const answer = result.errors === undefined ? result : { ...result, errors: result.errors.map(mask) };
      const { billing } = serverContext as unknown as Carried;
      const counted = await billing.bill?.settle().catch((error: unknown) => mask(error));
      if (counted instanceof GraphQLError) return setResult({ errors: [counted] });
      if (counted == null) return answer === result ? undefined : setResult(answer);
      billing.usage = counted.ids;
      setResult({ ...answer, extensions: { ...answer.extensions, cost: counted.cost } });
    },
  };
}
