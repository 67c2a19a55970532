import type { Scale } from "../../../core/privacy/laplace.ts";
import { laplace } from "../../../core/privacy/mechanism.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";
import type { Worlds } from "../support/day.ts";
import type { Vector } from "../support/faults.ts";
import { from, repeat, scoreLaw } from "../support/law.ts";
import { lossOfBets, powerOfBets } from "../support/loss.ts";

/** How the attacker bets: the cells that he believes the target adds one to, and from which score on he dares to. */
export type Rule = { readonly watched: number; readonly least: number };

export type Bets = { right: number; bets: number };

/**
 * Releases the vectors of days whose world a fair coin decides, and bets on the world of those whose score is far enough
 * from zero. The score counts the watched cells above the others' count less those that are not: 1/t of it is exactly the
 * logarithm of the likelihood ratio of a mechanism where the target adds one to each of them.
 * @param days how many; the coin has the target in half of them
 */
export function bet(
  draw: Vector["drawDense"],
  { cells, without, having }: Worlds,
  scale: Scale,
  { watched, least }: Rule,
  days: number,
  random: RandomWords,
): Bets {
  const mechanism = laplace(scale.n, scale.d);
  const before = cells.slice(0, watched).map((cell) => without.get(cell) ?? 0);
  const made = { right: 0, bets: 0 };
  for (let day = 0; day < days; day++) {
    const isThere = random() >>> 31 === 1;
    const { values } = draw(cells, isThere ? having : without, [], mechanism, random);
    let score = 0;
    for (const [at, count] of before.entries()) score += (values[at] ?? 0) > count ? 1 : -1;
    if (Math.abs(score) < least) continue;
    made.bets += 1;
    if (score > 0 === isThere) made.right += 1;
  }
  return made;
}

export const lossOf = ({ right, bets }: Bets, alpha: number): number => lossOfBets(right, bets, alpha);

/**
 * The rule that shows a fault best: with what score to bet, so that the bound of a mechanism which has `scale` of noise
 * and `cells` cells of one contribution each exceeds the promised ε most surely.
 */
export function bestRule(
  scale: Scale,
  cells: number,
  epsilon: number,
  days: number,
  alpha: number,
): Rule & { readonly power: number } {
  const having = repeat(scoreLaw(scale, 1, true), cells);
  const without = repeat(scoreLaw(scale, 1, false), cells);
  let best = { watched: cells, least: 1, power: 0 };
  for (let least = cells; least >= 1; least -= 2) {
    const [right, wrong] = [from(having, least), from(without, least)];
    const bets = Math.floor(days * (right + wrong));
    if (bets < 1) continue;
    const power = powerOfBets(bets, right / (right + wrong), epsilon, alpha);
    if (power > best.power) best = { watched: cells, least, power };
  }
  return best;
}
