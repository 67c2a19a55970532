import { nanoRho, planScale } from "../core/ledger/budget.ts";
import { halfWidth } from "../core/privacy/interval.ts";
import { laplace } from "../core/privacy/mechanism.ts";
import type { PlanConfig } from "./cities/city.ts";

/** What follows from a plan's L and ε: ρ in nano-ρ, the scale t = L/ε as a fraction, the 95 % half width of one value. */
export function planNumbers(dataset: string, { bound, epsilonMicro }: Pick<PlanConfig, "bound" | "epsilonMicro">) {
  const cost = { dataset, contributions: bound, microEpsilon: epsilonMicro };
  const scale = planScale(cost);
  return {
    nanoRho: nanoRho(cost),
    scaleNumerator: scale.n,
    scaleDenominator: scale.d,
    halfWidth95: halfWidth(laplace(scale.n, scale.d)),
  };
}
