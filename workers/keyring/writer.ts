import type { KeyFile, KeyState } from "./file.ts";

/** A change to the state: what it becomes, and what to answer once that is durable. It may throw instead. */
export type Change<T> = (state: KeyState) => { readonly next: KeyState; readonly answer: T };

type Waiting = { apply: (state: KeyState) => KeyState; done: () => void; failed: (error: unknown) => void };

/**
 * Puts changes into the key file, one save after the other: what comes while a save runs goes into the next one
 * together. A change is answered when it is durable; a change that throws changes nothing and holds up no other.
 */
export function createWriter(file: KeyFile) {
  const queue: Waiting[] = [];
  let saving = false;

  async function pump(): Promise<void> {
    if (saving) return;
    saving = true;
    while (queue.length > 0) await saveAll(queue.splice(0));
    saving = false;
  }

  async function saveAll(group: readonly Waiting[]): Promise<void> {
    let state = file.state;
    const accepted = group.filter(({ apply, failed }) => {
      try {
        state = apply(state);
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    });
    try {
      const destroyed = file.state.keys.some((keys) => !state.keys.includes(keys));
      if (state !== file.state) await file.save(state, destroyed);
      for (const { done } of accepted) done();
    } catch (error) {
      for (const { failed } of accepted) failed(error);
    }
  }

  return <T>(change: Change<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      let answer: { value: T } | undefined;
      queue.push({
        apply(state) {
          const result = change(state);
          answer = { value: result.answer };
          return result.next;
        },
        done: () => answer !== undefined && resolve(answer.value),
        failed: reject,
      });
      void pump();
    });
}
