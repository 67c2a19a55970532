import { normal, poisson, seeded } from "./random.ts";
import { isWeekend, liveliness, type Rhythm } from "./rhythm.ts";

const hours = Array.from({ length: 144 }, (_, at) => at / 6);

describe("the rhythm of the city", () => {
  test.each(["people", "vehicles", "bikes", "incidents"] satisfies Rhythm[])(
    "%s: a weekday has the mean 1",
    (rhythm) => {
      const mean = hours.reduce((sum, hour) => sum + liveliness(rhythm, hour, false), 0) / hours.length;
      expect(mean).toBeCloseTo(1, 6);
    },
  );

  test("people come out at noon and in the evening, and sleep at four", () => {
    const at = (hour: number): number => liveliness("people", hour, false);
    expect(at(12.5)).toBeGreaterThan(2);
    expect(at(18.5)).toBeGreaterThan(at(15.5));
    expect(at(4)).toBeLessThan(0.1);
  });

  test("rush hour is a weekday's alone", () => {
    expect(liveliness("vehicles", 8, false)).toBeGreaterThan(2 * liveliness("vehicles", 8, true));
    expect([isWeekend("2026-11-20"), isWeekend("2026-11-21"), isWeekend("2026-11-22")]).toEqual([false, true, true]);
  });
});

describe("seeded chance", () => {
  test("repeats itself for one text and differs for another", () => {
    const draw = (text: string): number[] => Array.from({ length: 5 }, seeded(text));
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  test.each([0.3, 5, 200])("Poisson with mean %d has that mean and variance", (mean) => {
    const random = seeded(`poisson ${mean}`);
    const draws = Array.from({ length: 20_000 }, () => poisson(random, mean));
    const average = draws.reduce((sum, one) => sum + one, 0) / draws.length;
    const variance = draws.reduce((sum, one) => sum + (one - average) ** 2, 0) / draws.length;
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / draws.length));
    expect(variance / mean).toBeGreaterThan(0.93);
    expect(variance / mean).toBeLessThan(1.07);
  });

  test("a normal number is finite", () => {
    const random = seeded("normal");
    expect(Array.from({ length: 10_000 }, () => normal(random)).every(Number.isFinite)).toBe(true);
  });
});
