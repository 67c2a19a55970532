import { kill } from "../testing/mutant.ts";
import { seededWords } from "../testing/seeded.ts";
import * as mechanism from "./mechanism.ts";

const FILE = new URL("./mechanism.ts", import.meta.url);

/** Every function answers for the law that it is asked for: deviations of both laws with the same parameter differ. */
function tellsLawsApart(module: typeof mechanism): void {
  const laws = [module.laplace(50), module.gaussian(50)];
  const measured = laws.map((law) => {
    const draws = module.sampleNoise(20_000, law, seededWords(law.law));
    const size = draws.reduce((sum, x) => sum + Math.abs(x), 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, x) => sum + x * x, 0) / draws.length);
    return { size, spread };
  });
  for (const [at, law] of laws.entries()) {
    expect(module.deviation(law) / (measured[at]?.spread ?? 0)).toBeCloseTo(1, 1);
    expect(module.meanError(law) / (measured[at]?.size ?? 0)).toBeCloseTo(1, 1);
    expect(module.mechanismOf(module.rowOf(law))).toEqual(law);
  }
  expect(laws.map(module.scaleOf)).toEqual([50, Math.sqrt(50)]);
  expect(laws.map(module.lawText)).toEqual(["discrete Laplace", "discrete Gaussian"]);
}

describe("a mechanism", () => {
  it("draws, and states its error, by its own law", () => tellsLawsApart(mechanism));

  it.each([
    { name: "Laplace draws for every law", from: ": sampleGaussianVector(", to: ": sampleVector(" },
    {
      name: "σ² taken for σ",
      from: ": Math.sqrt(mechanism.variance.n / mechanism.variance.d)",
      to: ": mechanism.variance.n / mechanism.variance.d",
    },
    {
      name: "a row of another law",
      from: 'mechanism === "LAPLACE" ? laplace(n, d) : gaussian(n, d)',
      to: "laplace(n, d)",
    },
  ])("notices: $name", (mutant) => kill<typeof mechanism>(FILE, mutant, tellsLawsApart));
});
