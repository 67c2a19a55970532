import { type RandomWords, systemRandom } from "../../../core/privacy/random.ts";
import { seededWords } from "../../../core/testing/seeded.ts";
import type { Size } from "./figure.ts";

/**
 * Where the noise of an attacked release comes from: at full size the system's generator, as in a hub; with the fast
 * samples of `npm test` a seed, so that a test that passed passes again.
 */
export const noiseFor = (size: Size, seed: string): RandomWords =>
  size === "full" ? systemRandom : seededWords(`attack ${seed}`);
