import type { Executor, Transport } from "@graphql-mesh/transport-common";
import { type ExecutionResult, print } from "graphql";
import { HubError, isErrorCode } from "../../core/errors.ts";
import type { Context } from "../../schema/context.ts";
import { PRINCIPAL_HEADER, signPrincipal } from "../access/internal.ts";

const LIMIT_MS = 30_000;

/**
 * Calls of subgraphs in other processes: each is signed with who asks. Calls are never joined with one another, also where
 * they ask the same: the runtime's own transport joins them by address and body alone, and one who asks would be given
 * another's answer.
 * @param remote addresses by name
 */
export function split(remote: ReadonlyMap<string, string>, internalKey: string): Transport {
  return {
    getSubgraphExecutor({ subgraphName }) {
      const name = subgraphName.toLowerCase();
      const url = remote.get(name);
      if (url === undefined) throw new Error(`no address of the subgraph ${name}`);
      const executor = async ({ document, variables, operationName, context }: Parameters<Executor>[0]) => {
        const { asking } = context as { asking: Context };
        const { principal, now } = asking;
        const body = JSON.stringify({
          query: print(document),
          variables: variables ?? {},
          ...(operationName != null && { operationName }),
        });
        const headers = {
          accept: "application/json",
          "content-type": "application/json",
          [PRINCIPAL_HEADER]: signPrincipal(principal, name, body, internalKey, now()),
        };
        return answerOf(await call(url, headers, body), asking.access);
      };
      return executor as Executor;
    },
  };
}

/** What a subgraph says that it answered under licences: counted by the gateway's process. */
export type Use = { licence: string; dataset: string; units: number };

type Called = { status: number; answer: unknown };

async function call(url: string, headers: Record<string, string>, body: string): Promise<Called> {
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(LIMIT_MS) });
    return { status: response.status, answer: await response.json() };
  } catch (cause) {
    throw new HubError("UNAVAILABLE", undefined, { retryAfter: 5, cause });
  }
}

/**
 * An answer of GraphQL as it is, and what of licences it used; a problem is thrown again, but for one of the call itself,
 * which is our own fault.
 */
function answerOf({ status, answer }: Called, access: Context["access"]): ExecutionResult {
  const told = (typeof answer === "object" && answer !== null ? answer : {}) as ExecutionResult & {
    code?: unknown;
    detail?: unknown;
  };
  if ("data" in told || "errors" in told) {
    const { extensions, ...own } = told;
    const used = (extensions?.["used"] ?? []) as Use[];
    for (const { licence, dataset, units } of used) access.used(licence, dataset, units);
    return own;
  }
  const { code, detail } = told;
  if (status === 401 || typeof code !== "string" || !isErrorCode(code)) throw new HubError("INTERNAL");
  throw new HubError(code, typeof detail === "string" ? detail : undefined, { retryAfter: 1 });
}
