import type { GatewayPlugin } from "@graphql-hive/gateway-runtime";
import { type ExecutionResult, GraphQLError, Kind, type OperationDefinitionNode } from "graphql";

const isResult = (value: unknown): value is ExecutionResult =>
  typeof value === "object" && value !== null && "errors" in value;

/**
 * A subgraph that refuses one root field of several answers `data: null` and that one error. The gateway then takes the
 * others for nulls that must not be, which would read as an error of ours: here each of them gets the error that it fell with.
 */
export const rootErrors: GatewayPlugin = {
  onSubgraphExecute({ executionRequest }) {
    return ({ result, setResult }) => {
      if (!isResult(result) || result.data != null || result.errors === undefined) return;
      const [cause] = result.errors;
      const operation = executionRequest.document.definitions.find(
        (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
      );
      // An error without a path is of the whole document, and reaches every field by itself.
      if (cause === undefined || operation === undefined || result.errors.some(({ path }) => path === undefined))
        return;
      const told = new Set(result.errors.map(({ path }) => path?.[0]));
      const fallen = operation.selectionSet.selections.flatMap((node) => {
        const key = node.kind === Kind.FIELD ? (node.alias ?? node.name).value : undefined;
        return key === undefined || told.has(key) ? [] : [key];
      });
      const copies = fallen.map(
        (key) => new GraphQLError(cause.message, { path: [key], extensions: { ...cause.extensions } }),
      );
      setResult({ ...result, errors: [...result.errors, ...copies] });
    };
  },
};
