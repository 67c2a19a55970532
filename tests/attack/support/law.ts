import { pmf, type Scale, tail } from "../../../core/privacy/laplace.ts";

/** Probabilities by an integer score. */
export type Law = ReadonlyMap<number, number>;

/** The law of the sum of two independent scores. */
export function convolve(a: Law, b: Law): Law {
  const sum = new Map<number, number>();
  for (const [x, p] of a) for (const [y, q] of b) sum.set(x + y, (sum.get(x + y) ?? 0) + p * q);
  return sum;
}

/** The law of the sum of `times` independent scores. */
export function repeat(law: Law, times: number): Law {
  let [whole, power, left]: [Law, Law, number] = [new Map([[0, 1]]), law, times];
  for (; left > 0; left >>= 1) {
    if (left % 2 === 1) whole = convolve(whole, power);
    if (left > 1) power = convolve(power, power);
  }
  return whole;
}

/**
 * What one cell says about the target, in units of 1/t: |x| − |x − δ| for a noisy value x above the others' count, which is
 * t times the logarithm of the likelihood ratio.
 * @param isThere whether the target's δ contributions to the cell are in it
 */
export function scoreLaw(scale: Scale, delta: number, isThere: boolean): Law {
  const law = new Map<number, number>();
  const shift = isThere ? delta : 0;
  const add = (score: number, p: number): void => void law.set(score, (law.get(score) ?? 0) + p);
  // Up to 0 and from δ on the score does not change any more.
  add(-delta, tail(shift, scale));
  for (let x = 1; x < delta; x++) add(2 * x - delta, pmf(x - shift, scale));
  add(delta, tail(delta - shift, scale));
  return law;
}

/** P(score ≥ least). */
export function from(law: Law, least: number): number {
  let total = 0;
  for (const [score, p] of law) if (score >= least) total += p;
  return total;
}
