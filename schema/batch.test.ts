import { ANONYMOUS } from "../core/licence/principal.ts";
import { NO_LICENCES } from "./access.ts";
import { batch } from "./batch.ts";
import type { Context } from "./context.ts";

const hub = { query: async () => ({}) } as unknown as Context["hub"];
const request = (): Context => ({ hub, now: () => 0, principal: ANONYMOUS, access: NO_LICENCES });

describe("questions of one request", () => {
  test("asked in the same turn are one read, each key once, and a missing one is null", async () => {
    const reads: string[][] = [];
    const load = batch(async (_context, keys) => {
      reads.push([...keys]);
      return new Map(keys.filter((key) => key !== "c").map((key) => [key, key.toUpperCase()]));
    });
    const context = request();
    const answers = await Promise.all(["a", "b", "a", "c"].map((key) => load(context, key)));
    expect(answers).toEqual(["A", "B", "A", null]);
    expect(reads).toEqual([["a", "b", "c"]]);
  });

  test("are never joined with those of another request", async () => {
    let reads = 0;
    const load = batch(async (_context, keys) => {
      reads += 1;
      return new Map(keys.map((key) => [key, key]));
    });
    await Promise.all([load(request(), "a"), load(request(), "a")]);
    expect(reads).toBe(2);
  });
});
