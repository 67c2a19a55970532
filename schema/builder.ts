import SchemaBuilder from "@pothos/core";
import RelayPlugin from "@pothos/plugin-relay";
import type { Context } from "./context.ts";
import { addScalars, type Scalars } from "./scalars.ts";

/** Directives of a type or field that several subgraphs define alike. */
export const shareable = { directives: { shareable: {} } } as const;

/** Directives of an entity: it crosses subgraphs by these fields. */
export const keyed = (fields: string) => ({ directives: { key: [{ fields }] } }) as const;

/** A key that this subgraph only refers to: the entity lives elsewhere. */
export const reference = (fields: string) => ({ directives: { key: [{ fields, resolvable: false }] } }) as const;

/**
 * A builder for one subgraph: the shared scalars, and Relay connections with non-null edges. Fields are non-null unless they
 * say so; those that a domain adds to an entity are nullable, so that a fault of one domain leaves the others' answers.
 */
export function createBuilder() {
  const builder = new SchemaBuilder<{
    Context: Context;
    Scalars: Scalars;
    DefaultEdgesNullability: { list: false; items: false };
    DefaultNodeNullability: false;
    DefaultFieldNullability: false;
  }>({
    plugins: [RelayPlugin],
    defaultFieldNullability: false,
    relay: {
      cursorType: "String",
      nodeQueryOptions: false,
      nodesQueryOptions: false,
      nodesOnConnection: true,
      edgesFieldOptions: { nullable: { list: false, items: false } },
      nodeFieldOptions: { nullable: false },
      pageInfoTypeOptions: { extensions: shareable },
    },
  });
  addScalars(builder);
  builder.queryType({});
  return builder;
}

export type Builder = ReturnType<typeof createBuilder>;
