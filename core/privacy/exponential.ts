import type { Digits } from "./binomial.ts";
import type { Scale } from "./laplace.ts";

/** An enclosure of a number in [0, 1] in units of 2^−bits: low ≤ number ≤ high. */
type Enclosure = { low: bigint; high: bigint };

/**
 * Encloses exp(−a/b) for integers a ≥ 0, b > 0. The argument is halved until it is at most ½, the alternating series is
 * summed with the terms rounded both ways, and the result squared back.
 */
function encloseExp(a: bigint, b: bigint, bits: number): Enclosure {
  const one = 1n << BigInt(bits);
  let halvings = 0;
  let divisor = b;
  while (2n * a > divisor) {
    divisor *= 2n;
    halvings++;
  }
  let low = one;
  let high = one;
  let termLow = one;
  let termHigh = one;
  for (let k = 1n; ; k++) {
    termLow = (termLow * a) / (divisor * k);
    termHigh = (termHigh * a) / (divisor * k) + 1n;
    if (k % 2n === 1n) {
      low -= termHigh;
      high -= termLow;
    } else {
      low += termLow;
      high += termHigh;
    }
    // What is left of an alternating series is smaller than its next term.
    if (termLow === 0n) {
      low -= termHigh;
      high += termHigh;
      break;
    }
  }
  for (let i = 0; i < halvings; i++) {
    low = (low * low) >> BigInt(bits);
    high = ((high * high) >> BigInt(bits)) + 1n;
  }
  return { low: low < 0n ? 0n : low, high: high > one ? one : high };
}

/** Encloses P(X ≥ threshold) = q^threshold/(1 + q) of the discrete Laplace distribution, q = exp(−d/n). */
export function encloseSurvival({ n, d }: Scale, threshold: number, bits: number): Enclosure {
  const one = 1n << BigInt(bits);
  const power = encloseExp(BigInt(d) * BigInt(threshold), BigInt(n), bits);
  const q = encloseExp(BigInt(d), BigInt(n), bits);
  return { low: (power.low * one) / (one + q.high), high: (power.high * one) / (one + q.low) + 1n };
}

/** The binary digits of P(X ≥ threshold), as many as are asked for, each of them certain. */
export function survivalBits(scale: Scale, threshold: number): Digits {
  let bits = 256;
  let { low, high } = encloseSurvival(scale, threshold, bits);
  return (index) => {
    for (;;) {
      const shift = BigInt(bits - index - 1);
      if (index < bits && low >> shift === high >> shift) return (low >> shift) & 1n ? 1 : 0;
      bits *= 2;
      ({ low, high } = encloseSurvival(scale, threshold, bits));
    }
  };
}
