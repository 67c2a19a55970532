import { setTimeout as sleep } from "node:timers/promises";
import { serialise } from "./serialise.ts";

describe("work on population-days", () => {
  test("runs one day of a population after the other, populations side by side up to the limit", async () => {
    const running = new Set<number>();
    let most = 0;
    const request = serialise(2, async (population) => {
      expect(running.has(population)).toBe(false);
      running.add(population);
      most = Math.max(most, running.size);
      await sleep(5);
      running.delete(population);
    });
    await Promise.all([1, 2, 3].flatMap((population) => ["a", "b"].map((day) => request(population, day))));
    expect(most).toBe(2);
  });

  test("is done once for a day that is asked for twice before its turn, and again when asked during it", async () => {
    const worked: string[] = [];
    const request = serialise(1, async (_population, day) => {
      worked.push(day);
      await sleep(5);
    });
    const first = request(1, "a");
    const waiting = [request(1, "b"), request(1, "b")];
    await first;
    await sleep(1);
    waiting.push(request(1, "b"));
    await Promise.all(waiting);
    expect(worked).toEqual(["a", "b", "b"]);
  });

  test("goes on after a fault, which only its own asker hears", async () => {
    const request = serialise(1, async (_population, day) => {
      if (day === "bad") throw new Error("bad day");
    });
    const outcomes = await Promise.allSettled([request(1, "bad"), request(1, "good")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });
});
