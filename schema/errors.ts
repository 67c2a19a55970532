import { GraphQLError } from "graphql";
import { ERRORS, type ErrorCode, HubError, isErrorCode } from "../core/errors.ts";
import { isTransient } from "../runtime/postgres.ts";

/** Codes that graphql servers make themselves, in terms of the registry. */
const FOREIGN: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: "GRAPHQL_INVALID",
  GRAPHQL_VALIDATION_FAILED: "GRAPHQL_INVALID",
  OPERATION_RESOLUTION_FAILURE: "GRAPHQL_INVALID",
  BAD_REQUEST: "GRAPHQL_INVALID",
};

const known = (extensions: Readonly<Record<string, unknown>> | undefined): ErrorCode | undefined => {
  const code = extensions?.["code"];
  if (typeof code !== "string") return undefined;
  return isErrorCode(code) ? code : FOREIGN[code];
};

/** The first error below GraphQL's wrappers. */
function origin(error: unknown): unknown {
  let inner = error;
  while (inner instanceof GraphQLError && inner.originalError) inner = inner.originalError;
  return inner;
}

/** The driver's error of a connection that was lost while a question was under way: it has no code. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("Connection terminated");

/** What is told of an error that is no fault of our code: our own, a store that is away, an argument no store can hold. */
export function hubError(error: unknown): HubError | undefined {
  if (error instanceof HubError) return error;
  if (isTransient(error) || isCutOff(error))
    return new HubError("UNAVAILABLE", undefined, { retryAfter: 5, cause: error });
  const code = (error as { code?: unknown } | null | undefined)?.code;
  // PostgreSQL class 22, data exceptions: a NUL in a text, a number out of range.
  if (typeof code === "string" && /^22[0-9A-Z]{3}$/.test(code)) {
    return new HubError("BAD_USER_INPUT", "An argument holds something that cannot be looked for.", { cause: error });
  }
  return undefined;
}

/** Where in document and answer an error stands. */
const place = (at?: GraphQLError) => ({ ...(at?.nodes && { nodes: at.nodes }), ...(at?.path && { path: at.path }) });

/** A `HubError` as an entry of `errors[]`: its code, what to do, and the field with rule and fix when one is at fault. */
export function graphqlError(error: HubError, at?: GraphQLError): GraphQLError {
  return new GraphQLError(error.detail, {
    ...place(at),
    extensions: {
      code: error.code,
      action: ERRORS[error.code].action,
      ...(error.errors.length > 0 && { errors: error.errors }),
      ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
    },
  });
}

/**
 * What the public sees of an error: a code of the registry, or `INTERNAL` that tells nothing of itself.
 * @param report is told about errors that are masked
 */
export function maskError(error: unknown, report: (cause: unknown) => void): GraphQLError {
  const at = error instanceof GraphQLError ? error : undefined;
  const cause = origin(error);
  const told = hubError(cause);
  if (told !== undefined) return graphqlError(told, at);
  const code = known(at?.extensions);
  if (at !== undefined && code !== undefined && code !== "INTERNAL") {
    const { action, errors, retryAfter } = at.extensions;
    return new GraphQLError(at.message, {
      ...place(at),
      extensions: {
        code,
        action: action ?? ERRORS[code].action,
        ...(Array.isArray(errors) && { errors }),
        ...(typeof retryAfter === "number" && { retryAfter }),
      },
    });
  }
  // Without a path nothing was executed: GraphQL itself refused the document or its variables.
  if (at !== undefined && at.path === undefined && cause instanceof GraphQLError) {
    return new GraphQLError(at.message, {
      ...place(at),
      extensions: { code: "GRAPHQL_INVALID", action: ERRORS.GRAPHQL_INVALID.action },
    });
  }
  report(cause);
  return graphqlError(new HubError("INTERNAL"), at);
}
