import type { Scale } from "../../../core/privacy/laplace.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { normalQuantile } from "../../../core/testing/proportion.ts";
import type { Vector } from "../support/faults.ts";
import { lossOfBets, lossOfEvent, powerOfBets, shareOf } from "../support/loss.ts";

export type Draw = Vector["drawDense"];

/** The count of a cell without the target; with it there is one more. */
const WITHOUT = 3;
/** Values so many scales away from the count are taken together: nothing correct lies there once in e^14. */
const REACH_SCALES = 14;
const CELLS = 4096;
/** The part of alpha for the event that is known to have the full loss; the rest is for the search. */
const MAIN = 0.9;

/** How often each value came, half of the samples after the other; the ends hold all that lies beyond. */
type Histogram = { readonly halves: readonly [Uint32Array, Uint32Array]; readonly offset: number };

/** What a release of one cell with a count comes to, `samples` times, through the release worker's own draw. */
function observe(draw: Draw, count: number, scale: Scale, samples: number, random: RandomWords): Histogram {
  const reach = Math.ceil((REACH_SCALES * scale.n) / scale.d) + 5;
  const offset = reach - WITHOUT;
  const bins = 2 * reach + 2;
  const halves = [new Uint32Array(bins), new Uint32Array(bins)] as const;
  const cells = Array.from({ length: CELLS }, (_, index) => index);
  const counts = new Map(cells.map((cell) => [cell, count]));
  let [left, half] = [samples, 0];
  while (left > 0) {
    const batch = Math.min(left, CELLS);
    const { values } = draw(
      batch === CELLS ? cells : cells.slice(0, batch),
      counts,
      [],
      { law: "LAPLACE", scale },
      random,
    );
    const bin = halves[half === 0 ? 0 : 1];
    for (const value of values) {
      const at = Math.min(Math.max(value + offset, 0), bins - 1);
      bin[at] = (bin[at] ?? 0) + 1;
    }
    half = 1 - half;
    left -= batch;
  }
  return { halves, offset };
}

/** The ε that is there at least; `scan` is what the search through all other events found. */
export type Audited = { readonly loss: number; readonly scan: number };

/**
 * Tells two worlds apart that differ by the target's contribution to one cell. Most of alpha goes to the event with the
 * full loss at a known place, "above the others' count", the rest to the worst of all values and tails, which is searched in
 * one half of the samples and measured in the other.
 * @param samples of each world
 */
export function auditCell(draw: Draw, scale: Scale, samples: number, alpha: number, random: RandomWords): Audited {
  const without = observe(draw, WITHOUT, scale, samples, random);
  const having = observe(draw, WITHOUT + 1, scale, samples, random);
  const at = WITHOUT + without.offset;
  const both = ({ halves: [a, b] }: Histogram): Uint32Array => a.map((count, index) => count + (b[index] ?? 0));
  const right = sum(both(without).subarray(0, at + 1)) + sum(both(having).subarray(at + 1));
  const loss = lossOfBets(right, 2 * samples, MAIN * alpha);
  const scan = worstEvent(without, having, (1 - MAIN) * alpha);
  return { loss: Math.max(loss, scan), scan };
}

const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);

/** A set of values: one value, or all up to it or from it on. */
type Event = (counts: Uint32Array, value: number) => number;

function worstEvent(without: Histogram, having: Histogram, alpha: number): number {
  const [chosen, measured] = [0, 1].map((half) =>
    [without, having].map(({ halves }) => cumulate(halves[half === 0 ? 0 : 1])),
  ) as [Cumulated[], Cumulated[]];
  let best = { expected: 0, event: EVENTS[0] as Event, value: 0, direction: 0 };
  for (const event of EVENTS) {
    for (let value = 0; value < (chosen[0]?.length ?? 0); value++) {
      const seen = chosen.map((counts) => event(counts, value) + 0.5) as [number, number];
      for (const direction of [0, 1]) {
        const [many, few] = direction === 1 ? [seen[1], seen[0]] : [seen[0], seen[1]];
        const expected = Math.log(many / few) - 4 * Math.sqrt(1 / many + 1 / few);
        if (expected > best.expected) best = { expected, event, value, direction };
      }
    }
  }
  const [a, b] = measured.map((counts) => best.event(counts, best.value)) as [number, number];
  const samples = measured[0]?.at(-1) ?? 0;
  return best.direction === 1 ? lossOfEvent(b, a, samples, alpha) : lossOfEvent(a, b, samples, alpha);
}

type Cumulated = Uint32Array;
const cumulate = (counts: Uint32Array): Cumulated => {
  let total = 0;
  return counts.map((count) => {
    total += count;
    return total;
  });
};
const EVENTS: readonly Event[] = [
  (upTo, value) => (upTo[value] ?? 0) - (upTo[value - 1] ?? 0),
  (upTo, value) => upTo[value] ?? 0,
  (upTo, value) => (upTo.at(-1) ?? 0) - (upTo[value - 1] ?? 0),
];

/** The chance that a mechanism with `share` of the noise is found to have more than ε. */
export const powerOfCell = ({ n, d }: Scale, samples: number, share: number, alpha: number): number =>
  powerOfBets(2 * samples, shareOf(d / (n * share)), d / n, MAIN * alpha);

/** What the bound of a correct mechanism falls below only once in 30 000 audits. */
export function leastBound({ n, d }: Scale, samples: number, alpha: number): number {
  const deviation = Math.sqrt(2 / samples);
  return d / n - (normalQuantile(1 - MAIN * alpha) + 4) * deviation;
}
