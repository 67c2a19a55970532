import { clopperPearsonLower, clopperPearsonUpper, incompleteBeta } from "../../../core/testing/proportion.ts";

/**
 * How much ε a mechanism has at least, from bets on which of two neighbouring inputs a release was made of, with
 * confidence 1 − alpha. Under pure ε a bet is right with at most e^ε/(1 + e^ε), whatever the output it is placed on, and
 * whichever outputs the attacker leaves out (Steinke, Nasr, Jagielski 2023, arXiv 2305.08846); so the Clopper–Pearson
 * bound of the share of right bets is one of ε.
 */
export function lossOfBets(right: number, bets: number, alpha: number): number {
  if (bets === 0) return 0;
  const share = clopperPearsonLower(right, bets, alpha);
  return Math.max(0, Math.log(share / (1 - share)));
}

/** The same from how often one event came in `samples` of each of two worlds, with a bound for each. */
export function lossOfEvent(having: number, without: number, samples: number, alpha: number): number {
  const most = clopperPearsonLower(having, samples, alpha / 2);
  const least = clopperPearsonUpper(without, samples, alpha / 2);
  return Math.max(0, Math.log(most / least));
}

const atLeast = (k: number, n: number, p: number): number => (k <= 0 ? 1 : k > n ? 0 : incompleteBeta(p, k, n - k + 1));

/** The least number of right bets of `bets` whose bound exceeds ε. */
export function betsNeeded(bets: number, epsilon: number, alpha: number): number {
  const allowed = 1 / (1 + Math.exp(-epsilon));
  let [low, high] = [Math.floor(bets * allowed), bets + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (atLeast(middle, bets, allowed) < alpha) high = middle;
    else low = middle;
  }
  return high;
}

/** The chance that `bets` bets, each right with `share`, give a bound above ε. */
export const powerOfBets = (bets: number, share: number, epsilon: number, alpha: number): number =>
  atLeast(betsNeeded(bets, epsilon, alpha), bets, share);

/** The logistic function: how often a bet is right where the loss is ε. */
export const shareOf = (epsilon: number): number => 1 / (1 + Math.exp(-epsilon));
