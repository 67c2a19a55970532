import { gaussianDeviation, gaussianMeanAbsolute, gaussianPmf, gaussianTail } from "../../../core/privacy/gaussian.ts";
import { meanAbsolute, pmf, standardDeviation, tail } from "../../../core/privacy/laplace.ts";
import { deviation, type Mechanism } from "../../../core/privacy/mechanism.ts";
import { fitZ, ONE_IN_A_MILLION } from "../../../core/testing/statistics.ts";

/** A law as its definition gives it: what draws are held against. */
export type Law = {
  readonly pmf: (x: number) => number;
  /** P(X ≥ x) */
  readonly tail: (x: number) => number;
  readonly meanAbsolute: number;
  readonly deviation: number;
};

export function lawOf(mechanism: Mechanism): Law {
  if (mechanism.law === "LAPLACE") {
    const { scale } = mechanism;
    return {
      pmf: (x) => pmf(x, scale),
      tail: (x) => tail(x, scale),
      meanAbsolute: meanAbsolute(scale),
      deviation: standardDeviation(scale),
    };
  }
  const { variance } = mechanism;
  return {
    pmf: (x) => gaussianPmf(x, variance),
    tail: (x) => gaussianTail(x, variance),
    meanAbsolute: gaussianMeanAbsolute(variance),
    deviation: gaussianDeviation(variance),
  };
}

/**
 * How far draws are from a law, in standard deviations: the whole of it by χ², the mean of |x|, the count beyond 3 sd, and
 * how the signs are balanced.
 */
export type Fit = { readonly chiSquare: number; readonly mean: number; readonly tail: number; readonly sign: number };

/** As far from zero as draws may go in the figures of a fit. */
export const MOST = { chiSquare: ONE_IN_A_MILLION, mean: 5, tail: 5, sign: 5 } as const;

export function fitOf(draws: readonly number[], mechanism: Mechanism): Fit {
  const law = lawOf(mechanism);
  const reach = Math.ceil(6 * deviation(mechanism));
  const outside = law.tail(reach + 1);
  const far = Math.ceil(3 * deviation(mechanism));
  const share = 2 * law.tail(far);
  const meanOfSize = draws.reduce((sum, x) => sum + Math.abs(x), 0) / draws.length;
  const spreadOfSize = Math.sqrt(law.deviation ** 2 - law.meanAbsolute ** 2);
  const beyond = draws.reduce((count, x) => count + (Math.abs(x) >= far ? 1 : 0), 0);
  const balance = draws.reduce((sum, x) => sum + Math.sign(x), 0);
  return {
    sign: balance / Math.sqrt(draws.length * (1 - law.pmf(0))),
    chiSquare: fitZ(draws, -reach, reach, law.pmf, [outside, outside]),
    mean: ((meanOfSize - law.meanAbsolute) / spreadOfSize) * Math.sqrt(draws.length),
    tail: (beyond - share * draws.length) / Math.sqrt(draws.length * share * (1 - share)),
  };
}

export const fits = ({ chiSquare, mean, tail: beyond, sign }: Fit): boolean =>
  chiSquare < MOST.chiSquare &&
  Math.abs(mean) < MOST.mean &&
  Math.abs(beyond) < MOST.tail &&
  Math.abs(sign) < MOST.sign;
