/** A source of chance: uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * A seeded source (mulberry32): the same text gives the same numbers, so that a day of history that is made again after
 * a restart is the same day.
 */
export function seeded(text: string): Random {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many things happen where `mean` are expected: Poisson; from 40 on by the normal distribution. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** A standard normal number (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A whole number from `low` to `high`, both included. */
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** One of the list. @throws RangeError for an empty list */
export function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new RangeError("nothing to pick from");
  return one;
}

/** A new name for a thing the sensor tells apart: 12 hexadecimal digits. */
export function subjectId(random: Random): string {
  const half = (): string =>
    Math.floor(random() * 0x1000000)
      .toString(16)
      .padStart(6, "0");
  return half() + half();
}
