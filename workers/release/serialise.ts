/** Asks for work on a population-day; settles when that work is done. */
export type Request = (population: number, day: string) => Promise<void>;

/**
 * Works one day of a population after the other, and several populations side by side. A day that is asked for again
 * before its turn is worked once.
 * @param limit populations at a time
 */
export function serialise(limit: number, work: Request): Request {
  const last = new Map<number, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  const queue: (() => void)[] = [];
  let running = 0;

  const takePlace = async (): Promise<void> => {
    if (running < limit) running++;
    else await new Promise<void>((resolve) => queue.push(resolve));
  };
  const leavePlace = (): void => {
    const next = queue.shift();
    if (next === undefined) running--;
    else next();
  };

  return (population, day) => {
    const name = `${population}.${day}`;
    const asked = waiting.get(name);
    if (asked !== undefined) return asked;
    const before = last.get(population) ?? Promise.resolve();
    const turn = before
      .catch(() => {})
      .then(takePlace)
      .then(async () => {
        waiting.delete(name);
        try {
          await work(population, day);
        } finally {
          leavePlace();
        }
      });
    waiting.set(name, turn);
    last.set(population, turn);
    const forget = () => void (last.get(population) === turn && last.delete(population));
    turn.then(forget, forget);
    return turn;
  };
}
