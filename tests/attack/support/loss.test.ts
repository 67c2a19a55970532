import { betsNeeded, lossOfBets, lossOfEvent, powerOfBets, shareOf } from "./loss.ts";

test("bets that are right as often as ε allows bound it from below, and closely", () => {
  const bound = lossOfBets(Math.round(shareOf(0.5) * 1e6), 1e6, 0.001);
  expect(bound).toBeLessThan(0.5);
  expect(bound).toBeGreaterThan(0.49);
  expect(lossOfBets(0, 0, 0.001)).toBe(0);
  expect(lossOfBets(400, 1000, 0.001)).toBe(0);
});

test("an event that only one world knows has as much loss as the sample can show", () => {
  expect(lossOfEvent(500, 0, 1000, 0.001)).toBeGreaterThan(3.9);
  expect(lossOfEvent(500, 500, 1000, 0.001)).toBe(0);
});

test("the number of right bets that exceeds ε is the least that does", () => {
  const needed = betsNeeded(10_000, 0.3, 0.001);
  expect(lossOfBets(needed, 10_000, 0.001)).toBeGreaterThan(0.3);
  expect(lossOfBets(needed - 1, 10_000, 0.001)).toBeLessThanOrEqual(0.3);
});

test("power is alpha where the loss is ε itself, and near one where it is far above", () => {
  expect(powerOfBets(10_000, shareOf(0.3), 0.3, 0.001)).toBeCloseTo(0.001, 3);
  expect(powerOfBets(10_000, shareOf(0.6), 0.3, 0.001)).toBeGreaterThan(0.999);
});
