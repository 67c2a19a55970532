import { MapperKind, mapSchema, printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
} from "graphql";
import { HubError } from "../core/errors.ts";

/** What another subgraph knows of an entity: its type and the fields of one of its keys. */
export type Representation = { __typename: string } & Readonly<Record<string, unknown>>;

/**
 * Loads the entities of one type that one request names, all at once.
 * @returns one entry for each reference, in their order; null where there is no such entity
 */
export type EntityLoader<Context> = (
  references: readonly Representation[],
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<readonly (object | null)[]>;

const FEDERATION = "https://specs.apollo.dev/federation/v2.6";
const IMPORTS = ["@key", "@shareable", "@external"];

/**
 * Makes a Federation 2 subgraph of a schema whose types and fields carry `extensions.directives`.
 *
 * Adds `_service { sdl }` and `_entities` (Apollo Federation subgraph specification); every type named in `entities`
 * must exist and have a `key` directive.
 * @throws Error at start when an entity has no type or no key
 */
export function federate<Context>(
  schema: GraphQLSchema,
  entities: Readonly<Record<string, EntityLoader<Context>>>,
): GraphQLSchema {
  const names = Object.keys(entities);
  for (const name of names) {
    const directives = schema.getType(name)?.extensions?.["directives"] as { key?: unknown } | undefined;
    if (directives?.key === undefined) throw new Error(`The entity ${name} has no type with a key.`);
  }
  const sdl = subgraphSdl(schema);
  const service = new GraphQLObjectType({
    name: "_Service",
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString), resolve: () => sdl } },
  });
  return mapSchema(schema, {
    [MapperKind.QUERY]: (query) => {
      const config = query.toConfig();
      return new GraphQLObjectType({
        ...config,
        fields: () => ({
          ...config.fields,
          _service: { type: new GraphQLNonNull(service), resolve: () => ({}) },
          ...(names.length > 0 && { _entities: entitiesField(schema, entities) }),
        }),
      });
    },
  });
}

/** The SDL that composition reads: the schema with its directives and the link to the Federation specification. */
export function subgraphSdl(schema: GraphQLSchema): string {
  const link = { link: [{ url: FEDERATION, import: IMPORTS }] };
  return printSchemaWithDirectives(
    new GraphQLSchema({ ...schema.toConfig(), extensions: { ...schema.extensions, directives: link } }),
  );
}

function entitiesField<Context>(schema: GraphQLSchema, entities: Readonly<Record<string, EntityLoader<Context>>>) {
  const names = Object.keys(entities);
  const union = new GraphQLUnionType({
    name: "_Entity",
    types: () => names.map((name) => schema.getType(name)).filter(isObjectType),
    resolveType: (value: { __typename: string }) => value.__typename,
  });
  const any = new GraphQLScalarType({ name: "_Any" });
  return {
    type: new GraphQLNonNull(new GraphQLList(union)),
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))) } },
    resolve: async (
      _root: unknown,
      { representations }: { representations: unknown[] },
      context: Context,
      info: GraphQLResolveInfo,
    ) => {
      const references = representations.map(representation);
      const answers: (object | null)[] = new Array(references.length).fill(null);
      await Promise.all(
        Object.entries(entities).map(async ([name, load]) => {
          const places = references.flatMap((reference, place) => (reference.__typename === name ? [place] : []));
          if (places.length === 0) return;
          const found = await load(
            places.map((place) => references[place] as Representation),
            context,
            info,
          );
          for (const [nth, place] of places.entries()) {
            const entity = found[nth];
            answers[place] = entity == null ? null : { ...entity, __typename: name };
          }
        }),
      );
      return answers;
    },
  };
}

function representation(value: unknown): Representation {
  if (typeof value === "object" && value !== null && "__typename" in value && typeof value.__typename === "string") {
    return value as Representation;
  }
  throw new HubError("BAD_USER_INPUT", "A representation is an object with its __typename.");
}
