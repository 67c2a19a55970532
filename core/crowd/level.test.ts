import fc from "fast-check";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import * as crowd from "./level.ts";

const FILE = new URL("./level.ts", import.meta.url);
const { density, levelAt, mayBePublic, nextLevel, QUIET } = crowd;
type Crowd = typeof crowd;

function follow({ nextLevel: next }: Crowd, densities: readonly (number | null)[]): string[] {
  let state = QUIET;
  return densities.map((value) => {
    state = next(state, value);
    return state.level;
  });
}

function holds(module: Crowd): void {
  const [N, C, A, S] = crowd.LEVELS;
  expect(follow(module, [2, 6.1, 5.8, 5.8, 5.8])).toEqual([N, S, S, S, S]);
  expect(follow(module, [6, 5.7, 5.7])).toEqual([S, S, A]);
  expect(follow(module, [6, 5.7, 5.9, 5.7, 5.7])).toEqual([S, S, S, S, A]);
  expect(follow(module, [6, 1, 4.5])).toEqual([S, S, C]);
  expect(follow(module, [6, 1, 1, 1])).toEqual([S, S, N, N]);
  expect(follow(module, [5, null, 1, null, 1, 1])).toEqual([A, A, A, A, A, N]);
  expect(follow(module, [4, 3.6, 5.1, 4.6, 6])).toEqual([C, C, A, A, S]);
}

describe("the crowd level", () => {
  it.each([
    [2.9, "NORMAL", false],
    [3.0, "NORMAL", true],
    [3.5, "NORMAL", true],
    [3.99, "NORMAL", true],
    [4.0, "CAUTION", false],
    [4.99, "CAUTION", false],
    [5.0, "ALERT", false],
    [5.99, "ALERT", false],
    [6.0, "SERIOUS", false],
    [8.0, "SERIOUS", false],
  ])("of %d persons/m² is %s, approaching %s", (value, level, approaching) => {
    expect(levelAt(value)).toBe(level);
    expect(nextLevel(QUIET, value)).toMatchObject({ level, approaching });
  });

  it("rises at once and lets go only after two low windows in a row; silence is not calm", () => holds(crowd));

  it("never drops in a static crowd of four hours whose released values shake by less than 0.3", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 5.71, max: 6.5, noNaN: true }), { minLength: 24, maxLength: 24 }),
        (noisy) => {
          expect(follow(crowd, [6, ...noisy])).toEqual(new Array(25).fill("SERIOUS"));
        },
      ),
    );
  });

  it("is never below the level of the present density", () => {
    const densities = fc.array(fc.option(fc.double({ min: 0, max: 9, noNaN: true })), { maxLength: 30 });
    fc.assert(
      fc.property(densities, (values) => {
        const levels = follow(crowd, values);
        const names: readonly string[] = crowd.LEVELS;
        values.forEach((value, i) => {
          if (value === null) return;
          expect(names.indexOf(levels[i] ?? "")).toBeGreaterThanOrEqual(crowd.LEVELS.indexOf(levelAt(value)));
        });
      }),
    );
  });

  it("is made with the thresholds of the version given", () => {
    const strict = {
      ...crowd.DEFAULT_THRESHOLDS,
      version: "school-1",
      caution: 2,
      alert: 3,
      serious: 4,
      approaching: 1,
    };
    expect(levelAt(3.2, strict)).toBe("ALERT");
    expect(nextLevel(QUIET, 1.5, strict)).toMatchObject({ level: "NORMAL", approaching: true });
  });

  it("comes from released occupancy over area: below zero is none, below 4 m² refused, public from 1 200 m²", () => {
    expect(density(-30, 1200)).toBe(0);
    expect(density(6000, 1200)).toBe(5);
    expect(density(8, 4)).toBe(2);
    expect(() => density(8, 3.99)).toThrow(HubError);
    expect(() => density(8, Number.NaN)).toThrow(HubError);
    expect([1199.9, 1200].map(mayBePublic)).toEqual([false, true]);
  });

  it.each([
    { name: "drops at once", from: "if (below < thresholds.releaseWindows)", to: "if (below < 1)" },
    {
      name: "drops without the margin",
      from: "threshold(state.level, thresholds) - thresholds.release",
      to: "threshold(state.level, thresholds)",
    },
    {
      name: "counts windows that are not in a row",
      from: "if (!letsGo) return { ...state, below: 0, belowHighest: 0 };",
      to: "if (!letsGo) return state;",
    },
    {
      name: "silence counts as calm",
      from: "if (personsPerM2 === null) return { ...state, below: 0, belowHighest: 0 };",
      to: "if (personsPerM2 === null) personsPerM2 = 0;",
    },
    {
      name: "drops to the last window's level",
      from: "levelAt(belowHighest, thresholds)",
      to: "levelAt(0, thresholds)",
    },
    {
      name: "rises one window late",
      from: ">= LEVELS.indexOf(state.level)) return settled(now",
      to: "=== LEVELS.indexOf(state.level)) return settled(now",
    },
  ])("notices: $name", (mutant) => kill<Crowd>(FILE, mutant, holds));
});
