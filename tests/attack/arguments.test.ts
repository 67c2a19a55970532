import { needsHub, select } from "./arguments.ts";
import type { Figure } from "./support/figure.ts";

const figure = (name: string, needs: Figure["needs"], fast: boolean): Figure => ({
  name,
  title: name,
  target: "0",
  rules: [],
  needs,
  fast,
  run: () => Promise.reject(new Error("not run")),
});
const ALL = [figure("noise", "nothing", true), figure("budget", "hub", true), figure("crash", "hub", false)];
const names = (argv: string[]): string[] => select(argv, ALL).figures.map(({ name }) => name);

test("every figure is taken unless some are named; with fast samples those that have some", () => {
  expect(names([])).toEqual(["noise", "budget", "crash"]);
  expect(names(["--only", "crash", "--only", "noise"])).toEqual(["noise", "crash"]);
  expect(names(["--fast"])).toEqual(["noise", "budget"]);
});

test("a figure that does not exist, or has no fast sample, is named", () => {
  expect(() => select(["--only", "luck"], ALL)).toThrow(/no figure luck/);
  expect(() => select(["--fast", "--only", "crash"], ALL)).toThrow(/no fast figure crash/);
  expect(() => select(["--slow"], ALL)).toThrow(/--slow/);
});

test("a hub is started only for figures that need one", () => {
  expect(needsHub(select([], ALL))).toBe(true);
  expect(needsHub(select(["--only", "noise"], ALL))).toBe(false);
  expect(needsHub(select(["--list"], ALL))).toBe(false);
  expect(needsHub(select(["--help"], ALL))).toBe(false);
});
