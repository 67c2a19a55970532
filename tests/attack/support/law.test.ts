import { pmf } from "../../../core/privacy/laplace.ts";
import { convolve, from, type Law, repeat, scoreLaw } from "./law.ts";

const total = (law: Law): number => [...law.values()].reduce((sum, p) => sum + p, 0);
const scale = { n: 7, d: 2 };

test("the law of a score is a law, and that of both worlds mirrors itself", () => {
  for (const delta of [1, 2, 5]) {
    const [without, having] = [scoreLaw(scale, delta, false), scoreLaw(scale, delta, true)];
    expect(total(without)).toBeCloseTo(1, 12);
    for (const [score, p] of without) expect(having.get(-score)).toBeCloseTo(p, 12);
    for (const [score, p] of having) expect(p / (without.get(score) ?? 0)).toBeCloseTo(Math.exp((score * 2) / 7), 9);
  }
});

test("it is what counting value by value gives", () => {
  const counted = new Map<number, number>();
  for (let x = -400; x <= 400; x++) {
    const score = Math.abs(x) - Math.abs(x - 3);
    counted.set(score, (counted.get(score) ?? 0) + pmf(x - 3, scale));
  }
  for (const [score, p] of scoreLaw(scale, 3, true)) expect(counted.get(score)).toBeCloseTo(p, 9);
});

test("sums of coins are binomial, whichever way they are added", () => {
  const coin = new Map([
    [-1, 0.4],
    [1, 0.6],
  ]);
  const five = repeat(coin, 5);
  expect(five.get(5)).toBeCloseTo(0.6 ** 5, 12);
  expect(five.get(1)).toBeCloseTo(10 * 0.6 ** 3 * 0.4 ** 2, 12);
  expect(from(five, 3)).toBeCloseTo(0.6 ** 5 + 5 * 0.6 ** 4 * 0.4, 12);
  for (const [score, p] of convolve(repeat(coin, 2), repeat(coin, 3))) expect(five.get(score)).toBeCloseTo(p, 12);
  expect(repeat(coin, 0)).toEqual(new Map([[0, 1]]));
});
