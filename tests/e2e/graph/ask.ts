/** An entry of `errors[]` as the public sees it. */
export type GraphError = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; action: string; errors?: { field: string; rule: string; fix: string }[] };
};
export type Answer = { data?: Record<string, unknown> | null; errors?: GraphError[] };

/** Asks the graph at the front door. */
export async function ask(url: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** The data of a question that must succeed. */
export async function data<T>(url: string, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const answer = await ask(url, query, variables);
  if (answer.errors !== undefined) throw new Error(answer.errors.map(({ message }) => message).join("; "));
  return answer.data as T;
}

/** The first error of a question that must fail. */
export async function refusal(url: string, query: string, variables: Record<string, unknown> = {}) {
  const { errors } = await ask(url, query, variables);
  const [first] = errors ?? [];
  if (first === undefined) throw new Error("the question was answered");
  const [fault] = first.extensions.errors ?? [];
  return { code: first.extensions.code, message: first.message, field: fault?.field, fix: fault?.fix };
}
