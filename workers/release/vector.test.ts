import { gaussian, laplace, sampleNoise } from "../../core/privacy/mechanism.ts";
import { randomWords } from "../../core/privacy/random.ts";
import { drawDense, drawSparse, PAIR } from "./vector.ts";

/** The same words each time. */
const words = () => {
  let state = 7;
  return randomWords((target) => {
    for (let i = 0; i < target.length; i++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      target[i] = state >>> 16;
    }
  });
};

describe("a dense vector", () => {
  test.each([
    ["Laplace", laplace(10)],
    ["Gaussian", gaussian(200)],
  ])(
    "has a noisy value for every public cell, the empty ones too, and never rounds up to zero: %s",
    (_law, mechanism) => {
      // kills: leaving out empty cells; clamping at zero before the value is stored; Laplace noise for a Gaussian plan
      const cells = Array.from({ length: 200 }, (_, index) => index + 1);
      const drawn = drawDense(cells, new Map([[3, 50]]), [], mechanism, words());
      const noise = sampleNoise(200, mechanism, words());
      expect(drawn.cells).toEqual(cells);
      expect(drawn.counts.filter((count) => count !== 0)).toEqual([50]);
      expect(drawn.values).toEqual(noise.map((value, index) => (index === 2 ? value + 50 : value)));
      expect(drawn.values.some((value) => value < 0)).toBe(true);
    },
  );

  test("leaves out what is no cell of the plan", () => {
    expect(drawDense([1, 2], new Map([[9, 5]]), [false, true], laplace(10), words())).toMatchObject({
      counts: [0, 0],
      silent: [false, true],
    });
  });
});

describe("a sparse vector of pairs", () => {
  test("speaks of pairs of public places that reach the threshold, in order of cell", () => {
    const places = [4, 7, 9];
    const busy = 7 * PAIR + 9;
    const drawn = drawSparse(places, new Map([[busy, 500]]), laplace(2), 12, words());
    expect(drawn.cells).toContain(busy);
    expect(drawn.values.every((value) => value >= 12)).toBe(true);
    expect(drawn.cells).toEqual([...drawn.cells].sort((a, b) => a - b));
    expect(drawn.frozenCells).toEqual([busy]);
  });

  test("shows empty pairs as often as noise on every pair would", () => {
    // kills: noise on the pairs that came alone, which tells that the others were empty
    const places = Array.from({ length: 100 }, (_, index) => index + 1);
    const shown = drawSparse(places, new Map(), laplace(2), 3).cells.length;
    const q = Math.exp(-1 / 2);
    const expected = (10_000 * q ** 3) / (1 + q);
    expect(Math.abs(shown - expected)).toBeLessThan(6 * Math.sqrt(expected));
  });

  test("refuses Gaussian noise, whose tail it does not draw survivors from", () => {
    expect(() => drawSparse([1, 2], new Map(), gaussian(8), 3)).toThrow(RangeError);
  });
});
