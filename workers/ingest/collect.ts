type Waiting = { readonly id: string; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/** Batches in one transaction, and transactions at once: one is judged while the other is written. */
const GROUP = 20;
const AT_ONCE = 2;

/**
 * Gathers the ids of single jobs into groups. A group is what has come while the last ones were worked on, so that
 * nobody waits for a group to fill.
 * @param work what is done with a group; when it throws, each id of the group fails
 */
export function createCollector(work: (ids: readonly string[]) => Promise<void>) {
  const known = new Map<string, Promise<void>>();
  const queue: Waiting[] = [];
  let running = 0;

  function pump(): void {
    while (running < AT_ONCE && queue.length > 0) {
      const group = queue.splice(0, GROUP);
      running += 1;
      work(group.map(({ id }) => id))
        .then(
          () => {
            for (const { resolve } of group) resolve();
          },
          (error: unknown) => {
            for (const { reject } of group) reject(error);
          },
        )
        .finally(() => {
          running -= 1;
          pump();
        });
    }
  }

  return {
    /** Resolves when the batch was worked on; the same id at the same time is one. */
    submit(id: string): Promise<void> {
      let done = known.get(id);
      if (done === undefined) {
        done = new Promise<void>((resolve, reject) => {
          queue.push({ id, resolve, reject });
        }).finally(() => known.delete(id));
        known.set(id, done);
        // Let the ids of one tick come together.
        setImmediate(pump);
      }
      return done;
    },
  };
}
