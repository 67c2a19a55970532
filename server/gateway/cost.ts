import {
  type ExecutionArgs,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { HubError } from "../../core/errors.ts";

/** The most one anonymous question may cost: points are fields that may be answered, a series counts as 200. */
export const COST_MAX = 20_000;

const SERIES_COST = 200;
const LIST_SIZE = 20;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Estimates, before anything runs, how many fields a validated operation may answer: a connection counts its page, a
 * plain list 20 entries, a series what its SQL costs.
 * @throws HubError LIMIT_EXCEEDED when it is over {@link COST_MAX}
 */
export function checkCost({ schema, document, operationName, variableValues }: ExecutionArgs): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = document.definitions.find(
    (node) => node.kind === Kind.OPERATION_DEFINITION && (operationName == null || node.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 0;
  const root = schema.getRootType(operation.operation);
  if (root == null) return 0;
  const cost = selectionCost(operation.selectionSet, root.name, { schema, fragments, variables: variableValues ?? {} });
  if (cost <= COST_MAX) return cost;
  throw new HubError("LIMIT_EXCEEDED", `This question costs ${cost} points; a question may cost ${COST_MAX}.`, {
    field: "query",
    rule: `at most ${COST_MAX} points: every field counts once for each entry of the lists around it`,
    fix: "ask for smaller pages (first), or ask for nested lists in a second query",
  });
}

type Known = { schema: GraphQLSchema; fragments: Map<string, FragmentDefinitionNode>; variables: Variables };

function selectionCost(set: SelectionSetNode, typeName: string, known: Known): number {
  const type = known.schema.getType(typeName);
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = known.fragments.get(selection.name.value);
      if (fragment) cost += selectionCost(fragment.selectionSet, fragment.typeCondition.name.value, known);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      cost += selectionCost(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, known);
    } else {
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (field === undefined) continue;
      const named = getNamedType(field.type);
      const inner =
        selection.selectionSet && isCompositeType(named) ? selectionCost(selection.selectionSet, named.name, known) : 0;
      const page = pageSize(selection.arguments ?? [], known.variables);
      // The entries of a connection are a list field: the page is charged once, at the connection.
      const entries = isListType(getNullableType(field.type)) && !/Connection$/.test(typeName) ? LIST_SIZE : 1;
      cost += (named.name === "Series" ? SERIES_COST : 1) + inner * (page ?? entries);
    }
  }
  return cost;
}

type Argument = { name: { value: string }; value: ValueNode };

function pageSize(given: readonly Argument[], variables: Variables): number | undefined {
  for (const { name, value } of given) {
    if (name.value !== "first" && name.value !== "last") continue;
    const size =
      value.kind === Kind.INT ? Number(value.value) : value.kind === Kind.VARIABLE ? variables[value.name.value] : null;
    if (typeof size === "number") return Math.max(1, size);
  }
  return undefined;
}
