import { foundIn, spellings } from "./search.ts";

async function* chunks(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part, "latin1");
}

describe("the search for identifiers", () => {
  const needles = spellings("canary-abcdefgh");

  test.each([
    ["plain", "xx canary-abcdefgh xx"],
    ["in capitals", "CANARY-ABCDEFGH"],
    ["as hexadecimal", Buffer.from("?canary-abcdefgh?").toString("hex")],
    ["as base64, aligned", Buffer.from("canary-abcdefgh, more").toString("base64")],
    ["as base64, shifted by one", Buffer.from("xcanary-abcdefgh, more").toString("base64")],
    ["as base64, shifted by two", Buffer.from("xxcanary-abcdefgh, more").toString("base64")],
    ["in two-byte characters", Buffer.from("canary-abcdefgh", "utf16le").toString("latin1")],
  ])("finds it %s", async (_, text) => {
    expect(await foundIn(chunks("before", text, "after"), needles)).toBe(true);
  });

  test("finds what two chunks share, and nothing else", async () => {
    expect(await foundIn(chunks("..canary-abc", "defgh.."), needles)).toBe(true);
    expect(await foundIn(chunks("..canary-abc", "..defgh", "CANARY"), needles)).toBe(false);
  });
});
