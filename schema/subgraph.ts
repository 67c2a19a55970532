import type { GraphQLSchema } from "graphql";
import type { Builder } from "./builder.ts";
import type { Context } from "./context.ts";
import { type EntityLoader, federate } from "./federation.ts";

/** One part of the graph: its name in the supergraph and its federated schema. */
export type Subgraph = { name: string; schema: GraphQLSchema };

/** Finishes a builder into a subgraph. */
export const subgraph = (
  name: string,
  builder: Builder,
  entities: Readonly<Record<string, EntityLoader<Context>>> = {},
): Subgraph => ({ name, schema: federate(builder.toSchema(), entities) });
