import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { Log } from "../../runtime/log.ts";
import type { Context } from "../../schema/context.ts";
import { maskError } from "../../schema/errors.ts";
import type { Subgraph } from "../../schema/subgraph.ts";

export type SubgraphServer = ApolloServer<Context>;

/** An Apollo Server for one subgraph, started; the same in process and split. Errors carry codes of the registry only. */
export async function hostSubgraph({ name, schema }: Subgraph, log: Log): Promise<SubgraphServer> {
  const server = new ApolloServer<Context>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    formatError: (_formatted, error) =>
      maskError(error, (err) => log.error({ event: "subgraph.resolver_failed", subgraph: name, err })).toJSON(),
    logger: {
      debug: () => {},
      info: () => {},
      warn: () => log.warn({ event: "subgraph.warning", subgraph: name }),
      error: () => log.error({ event: "subgraph.error", subgraph: name }),
    },
  });
  await server.start();
  return server;
}
