import { type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";

export type Vector = typeof import("../../../workers/release/vector.ts");
export type Bound = typeof import("../../../core/privacy/bound.ts");

const VECTOR = new URL("../../../workers/release/vector.ts", import.meta.url);
const LAPLACE = new URL("../../../core/privacy/laplace.ts", import.meta.url);
const BOUND = new URL("../../../core/privacy/bound.ts", import.meta.url);

/** The release worker's draw, with a noise of another scale than the plan's: `of` is what becomes of its n and d. */
export function drawWithScale(name: string, { n, d }: { n: string; d: string }): Promise<Vector> {
  return mutate<Vector>(VECTOR, {
    name,
    from: "sampleVector(cells.length, scale, random)",
    to: `sampleVector(cells.length, { n: ${n}, d: ${d} }, random)`,
  });
}

export const lessNoise = (): Promise<Vector> =>
  drawWithScale("10 % less noise", { n: "9 * scale.n", d: "10 * scale.d" });
export const halfNoise = (): Promise<Vector> => drawWithScale("half the noise", { n: "scale.n", d: "2 * scale.d" });
export const twiceNoise = (): Promise<Vector> => drawWithScale("twice the noise", { n: "2 * scale.n", d: "scale.d" });

/** The release worker's draw on a faulty copy of the sampler. */
export async function drawWithSampler(mutant: Mutant): Promise<Vector> {
  const laplace = await mutate(LAPLACE, mutant);
  return relink<Vector>(VECTOR, { "../../core/privacy/laplace.ts": laplace });
}

/** The reference of the bound with another limit than the L of a part: `limit` is what becomes of it. */
export const boundWithLimit = (name: string, limit: string): Promise<Bound> =>
  mutate<Bound>(BOUND, { name, from: "slot >= first + part ||", to: `slot >= first + ${limit} ||` });
