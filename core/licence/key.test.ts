import { readFileSync } from "node:fs";
import { checksumOf, hashOfKey, holdsKey, KEY_PATTERN, makeKey, parseKey, startOfKey } from "./key.ts";

describe("a key", () => {
  test("is read back as what it was made: environment, beginning and hash", () => {
    for (const environment of ["live", "test"] as const) {
      const { text, ...parts } = makeKey(environment);
      expect(text).toMatch(new RegExp(`^${KEY_PATTERN.source}$`));
      expect(parseKey(text)).toEqual(parts);
      expect(text.startsWith(startOfKey(environment, parts.lookup).slice(0, -1))).toBe(true);
      expect(parts.hash).toEqual(hashOfKey(text));
    }
  });

  test("with any one character changed, dropped or added is none: the checksum tells", () => {
    const { text } = makeKey("live");
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === "A" ? "B" : "A";
      expect(parseKey(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
      expect(parseKey(text.slice(0, at) + text.slice(at + 1))).toBeNull();
    }
    expect(parseKey(`${text} `)).toBeNull();
    expect(parseKey(`${text}\n`)).toBeNull();
    expect(parseKey(text.replace("live", "test"))).toBeNull();
  });

  test("has the form, the checksum and the pattern that docs/keys.md tells secret scanners", () => {
    // The check value of CRC-32 (ISO 3309): crc32("123456789") = 0xcbf43926, here in base62.
    expect(checksumOf("123456789")).toBe("3jZRME");
    const page = readFileSync(new URL("../../docs/keys.md", import.meta.url), "utf8");
    expect(page).toContain(KEY_PATTERN.source);
    const [example = ""] = KEY_PATTERN.exec(page) ?? [];
    expect(parseKey(example)).toMatchObject({ environment: "test", lookup: "Examples" });
  });

  test("uses every character about equally often, and no two are alike", () => {
    const keys = Array.from({ length: 2_000 }, () => makeKey("live").text);
    expect(new Set(keys).size).toBe(keys.length);
    const counts = new Map<string, number>();
    for (const sign of keys.map((key) => key.slice(9, 41)).join("")) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    expect(counts.size).toBe(62);
    const expected = (2_000 * 32) / 62;
    // Six standard deviations: once in 10^7 runs by chance.
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
  });
});

describe("a text that holds a key", () => {
  const { text } = makeKey("live");
  test.each([
    `/exports/a.csv?key=${text}`,
    `{"query":"{ a(key: \\"${text}\\") }"}`,
    `/exports/a.csv?key=${text.replaceAll("_", "%5F")}`,
    `/exports/a.csv?key=${text.replaceAll("_", "%255f")}`,
    `/graphql?q=${text.toUpperCase()}`,
    text.slice(0, 20),
  ])("is found in %s", (given) => expect(holdsKey(given)).toBe(true));

  test.each(["/exports/sangmu-people-flow.csv?from=2026", "mdg_", "%", "/docs#mdg_live_", "/a?b=%zz%"])(
    "is not seen in %s",
    (given) => expect(holdsKey(given)).toBe(false),
  );
});
