import { remembered } from "./remembered.ts";

describe("what is remembered", () => {
  test("is known until its time is over", () => {
    const memory = remembered<number>(2, 1_000);
    memory.set("a", 1, 0);
    expect([memory.get("a", 999), memory.get("a", 1_000), memory.get("b", 0)]).toEqual([1, undefined, undefined]);
  });

  test("is never more than its most: the one that was told first goes", () => {
    const memory = remembered<number>(2, 1_000);
    for (const [at, key] of ["a", "b", "a", "c"].entries()) memory.set(key, at, 0);
    expect(["a", "b", "c"].map((key) => memory.get(key, 0))).toEqual([2, undefined, 3]);
  });

  test("can be forgotten", () => {
    const memory = remembered<number>(2, 1_000);
    memory.set("a", 1, 0);
    memory.forget("a");
    expect(memory.get("a", 0)).toBeUndefined();
  });
});
