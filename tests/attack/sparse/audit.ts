import type { Mechanism } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { twoSampleZ } from "../../../core/testing/statistics.ts";
import { drawDense, PAIR } from "../../../workers/release/vector.ts";
import type { Vector } from "../support/faults.ts";

export type Draw = Vector["drawSparse"];

const pairOf = (origin: number, destination: number): number => origin * PAIR + destination;

/** Exact counts of a domain of three places, so small that noise on all nine pairs is drawn beside it. */
const SMALL = [1, 2, 3] as const;
const SMALL_COUNTS = new Map([
  [pairOf(3, 3), 11],
  [pairOf(1, 2), 4],
  [pairOf(2, 1), 1],
]);

/**
 * How far, in standard deviations, whole outcomes of sparse releases lie from those of dense noise cut at the threshold:
 * which pairs are shown together and with what values, those far above the threshold taken as one.
 */
export function lawDistance(draw: Draw, mechanism: Mechanism, threshold: number, rounds: number, random: RandomWords) {
  const seen = new Map<string, [number, number]>();
  const note = (shown: readonly (readonly [number, number])[], side: 0 | 1): void => {
    const name = shown.map(([cell, value]) => `${cell}:${Math.min(value, threshold + 4)}`).join(" ");
    const pair = seen.get(name) ?? [0, 0];
    pair[side] += 1;
    seen.set(name, pair);
  };
  const all = SMALL.flatMap((origin) => SMALL.map((destination) => pairOf(origin, destination)));
  for (let round = 0; round < rounds; round++) {
    const { cells, values } = draw(SMALL, SMALL_COUNTS, mechanism, threshold, random);
    note(
      cells.map((cell, index) => [cell, values[index] ?? 0] as const),
      0,
    );
    const dense = drawDense(all, SMALL_COUNTS, [], mechanism, random);
    note(
      dense.cells
        .map((cell, index) => [cell, dense.values[index] ?? 0] as const)
        .filter(([, value]) => value >= threshold),
      1,
    );
  }
  return twoSampleZ([...seen.values()]);
}

export type Bets = { right: number; bets: number };
/** Bets on one trip: in a pair without any other, in one between two stations without any other, in one at the threshold. */
export type PresenceBets = { readonly lone: Bets; readonly dead: Bets; readonly edge: Bets };

/** Stations 1 … 30 have traffic; the others have none but the target's. */
const ALIVE = 30;
const DEAD_PAIRS = 40;
const LONE = 300;
const EDGE = 200;
const BUSY = 100;

/**
 * Bets on one trip from whether its pair is shown. A release holds several hundred independent targets, each there by a
 * fair coin of its own, as in the audit of one run by Steinke, Nasr, Jagielski (2023, arXiv 2305.08846): a bet on one is
 * right with at most e^ε/(1 + e^ε) whatever the others did.
 */
export function betOnPresence(
  draw: Draw,
  mechanism: Mechanism,
  threshold: number,
  releases: number,
  random: RandomWords,
): PresenceBets {
  const places = Array.from({ length: ALIVE + 2 * DEAD_PAIRS }, (_, index) => index + 1);
  const alive = places.slice(0, ALIVE).flatMap((from) => places.slice(0, ALIVE).map((to) => pairOf(from, to)));
  const lone = alive.slice(0, LONE);
  const edge = alive.slice(LONE, LONE + EDGE);
  const busy = alive.slice(-BUSY).map((cell, index) => [cell, 3 + index] as const);
  const dead = Array.from({ length: DEAD_PAIRS }, (_, index) => pairOf(ALIVE + 1 + 2 * index, ALIVE + 2 + 2 * index));
  const found = { lone: { right: 0, bets: 0 }, dead: { right: 0, bets: 0 }, edge: { right: 0, bets: 0 } };
  const coin = (): boolean => random() >>> 31 === 1;
  for (let release = 0; release < releases; release++) {
    const counts = new Map<number, number>(busy);
    const here = new Set([...lone, ...edge, ...dead].filter(coin));
    for (const cell of [...lone, ...dead]) if (here.has(cell)) counts.set(cell, 1);
    for (const cell of edge) counts.set(cell, here.has(cell) ? threshold : threshold - 1);
    const shown = new Set(draw(places, counts, mechanism, threshold, random).cells);
    for (const [bets, cells] of [
      [found.lone, lone],
      [found.dead, dead],
      [found.edge, edge],
    ] as const) {
      for (const cell of cells) {
        // An empty pair is hidden nearly always: only one that is shown says something.
        if (bets !== found.edge && !shown.has(cell)) continue;
        bets.bets += 1;
        if (shown.has(cell) === here.has(cell)) bets.right += 1;
      }
    }
  }
  return found;
}
