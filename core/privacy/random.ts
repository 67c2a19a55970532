import { randomFillSync } from "node:crypto";

/** Fills the whole target with random bytes. */
export type RandomBytes = (target: Uint8Array) => void;

/** A stream of uniform 32-bit words; where every sampler takes its randomness from. */
export type RandomWords = () => number;

const TWO_32 = 0x1_0000_0000;

/** Reads words from a source of bytes through a buffer of 16 KiB, because one call for each word costs 50 times more. */
export function randomWords(fill: RandomBytes): RandomWords {
  const words = new Uint32Array(4096);
  const bytes = new Uint8Array(words.buffer);
  let next = words.length;
  return () => {
    if (next === words.length) {
      fill(bytes);
      next = 0;
    }
    const word = words[next] as number;
    words[next++] = 0;
    return word;
  };
}

/** The operating system's generator (CSPRNG): the only source outside tests. */
export const systemRandom: RandomWords = randomWords((target) => {
  randomFillSync(target);
});

/** A uniform integer in `[0, bound)`, by rejection so that no residue is favoured; `bound` from 1 to 2^53 − 1. */
export function uniform(bound: number, random: RandomWords): number {
  if (bound > TWO_32) return Number(uniformBig(BigInt(bound), random));
  const excess = TWO_32 % bound;
  const limit = TWO_32 - excess;
  for (;;) {
    const word = random();
    if (word < limit) return word % bound;
  }
}

/** A uniform integer in `[0, bound)` for a bound of any size. */
export function uniformBig(bound: bigint, random: RandomWords): bigint {
  const bits = (bound - 1n).toString(2).length;
  const words = Math.ceil(bits / 32);
  for (;;) {
    let value = 0n;
    for (let i = 0; i < words; i++) value = (value << 32n) | BigInt(random());
    value >>= BigInt(words * 32 - bits);
    if (value < bound) return value;
  }
}
