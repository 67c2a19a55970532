import { gaussianDeviation, gaussianMeanAbsolute, sampleGaussianVector, type Variance } from "./gaussian.ts";
import { meanAbsolute, type Scale, sampleVector, standardDeviation } from "./laplace.ts";
import { type RandomWords, systemRandom } from "./random.ts";

/** The laws that noise is drawn from: discrete Laplace of scale t (pure ε), discrete Gaussian of variance σ² (ε and δ). */
export const LAWS = ["LAPLACE", "GAUSSIAN"] as const;
export type Law = (typeof LAWS)[number];

/** A law with its parameter: all that drawing noise and stating its error need. */
export type Mechanism =
  | { readonly law: "LAPLACE"; readonly scale: Scale }
  | { readonly law: "GAUSSIAN"; readonly variance: Variance };

/** A plan's noise as its row names it: n/d is the scale t of Laplace noise, the variance σ² of Gaussian noise. */
export type NoiseRow = { readonly mechanism: Law; readonly n: number; readonly d: number };

export const laplace = (n: number, d = 1): Mechanism => ({ law: "LAPLACE", scale: { n, d } });
export const gaussian = (n: number, d = 1): Mechanism => ({ law: "GAUSSIAN", variance: { n, d } });

export const mechanismOf = ({ mechanism, n, d }: NoiseRow): Mechanism =>
  mechanism === "LAPLACE" ? laplace(n, d) : gaussian(n, d);

export const rowOf = (mechanism: Mechanism): NoiseRow => ({
  mechanism: mechanism.law,
  ...(mechanism.law === "LAPLACE" ? mechanism.scale : mechanism.variance),
});

/** `count` independent draws of the mechanism's noise. */
export function sampleNoise(count: number, mechanism: Mechanism, random: RandomWords = systemRandom): number[] {
  return mechanism.law === "LAPLACE"
    ? sampleVector(count, mechanism.scale, random)
    : sampleGaussianVector(count, mechanism.variance, random);
}

/** The standard deviation of one draw, in counts. */
export function deviation(mechanism: Mechanism): number {
  return mechanism.law === "LAPLACE" ? standardDeviation(mechanism.scale) : gaussianDeviation(mechanism.variance);
}

/** E|noise| of one draw, in counts: how far a value is off on average. */
export function meanError(mechanism: Mechanism): number {
  return mechanism.law === "LAPLACE" ? meanAbsolute(mechanism.scale) : gaussianMeanAbsolute(mechanism.variance);
}

/** The law in words. */
export const lawText = ({ law }: Mechanism): string => (law === "LAPLACE" ? "discrete Laplace" : "discrete Gaussian");

/** How wide the noise is, in counts: t of Laplace, σ of Gaussian noise. */
export const scaleOf = (mechanism: Mechanism): number =>
  mechanism.law === "LAPLACE"
    ? mechanism.scale.n / mechanism.scale.d
    : Math.sqrt(mechanism.variance.n / mechanism.variance.d);
