import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type Source,
} from "graphql";
import { HubError } from "../../core/errors.ts";

/** What a document of an anonymous caller may be. Generous for people, narrow for machines that probe. */
export const LIMITS = { tokens: 2_000, depth: 12, introspectionDepth: 16, aliases: 40, fields: 1_000, operations: 20 };

type Size = { depth: number; aliases: number; fields: number };

/**
 * Parses a document and refuses one that is hostile by its shape, before anything costlier looks at it.
 * Fragments count where they are spread; a fragment that spreads itself is left to validation, which refuses it.
 * @throws HubError LIMIT_EXCEEDED naming the limit; GraphQLError when the document is not GraphQL
 */
export function parseWithinLimits(source: string | Source): DocumentNode {
  const document = parse(source, { maxTokens: LIMITS.tokens });
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operations.length > LIMITS.operations) throw over("operations", LIMITS.operations, "send fewer operations");
  const measure = measurer(document);
  for (const operation of operations) {
    const size = measure(operation.selectionSet);
    const depth = asksSchemaAlone(operation) ? LIMITS.introspectionDepth : LIMITS.depth;
    if (size.depth > depth) throw over("levels of fields", depth, "ask for nested things in a second query");
    if (size.aliases > LIMITS.aliases)
      throw over("aliases", LIMITS.aliases, "ask for several things in several queries");
    if (size.fields > LIMITS.fields) throw over("fields", LIMITS.fields, "select only the fields that you need");
  }
  return document;
}

function over(what: string, limit: number, fix: string): HubError {
  return new HubError("LIMIT_EXCEEDED", `A document may have at most ${limit} ${what}: ${fix}.`, {
    field: "query",
    rule: `at most ${limit} ${what}`,
    fix,
  });
}

const asksSchemaAlone = ({ selectionSet }: OperationDefinitionNode): boolean =>
  selectionSet.selections.every(
    ({ kind, ...node }) => kind === Kind.FIELD && "name" in node && isMeta(node.name?.value),
  );

const isMeta = (name: string | undefined): boolean => name === "__schema" || name === "__type" || name === "__typename";

function measurer(document: DocumentNode): (set: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const known = new Map<string, Size>();
  const none: Size = { depth: 0, aliases: 0, fields: 0 };

  const ofFragment = (name: string): Size => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    known.set(name, none); // a cycle counts nothing and is refused by validation
    const fragment = fragments.get(name);
    const size = fragment === undefined ? none : measure(fragment.selectionSet);
    known.set(name, size);
    return size;
  };

  const measure = (set: SelectionSetNode): Size => {
    const total = { ...none };
    for (const selection of set.selections) {
      const isField = selection.kind === Kind.FIELD;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet === undefined
            ? none
            : measure(selection.selectionSet);
      total.depth = Math.max(total.depth, inner.depth + (isField ? 1 : 0));
      total.aliases += inner.aliases + (isField && selection.alias !== undefined ? 1 : 0);
      total.fields += inner.fields + (isField ? 1 : 0);
    }
    return total;
  };
  return measure;
}
