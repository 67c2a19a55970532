/**
 * What rounding can take from the result, relative to the sum of the terms' sizes: 2^-46, 64 times the rounding unit of a
 * double. Twelve operations follow each other, each with an error of at most 1 unit (exp, log and log1p of V8: fdlibm).
 */
const MARGIN = 2 ** -46;

/**
 * ε such that ρ-zCDP gives (ε, δ)-DP: the least over α > 1 of
 * ρα + (ln(1/δ) + (α − 1)·ln(1 − 1/α) − ln α)/(α − 1) (Canonne, Kamath, Steinke 2020, corollary 13).
 *
 * Never below the true value: the bound holds for **every** α, so that a search which stops early costs a little ε and no
 * privacy, and {@link MARGIN} of the terms' sizes is added for rounding (less than 1e-9 for ε of this hub).
 */
export function epsilonOfRho(rho: number, delta: number): number {
  if (rho === 0) return 0;
  const at = (logAlphaMinus1: number): number => {
    const a = Math.exp(logAlphaMinus1);
    const terms = [rho, rho * a, Math.log(1 / delta) / a, -Math.log1p(a) / a, Math.log(a), -Math.log1p(a)];
    return terms.reduce((sum, term) => sum + term + MARGIN * Math.abs(term), 0);
  };
  let low = -12;
  let high = 25;
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-9) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (at(left) < at(right)) high = right;
    else low = left;
  }
  return Math.max(0, at((low + high) / 2));
}
