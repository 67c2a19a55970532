import { kill } from "../testing/mutant.ts";
import * as zcdp from "./zcdp.ts";

const FILE = new URL("./zcdp.ts", import.meta.url);
type Zcdp = typeof zcdp;

/** ρ, δ, and ε to 15 digits cut off, by a search with 50 digits (tests/e2e/independent). */
const TRUE: readonly [number, number, number][] = [
  [0.00767, 1e-7, 0.59988191784097],
  [1e-7, 1e-12, 0.00261827725349908],
  [1e-9, 1e-6, 0.0000895336188677992],
  [0.4, 1e-6, 4.60444004943656],
  [2.7, 1e-6, 14.0148926256951],
  [700, 1e-6, 893.648997322924],
];

function neverBelow({ epsilonOfRho }: Zcdp): void {
  for (const rho of [0.001, 0.01, 0.1, 1, 5]) {
    const epsilon = epsilonOfRho(rho, 1e-6);
    expect(epsilon).toBeLessThan(rho + 2 * Math.sqrt(rho * Math.log(1e6)));
    expect(epsilon).toBeGreaterThan(gaussianEpsilon(rho, 1e-6));
  }
  for (const [rho, delta, epsilon] of TRUE) {
    expect(epsilonOfRho(rho, delta)).toBeGreaterThanOrEqual(epsilon);
    expect(epsilonOfRho(rho, delta)).toBeLessThan(epsilon + 1e-9);
  }
  expect(epsilonOfRho(0, 1e-6)).toBe(0);
}

describe("ε of a zCDP budget", () => {
  it("is no better than the Gaussian mechanism allows, no worse than the simple bound, and never below the optimum", () =>
    neverBelow(zcdp));

  it.each([
    { name: "no margin for rounding", from: "MARGIN * Math.abs(term)", to: "-MARGIN * Math.abs(term)" },
    { name: "ρ instead of ρα", from: "[rho, rho * a,", to: "[rho, 0," },
    { name: "ln α forgotten", from: "-Math.log1p(a) / a,", to: "-(Math.log1p(a) + 1) / a," },
    { name: "searched too shortly", from: "high - low > 1e-9", to: "high - low > 1" },
  ])("notices: $name", (mutant) => kill<Zcdp>(FILE, mutant, neverBelow));
});

/** The exact ε of a Gaussian mechanism with 1/(2σ²) = ρ (Balle and Wang 2018): a lower bound for any conversion. */
function gaussianEpsilon(rho: number, delta: number): number {
  const mu = Math.sqrt(2 * rho);
  const deltaAt = (epsilon: number): number =>
    normal(mu / 2 - epsilon / mu) - Math.exp(epsilon) * normal(-mu / 2 - epsilon / mu);
  let [low, high] = [0, 100];
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (deltaAt(middle) > delta) low = middle;
    else high = middle;
  }
  return low;
}

/** Φ by Simpson's rule over twelve standard deviations. */
function normal(z: number): number {
  const from = -12;
  if (z < from) return 0;
  const steps = 4000;
  const h = (z - from) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((from + i * h) ** 2) / 2);
  }
  return (sum * h) / 3 / Math.sqrt(2 * Math.PI);
}
