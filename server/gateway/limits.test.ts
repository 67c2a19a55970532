import fc from "fast-check";
import { HubError } from "../../core/errors.ts";
import { LIMITS, parseWithinLimits } from "./limits.ts";

const refused = (document: string): string => {
  try {
    parseWithinLimits(document);
    return "";
  } catch (error) {
    return error instanceof HubError ? error.message : `not a limit: ${String(error)}`;
  }
};
const nested = (depth: number) => `{ ${"a { ".repeat(depth - 1)}a${" }".repeat(depth - 1)} }`;

describe("a document within limits", () => {
  test("may be as deep as the limit and no deeper", () => {
    expect(refused(nested(LIMITS.depth))).toBe("");
    expect(refused(nested(LIMITS.depth + 1))).toMatch(/levels/);
  });

  test("counts the depth of fragments where they are spread", () => {
    const inner = nested(LIMITS.depth).replace(/^/, "fragment f on Query ");
    expect(refused(`{ b { ...f } } ${inner}`)).toMatch(/levels/);
  });

  test("may ask the schema more deeply, but only the schema", () => {
    const deep = (root: string) => `{ ${root} { ${"a { ".repeat(LIMITS.depth)}a${" }".repeat(LIMITS.depth)} } }`;
    expect(refused(deep("__schema"))).toBe("");
    expect(refused(deep("city"))).toMatch(/levels/);
  });

  test("may have only so many aliases, fields and operations", () => {
    const many = (count: number, of: (nth: number) => string) =>
      Array.from({ length: count }, (_, nth) => of(nth)).join(" ");
    expect(refused(`{ ${many(LIMITS.aliases + 1, (nth) => `a${nth}: a`)} }`)).toMatch(/aliases/);
    expect(refused(many(LIMITS.operations + 1, (nth) => `query q${nth} { a }`))).toMatch(/operations/);
    const doubling = many(12, (nth) => `fragment f${nth} on Q { ...f${nth + 1} ...f${nth + 1} }`);
    expect(refused(`{ ...f0 } ${doubling} fragment f12 on Q { a }`)).toMatch(/fields/);
  });

  test("takes no longer for fragments that spread each other in circles", () => {
    const circle = Array.from(
      { length: 20 },
      (_, nth) => `fragment f${nth} on Q { a ...f${(nth + 1) % 20} ...f${(nth + 7) % 20} }`,
    );
    expect(refused(`{ ...f0 } ${circle.join(" ")}`)).toBe("");
  });

  test("refuses by its own errors or GraphQL's, never by another", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(refused(text)).not.toMatch(/TypeError|RangeError/);
      }),
    );
  });
});
