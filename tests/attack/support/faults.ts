import { type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";

export type Vector = typeof import("../../../workers/release/vector.ts");
export type Bound = typeof import("../../../core/privacy/bound.ts");

const VECTOR = new URL("../../../workers/release/vector.ts", import.meta.url);
const LAPLACE = new URL("../../../core/privacy/laplace.ts", import.meta.url);
const MECHANISM = new URL("../../../core/privacy/mechanism.ts", import.meta.url);
const BOUND = new URL("../../../core/privacy/bound.ts", import.meta.url);

/** The release worker's draw, with a noise of another scale than the plan's: `of` is what becomes of its n and d. */
export function drawWithScale(name: string, { n, d }: { n: string; d: string }): Promise<Vector> {
  return mutate<Vector>(VECTOR, {
    name,
    from: "sampleNoise(cells.length, mechanism, random)",
    to: `sampleNoise(cells.length, { law: "LAPLACE", scale: { n: ${n}, d: ${d} } }, random)`,
  });
}

export const lessNoise = (): Promise<Vector> =>
  drawWithScale("10 % less noise", { n: "9 * mechanism.scale.n", d: "10 * mechanism.scale.d" });
export const halfNoise = (): Promise<Vector> =>
  drawWithScale("half the noise", { n: "mechanism.scale.n", d: "2 * mechanism.scale.d" });
export const twiceNoise = (): Promise<Vector> =>
  drawWithScale("twice the noise", { n: "2 * mechanism.scale.n", d: "mechanism.scale.d" });

/** The release worker's draw on a faulty copy of the sampler. */
export async function drawWithSampler(mutant: Mutant): Promise<Vector> {
  const laplace = await mutate(LAPLACE, mutant);
  const mechanism = await relink(MECHANISM, { "./laplace.ts": laplace });
  return relink<Vector>(VECTOR, { "../../core/privacy/mechanism.ts": mechanism });
}

/** The release worker's draw with a faulty choice of the sampler. */
export async function drawWithMechanism(mutant: Mutant): Promise<Vector> {
  const mechanism = await mutate(MECHANISM, mutant);
  return relink<Vector>(VECTOR, { "../../core/privacy/mechanism.ts": mechanism });
}

/** The reference of the bound with another limit than the L of a part: `limit` is what becomes of it. */
export const boundWithLimit = (name: string, limit: string): Promise<Bound> =>
  mutate<Bound>(BOUND, { name, from: "slot >= first + part ||", to: `slot >= first + ${limit} ||` });
