import { nanoRho, planMechanism } from "../core/ledger/budget.ts";
import { halfWidth } from "../core/privacy/interval.ts";
import { rowOf } from "../core/privacy/mechanism.ts";
import type { PlanConfig } from "./cities/city.ts";

/**
 * What follows from a plan's L, ε and δ: ρ in nano-ρ, the mechanism with its scale t = L/ε or variance σ² = L/(2ρ) as a
 * fraction, the 95 % half width of one value.
 */
export function planNumbers(
  dataset: string,
  { bound, epsilonMicro, deltaPico = 0 }: Pick<PlanConfig, "bound" | "epsilonMicro"> & { deltaPico?: number },
) {
  const cost = { dataset, contributions: bound, microEpsilon: epsilonMicro, picoDelta: deltaPico };
  const mechanism = planMechanism(cost);
  const { mechanism: law, n, d } = rowOf(mechanism);
  return {
    nanoRho: nanoRho(cost),
    mechanism: law,
    scaleNumerator: n,
    scaleDenominator: d,
    halfWidth95: halfWidth(mechanism),
  };
}
