import type { RandomWords } from "./random.ts";

/** The binary digits of a probability, most significant first: `digit(0)` is worth ½. Asked in order, without end. */
export type Digits = (index: number) => 0 | 1;

function onesIn(word: number): number {
  let v = word - ((word >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** How many of `count` fair coins show heads. */
function heads(count: number, random: RandomWords): number {
  let total = 0;
  for (let left = count; left > 0; left -= 32) total += onesIn(left >= 32 ? random() : random() >>> (32 - left));
  return total;
}

/**
 * How many of `trials` independent events of probability p happen, exactly. All trials compare a uniform number with p
 * digit by digit at once: those whose digit equals that of p stay undecided, so about 2·trials random bits decide all.
 */
export function sampleBinomial(trials: number, digits: Digits, random: RandomWords): number {
  let happened = 0;
  let undecided = trials;
  for (let i = 0; undecided > 0; i++) {
    const ones = heads(undecided, random);
    if (digits(i) === 1) {
      happened += undecided - ones;
      undecided = ones;
    } else {
      undecided -= ones;
    }
  }
  return happened;
}
