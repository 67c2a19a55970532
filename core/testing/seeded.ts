import { createCipheriv, hash } from "node:crypto";
import { type RandomWords, randomWords } from "../privacy/random.ts";

/** Reproducible randomness for statistical tests: AES-128 in counter mode under a key made of the seed. */
export function seededWords(seed: string): RandomWords {
  const cipher = createCipheriv("aes-128-ctr", hash("sha256", seed, "buffer").subarray(0, 16), Buffer.alloc(16));
  return randomWords((target) => {
    target.set(cipher.update(new Uint8Array(target.length)));
  });
}
