import { post } from "./http.ts";

/**
 * Asks the hub's graph.
 * @throws when the answer has errors: a test says itself when it expects some
 */
export async function ask<T>(url: string, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const body = Buffer.from(JSON.stringify({ query, variables }));
  const answer = await post(`${url}/graphql`, { "content-type": "application/json" }, body);
  const { data, errors } = JSON.parse(answer.text) as { data?: T; errors?: unknown[] };
  if (errors !== undefined || data === undefined) throw new Error(`${answer.status}: ${answer.text.slice(0, 1000)}`);
  return data;
}
