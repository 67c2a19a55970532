import type { halfWidth } from "../../../core/privacy/interval.ts";
import { type Mechanism, mechanismOf, sampleNoise } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import { VECTORS } from "../../e2e/independent/compare.ts";

/** How many released values are summed. */
export const CELLS = [1, 2, 7, 16, 40] as const;
const ALPHA = 0.05;

/** A mechanism, and the shares that its 95 % intervals should hold, by number of cells: predicted by another program. */
export type Predicted = { readonly name: string; readonly mechanism: Mechanism; readonly shares: readonly number[] };

/** Those laws of the golden vectors for which all sums of {@link CELLS} are predicted. */
export const PREDICTED: readonly Predicted[] = VECTORS.laws.flatMap(({ law, n, d, widths }) => {
  const shares = CELLS.map((cells) => {
    const found = widths.find((width) => width.cells === cells && width.alpha === ALPHA);
    return found?.outside === undefined ? Number.NaN : 1 - Number(found.outside);
  });
  if (shares.some(Number.isNaN)) return [];
  return [{ name: `${law} ${n}/${d}`, mechanism: mechanismOf({ mechanism: law, n, d }), shares }];
});

/**
 * Draws a value and sums of values `samples` times, and counts those that the interval holds.
 * @returns the share that is held, by number of cells
 */
export function heldShares(
  width: typeof halfWidth,
  mechanism: Mechanism,
  samples: number,
  random: RandomWords,
): readonly number[] {
  const widths = CELLS.map((cells) => width(mechanism, cells));
  const held = CELLS.map(() => 0);
  const most = Math.max(...CELLS);
  for (let sample = 0; sample < samples; sample++) {
    const noise = sampleNoise(most, mechanism, random);
    let sum = 0;
    let next = 0;
    for (const [at, cells] of CELLS.entries()) {
      for (; next < cells; next++) sum += noise[next] ?? 0;
      if (Math.abs(sum) <= (widths[at] ?? -1)) held[at] = (held[at] ?? 0) + 1;
    }
  }
  return held.map((count) => count / samples);
}
