import fc from "fast-check";
import { type Connection, connect, NUMBERS, type Page } from "./connection.ts";

const all = Array.from({ length: 25 }, (_, nth) => `k${String(nth).padStart(2, "0")}`);

/** What a keyset query does. */
const read = async ({ after, before, limit, inverted }: Page) => {
  const inside = all.filter((key) => (after === null || key > after) && (before === null || key < before));
  return (inverted ? inside.reverse() : inside).slice(0, limit);
};
const page = (args: Parameters<typeof connect>[0]) => connect(args, (key) => key as string, read);
const fault = (args: Parameters<typeof connect>[0]) =>
  page(args).then(String, (error: { code?: string }) => error.code);

describe("a page of a list", () => {
  test("asks for exactly one of first and last, 1 to 100", async () => {
    expect(await fault({})).toBe("BAD_USER_INPUT");
    expect(await fault({ first: 1, last: 1 })).toBe("BAD_USER_INPUT");
    expect(await fault({ first: 0 })).toBe("LIMIT_EXCEEDED");
    expect(await fault({ last: 101 })).toBe("LIMIT_EXCEEDED");
  });

  test("refuses a cursor that it did not make", async () => {
    expect(await fault({ first: 1, after: "not a cursor" })).toBe("BAD_USER_INPUT");
    const text = Buffer.from("text").toString("base64url");
    await expect(connect({ first: 1, after: text }, String, read, NUMBERS)).rejects.toThrow("cursor");
  });

  test("of any size leads forward and backward through every entry once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.boolean(), async (size, forward) => {
        const seen: string[] = [];
        let cursor: string | null = null;
        for (let more = true; more; ) {
          const { edges, pageInfo }: Connection<string> = await (forward
            ? connect({ first: size, after: cursor }, String, read)
            : connect({ last: size, before: cursor }, String, read));
          const nodes = edges.map(({ node }) => node);
          if (forward) seen.push(...nodes);
          else seen.unshift(...nodes);
          more = forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
          cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
        }
        expect(seen).toEqual(all);
      }),
    );
  });
});
