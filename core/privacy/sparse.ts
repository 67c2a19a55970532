import { sampleBinomial } from "./binomial.ts";
import { survivalBits } from "./exponential.ts";
import { checkScale, geometric, type Scale, sampleLaplace } from "./laplace.ts";
import { type RandomWords, systemRandom, uniform } from "./random.ts";

export type SparseInput = {
  /** Exact counts by cell number; cells that are not named are empty. */
  readonly counts: ReadonlyMap<number, number>;
  /** How many cells the public domain has: cells are numbered 0 … domain − 1, the same way before and after the day. */
  readonly domain: number;
  readonly scale: Scale;
  /** The least value that is shown, ≥ 1; nothing below is ever stored (P5). */
  readonly threshold: number;
};

/**
 * Releases a mostly empty table: the cells whose noisy value reaches the threshold, ordered by cell. The law is that of
 * noise on every cell of the domain (P4), the cost grows with the counts and the survivors only: the non-empty cells get
 * noise one by one, the number of surviving empty cells is drawn from the binomial, their places uniformly and their
 * values from the tail, which is the threshold plus a geometric draw. Exact: no float is involved.
 */
export function releaseSparse(input: SparseInput, random: RandomWords = systemRandom): Map<number, number> {
  const { counts, domain, scale, threshold } = input;
  checkInput(input);
  const shown: [number, number][] = [];
  const occupied = new Set<number>();
  for (const [cell, count] of counts) {
    if (count === 0) continue;
    occupied.add(cell);
    const value = count + sampleLaplace(scale, random);
    if (value >= threshold) shown.push([cell, value]);
  }
  const empty = domain - occupied.size;
  const survivors = sampleBinomial(empty, survivalBits(scale, threshold), random);
  for (const cell of chooseEmpty(survivors, empty, domain, occupied, random)) {
    shown.push([cell, threshold + geometric(scale, random)]);
  }
  // Ordered by cell: the order of drawing would tell which cells were empty.
  return new Map(shown.sort((a, b) => a[0] - b[0]));
}

function checkInput({ counts, domain, scale, threshold }: SparseInput): void {
  checkScale(scale);
  if (!Number.isSafeInteger(domain) || domain < 1) throw new RangeError("a domain has a positive number of cells");
  if (!Number.isSafeInteger(threshold) || threshold < 1)
    throw new RangeError("a threshold is an integer of at least 1");
  for (const [cell, count] of counts) {
    if (!Number.isSafeInteger(cell) || cell < 0 || cell >= domain) throw new RangeError("a cell is outside the domain");
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError("a count is a non-negative integer");
  }
}

/** `wanted` distinct empty cells, every set of them equally likely. */
function chooseEmpty(
  wanted: number,
  empty: number,
  domain: number,
  occupied: ReadonlySet<number>,
  random: RandomWords,
): Iterable<number> {
  const chosen = new Set<number>();
  if (wanted * 2 <= empty && occupied.size * 2 <= domain) {
    while (chosen.size < wanted) {
      const cell = uniform(domain, random);
      if (!occupied.has(cell)) chosen.add(cell);
    }
    return chosen;
  }
  let left = empty;
  for (let cell = 0; cell < domain && chosen.size < wanted; cell++) {
    if (occupied.has(cell)) continue;
    if (uniform(left, random) < wanted - chosen.size) chosen.add(cell);
    left--;
  }
  return chosen;
}
