import { kill } from "../testing/mutant.ts";
import { seededWords } from "../testing/seeded.ts";
import { fitZ, ONE_IN_A_MILLION } from "../testing/statistics.ts";
import * as laplace from "./laplace.ts";
import { randomWords, uniform, uniformBig } from "./random.ts";

const FILE = new URL("./laplace.ts", import.meta.url);
type Sampler = Pick<typeof laplace, "sampleVector">;

function fits(scale: laplace.Scale, count: number) {
  return ({ sampleVector }: Sampler): void => {
    const draws = sampleVector(count, scale, seededWords(`fit ${scale.n}/${scale.d}`));
    const reach = Math.ceil((6 * scale.n) / scale.d);
    const outside = laplace.tail(reach + 1, scale);
    const z = fitZ(draws, -reach, reach, (x) => laplace.pmf(x, scale), [outside, outside]);
    expect(z).toBeLessThan(ONE_IN_A_MILLION);
  };
}

describe("exact discrete Laplace noise", () => {
  it.each([
    [1, 3],
    [1, 1],
    [2, 1],
    [25, 2],
    [40, 1],
    [7, 3],
  ])("fits its probabilities at scale %i/%i", (n, d) => fits({ n, d }, 300_000)(laplace));

  it("fits them on the path of large integers too", () => {
    fits({ n: 2 ** 34, d: 2 ** 33 }, 30_000)(laplace);
    fits({ n: 2 ** 31 - 1, d: 2 ** 30 }, 100_000)(laplace);
  });

  it("has probabilities that sum to one, the tail of their sum and the stated deviation", () => {
    const scale = { n: 25, d: 2 };
    let [total, above, variance] = [0, 0, 0];
    for (let x = -2000; x <= 2000; x++) {
      const p = laplace.pmf(x, scale);
      total += p;
      variance += p * x * x;
      if (x >= 12) above += p;
    }
    expect(total).toBeCloseTo(1, 12);
    expect(above).toBeCloseTo(laplace.tail(12, scale), 12);
    expect(laplace.tail(-11, scale)).toBeCloseTo(1 - above, 12);
    expect(Math.sqrt(variance)).toBeCloseTo(laplace.standardDeviation(scale), 9);
  });

  it.each([
    [0, 1],
    [1.5, 1],
    [-1, 1],
    [1, 0],
    [Number.NaN, 1],
    [2 ** 53, 1],
  ])("refuses the scale %d/%d", (n, d) => {
    expect(() => laplace.sampleLaplace({ n, d })).toThrow(RangeError);
    expect(() => laplace.sampleVector(1, { n, d })).toThrow(RangeError);
  });

  it("draws anew each time from the system's generator", () => {
    const scale = { n: 1000, d: 1 };
    expect(laplace.sampleVector(40, scale)).not.toEqual(laplace.sampleVector(40, scale));
  });

  it.each([
    { name: "zero counted twice", from: "if (size !== 0) return -size;", to: "return -size;" },
    { name: "noise on one side only", from: "if (!negative) return size;", to: "return size;" },
    { name: "half the noise", from: ": Math.floor(x / d)", to: ": Math.floor(x / (2 * d))" },
    {
      name: "series stopped on the wrong side",
      from: "if (!goesOn) return k % 2 === 1;",
      to: "if (!goesOn) return k % 2 === 0;",
    },
    { name: "series without its divisor", from: "const bound = b * k;", to: "const bound = b * Math.min(k, 2);" },
    { name: "fraction not thinned", from: "if (!bernoulliExp(u, n, random)) continue;", to: "" },
    {
      name: "tail cut after three scales",
      from: "while (bernoulliExp(1, 1, random)) v++;",
      to: "while (v < 3 && bernoulliExp(1, 1, random)) v++;",
    },
  ])("notices: $name", (mutant) => kill<Sampler>(FILE, mutant, fits({ n: 25, d: 2 }, 300_000)));

  it("notices ten per cent less noise", async () => {
    const mutant = {
      name: "10 % less noise",
      from: "const size = geometric(scale, random);",
      to: "const size = geometric({ n: 9 * scale.n, d: 10 * scale.d }, random);",
    };
    await kill<Sampler>(FILE, mutant, fits({ n: 25, d: 2 }, 300_000));
  });
});

describe("uniform integers", () => {
  type Uniform = { uniform: typeof uniform };
  const unbiased = ({ uniform: draw }: Uniform): void => {
    // With a bound of three quarters of the words' range a modulo would favour the first third twofold.
    const bound = 3 * 2 ** 30;
    const random = seededWords("unbiased");
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (draw(bound, random) < 2 ** 30) low++;
    expect(Math.abs(low - 10_000)).toBeLessThan(5 * Math.sqrt(30_000 * (2 / 9)));
  };

  it("favours no residue", async () => {
    unbiased({ uniform });
    const mutant = {
      name: "modulo without rejection",
      from: "if (word < limit) return",
      to: "if (word < limit || true) return",
    };
    await kill<Uniform>(new URL("./random.ts", import.meta.url), mutant, unbiased);
  });

  it("covers bounds above 32 bits", () => {
    const random = seededWords("large");
    const bound = 2n ** 70n + 3n;
    let high = 0;
    for (let i = 0; i < 4000; i++) {
      const value = uniformBig(bound, random);
      expect(value >= 0n && value < bound).toBe(true);
      if (value > bound / 2n) high++;
    }
    expect(Math.abs(high - 2000)).toBeLessThan(160);
    expect(uniform(2 ** 40, random)).toBeLessThan(2 ** 40);
    expect(uniform(1, random)).toBe(0);
  });

  it("gives every random word once", async () => {
    let filled = 0;
    const once = (module: { randomWords: typeof randomWords }): void => {
      const random = module.randomWords((target) => {
        filled += 1;
        new Uint32Array(target.buffer).forEach((_zero, i, words) => {
          words[i] = filled * 10_000 + i;
        });
      });
      const seen = new Set(Array.from({ length: 9000 }, random));
      expect(seen.size).toBe(9000);
    };
    once({ randomWords });
    const mutant = { name: "a word twice", from: "words[next++] = 0;", to: "words[next] = 0; next += word % 2;" };
    await kill(new URL("./random.ts", import.meta.url), mutant, once);
  });
});
