import { kill } from "../testing/mutant.ts";
import { seededWords } from "../testing/seeded.ts";
import { fitZ, ONE_IN_A_MILLION } from "../testing/statistics.ts";
import * as gaussian from "./gaussian.ts";

const FILE = new URL("./gaussian.ts", import.meta.url);
type Sampler = Pick<typeof gaussian, "sampleGaussianVector">;

function fits(variance: gaussian.Variance, count: number) {
  return ({ sampleGaussianVector }: Sampler): void => {
    const draws = sampleGaussianVector(count, variance, seededWords(`fit ${variance.n}/${variance.d}`));
    const reach = Math.ceil(5 * Math.sqrt(variance.n / variance.d));
    const outside = gaussian.gaussianTail(reach + 1, variance);
    const z = fitZ(draws, -reach, reach, (x) => gaussian.gaussianPmf(x, variance), [outside, outside]);
    expect(z).toBeLessThan(ONE_IN_A_MILLION);
  };
}

const fitsSmall = fits({ n: 25, d: 2 }, 100_000);
/** Nearly the same σ² in integers whose squares are not safe. */
const fitsLarge = fits({ n: 12_500_000_001, d: 1_000_000_000 }, 15_000);

describe("exact discrete Gaussian noise", () => {
  it.each([
    [1, 4],
    [1, 1],
    [9, 1],
    [25, 2],
    [1_200_000, 767],
  ])("fits its probabilities at σ² = %i/%i", (n, d) => fits({ n, d }, 100_000)(gaussian));

  it("fits them on the path of large integers too", () => fitsLarge(gaussian));

  it("has the deviation of the path of large integers at variances above 32 bits", () => {
    const variance = { n: 2 ** 50, d: 1 };
    const draws = gaussian.sampleGaussianVector(5_000, variance, seededWords("wide"));
    const mean = draws.reduce((sum, x) => sum + (x / 2 ** 25) ** 2, 0) / draws.length;
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(2 / draws.length));
  });

  it.each([
    [1, 5],
    [3, 4],
    [1, 1],
    [25, 2],
    [1_200_000, 767],
  ])("has probabilities that sum to one, their tail, deviation and characteristic function at σ² = %i/%i", (n, d) => {
    const variance = { n, d };
    const reach = Math.ceil(40 * Math.sqrt(n / d));
    let [total, above, second, wave, size] = [0, 0, 0, 0, 0];
    for (let x = -reach; x <= reach; x++) {
      const p = gaussian.gaussianPmf(x, variance);
      total += p;
      second += p * x * x;
      size += p * Math.abs(x);
      wave += p * Math.cos(0.3 * x);
      if (x >= 2) above += p;
    }
    expect(total).toBeCloseTo(1, 13);
    expect(gaussian.gaussianTail(2, variance)).toBeCloseTo(above, 13);
    expect(gaussian.gaussianTail(-1, variance)).toBeCloseTo(1 - above, 13);
    expect(gaussian.gaussianDeviation(variance) / Math.sqrt(second)).toBeCloseTo(1, 13);
    expect(gaussian.gaussianMeanAbsolute(variance) / size).toBeCloseTo(1, 13);
    expect(gaussian.gaussianCharacteristic(0.3, variance)).toBeCloseTo(wave, 13);
  });

  it.each([
    [0, 1],
    [1.5, 1],
    [-1, 1],
    [1, 0],
    [2 ** 53, 1],
  ])("refuses the variance %d/%d", (n, d) => {
    expect(() => gaussian.sampleGaussian({ n, d })).toThrow(RangeError);
    expect(() => gaussian.sampleGaussianVector(1, { n, d })).toThrow(RangeError);
  });

  it("draws anew each time from the system's generator", () => {
    const variance = { n: 1_000_000, d: 1 };
    expect(gaussian.sampleGaussianVector(40, variance)).not.toEqual(gaussian.sampleGaussianVector(40, variance));
  });

  it.each([
    { name: "Laplace noise, none refused", from: "if (isKept(size, variance, t, random))", to: "if (size >= 0)" },
    { name: "zero counted twice", from: "if (negative && size === 0) continue;", to: "" },
    { name: "noise on one side only", from: "return negative ? -size : size;", to: "return size;" },
    { name: "kept by the distance from zero", from: "Math.abs(size * t * d - n)", to: "size * t * d" },
    { name: "half the variance", from: "const divisor = 2 * n * d * t * t;", to: "const divisor = n * d * t * t;" },
    {
      name: "half the variance in large integers",
      from: "const bigDivisor = 2n * bigN",
      to: "const bigDivisor = bigN",
    },
    {
      name: "exponents above one cut off",
      from: "for (; exponent > divisor; exponent -= divisor) if (!bernoulliExp(1, 1, random)) return false;",
      to: "exponent = Math.min(exponent, divisor);",
    },
    {
      name: "the scale wrong by one in large integers",
      from: "const bigDivisor = 2n * bigN * bigD * bigT",
      to: "const bigDivisor = 2n * bigN * bigD * (bigT + 1n)",
    },
  ])("notices: $name", (mutant) =>
    kill<Sampler>(FILE, mutant, mutant.name.includes("large integers") ? fitsLarge : fitsSmall),
  );

  it("notices ten per cent less noise", async () => {
    const mutant = {
      name: "10 % less noise",
      from: "noise[i] = draw(variance, t, random);",
      to: "noise[i] = draw({ n: 81 * variance.n, d: 100 * variance.d }, t, random);",
    };
    await kill<Sampler>(FILE, mutant, fitsSmall);
  });
});
