import { type Mechanism, sampleNoise } from "../../core/privacy/mechanism.ts";
import { type RandomWords, systemRandom } from "../../core/privacy/random.ts";
import { releaseSparse } from "../../core/privacy/sparse.ts";

/** Exact counts by cell number; cells without a contribution are absent. */
export type Counts = ReadonlyMap<number, number>;

/** What step B writes of a slot: the exact counts (`edge.frozen`) and the one draw (`edge.draw`). */
export type Drawn = {
  readonly frozenCells: number[];
  readonly counts: number[];
  readonly cells: number[];
  readonly values: number[];
  readonly silent: boolean[];
};

/** The cell of a pair in an origin–destination plan: origin × 65536 + destination. */
export const PAIR = 65_536;

/**
 * Adds noise to every public cell, the empty ones too (rule P4). The signed values are kept as they are (rule P5).
 * @param cells the plan's partitions in order; a count of any other cell is not the plan's and is left out
 * @param silent by cell: whether nobody watched it in the window
 */
export function drawDense(
  cells: readonly number[],
  counts: Counts,
  silent: readonly boolean[],
  mechanism: Mechanism,
  random: RandomWords = systemRandom,
): Drawn {
  const exact = cells.map((cell) => counts.get(cell) ?? 0);
  const noise = sampleNoise(cells.length, mechanism, random);
  return {
    frozenCells: [...cells],
    counts: exact,
    cells: [...cells],
    values: exact.map((count, index) => count + (noise[index] ?? 0)),
    silent: cells.map((_, index) => silent[index] === true),
  };
}

/**
 * Draws the pairs of an origin–destination plan that reach its threshold, over all pairs of its public places. Only for
 * Laplace noise, whose tail survivors are drawn from; RangeError for another.
 * @param places the plan's partitions in order
 * @param counts by pair cell
 */
export function drawSparse(
  places: readonly number[],
  counts: Counts,
  mechanism: Mechanism,
  threshold: number,
  random: RandomWords = systemRandom,
): Drawn {
  if (mechanism.law !== "LAPLACE") throw new RangeError("a sparse release has Laplace noise");
  const { scale } = mechanism;
  const position = new Map(places.map((place, index) => [place, index]));
  const byPosition = new Map<number, number>();
  for (const [cell, count] of counts) {
    const origin = position.get(Math.floor(cell / PAIR));
    const destination = position.get(cell % PAIR);
    if (origin !== undefined && destination !== undefined) byPosition.set(origin * places.length + destination, count);
  }
  const cellAt = (index: number): number =>
    (places[Math.floor(index / places.length)] ?? 0) * PAIR + (places[index % places.length] ?? 0);
  const exact = [...byPosition].sort(([a], [b]) => a - b);
  const shown = [...releaseSparse({ counts: byPosition, domain: places.length ** 2, scale, threshold }, random)];
  return {
    frozenCells: exact.map(([index]) => cellAt(index)),
    counts: exact.map(([, count]) => count),
    cells: shown.map(([index]) => cellAt(index)),
    values: shown.map(([, value]) => value),
    silent: shown.map(() => false),
  };
}
