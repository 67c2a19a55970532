import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until the answer is there.
 * @param what named in the error, with the last answer that was not enough
 * @param ask answers `undefined`, `null` or `false` while it is not there yet; it may throw meanwhile
 * @throws Error after `limitMs` (default 30 s)
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  { limitMs = 30_000, everyMs = 100 }: { limitMs?: number; everyMs?: number } = {},
): Promise<T> {
  let last = "no answer";
  for (const end = Date.now() + limitMs; ; await sleep(everyMs)) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      last = String(answer);
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${limitMs} ms (last: ${last})`);
  }
}

/** Asks until a value has become what is wanted, and says in its error what it was at last. */
export function untilEqual<T extends string | number | boolean>(
  what: string,
  wanted: T,
  ask: () => Promise<T>,
  options: { limitMs?: number; everyMs?: number } = {},
): Promise<true> {
  return until(
    `${what} = ${wanted}`,
    async () => {
      const value = await ask();
      if (value === wanted) return true;
      throw new Error(`${what} is ${value}`);
    },
    options,
  );
}
