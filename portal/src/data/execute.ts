import type { TypedDocumentString } from "../generated/graphql.ts";
import { accessToken, questionSession } from "../identity/session.ts";

/** Why an answer did not come: no connection, or the hub's own error with its code and what to do. */
export class Fault extends Error {
  override readonly name = "Fault";
  /** `OFFLINE`, or a code of the hub's closed set. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A query that is not answered within this many milliseconds counts as no connection. */
const PATIENCE = 15_000;

/**
 * Sends a document to the hub's graph and returns its data.
 * @throws Fault OFFLINE without an answer in time, else with the code of the first error
 */
export async function execute<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal: AbortSignal,
): Promise<Result> {
  const question = JSON.stringify({ query: document.toString(), variables });
  let answer = await post<Result>(question, await accessToken(), signal);
  if (codeOf(answer) === "UNAUTHENTICATED") {
    const renewed = await questionSession();
    if (renewed !== null) answer = await post<Result>(question, renewed, signal);
  }
  const [first] = answer.errors ?? [];
  if (first) throw new Fault(first.extensions?.code ?? "INTERNAL", first.message);
  if (!answer.data) throw new Fault("INTERNAL", "The answer was empty.");
  return answer.data;
}

type Answer<Result> = { data?: Result | null; errors?: { message: string; extensions?: { code?: string } }[] };

const codeOf = (answer: Answer<unknown>): string | undefined => answer.errors?.[0]?.extensions?.code;

async function post<Result>(question: string, token: string | null, signal: AbortSignal): Promise<Answer<Result>> {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: question,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    const body = (await response.json()) as Answer<Result> & { code?: string; detail?: string };
    // A refusal at the door is problem+json (RFC 9457).
    if (body.code === undefined) return body;
    return { errors: [{ message: body.detail ?? body.code, extensions: { code: body.code } }] };
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new Fault("OFFLINE", "The hub did not answer.");
  }
}
