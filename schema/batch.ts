import type { Context } from "./context.ts";

/**
 * Joins the questions that fields of one request ask in the same turn into one read.
 * @param load answers many keys at once; a key that is missing in its answer becomes null
 */
export function batch<Value>(load: (context: Context, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>) {
  const waiting = new WeakMap<Context, { keys: Set<string>; answer: Promise<ReadonlyMap<string, Value>> }>();
  return async (context: Context, key: string): Promise<Value | null> => {
    let turn = waiting.get(context);
    if (turn === undefined) {
      const keys = new Set<string>();
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        waiting.delete(context);
        return load(context, [...keys]);
      });
      turn = { keys, answer };
      waiting.set(context, turn);
    }
    turn.keys.add(key);
    return (await turn.answer).get(key) ?? null;
  };
}
