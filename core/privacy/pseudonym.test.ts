import { createHmac } from "node:crypto";
import fc from "fast-check";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import * as pseudonym from "./pseudonym.ts";

const FILE = new URL("./pseudonym.ts", import.meta.url);
type Pseudonym = typeof pseudonym;
const KEY = Buffer.alloc(32, 7);
const DOMAIN = { population: "sangmu-people", controller: "gwangju", day: "2026-11-21" };

function separated({ importDayKey, pseudonymiser }: Pseudonym): void {
  const make = (domain: Partial<typeof DOMAIN>, kind = "track", id = "A1", key = KEY): string =>
    pseudonymiser(importDayKey(key), { ...DOMAIN, ...domain })(kind, id).toString("hex");
  const all = [
    make({}),
    make({ population: "other" }),
    make({ controller: "other" }),
    make({ day: "2026-11-22" }),
    make({ population: "sangmu-peopleg", controller: "wangju" }),
    make({}, "card"),
    make({}, "trackA", "1"),
    make({}, "track", "A2"),
    make({}, "track", "A1", Buffer.alloc(32, 8)),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(make({})).toBe(all[0]);
  for (const value of all) expect(value).toHaveLength(32);
}

function oneSpelling({ canonicalise }: Pseudonym): void {
  const spellings = [
    "12가 3456",
    " 12가3456",
    "12가-3456",
    "１２가３４５６",
    "12\u1100\u11613456",
    "12\u200B가3456\n",
    "12가–3456",
  ];
  expect(new Set(spellings.map((text) => canonicalise("vehicle", text)))).toEqual(new Set(["12가3456"]));
  expect(canonicalise("device", "aa:bb:cc:00:11:22")).toBe(canonicalise("device", "AA-BB-CC-00-11-22"));
  expect(canonicalise("device", "ａａ：ｂｂ")).toBe("AABB");
  expect(canonicalise("track", "1-23")).not.toBe(canonicalise("track", "12-3"));
  for (const empty of ["", "  ", "\u200B", "\t\n", "\u{E0001}"]) {
    expect(() => canonicalise("track", empty)).toThrow(HubError);
  }
  expect(() => canonicalise("vehicle", "--")).toThrow(HubError);
  expect(() => canonicalise("track", "\uD800")).toThrow(HubError);
}

describe("a pseudonym", () => {
  it("differs between populations, controllers, days, kinds, ids and keys, and between their boundaries", () =>
    separated(pseudonym));
  it("is the same for every spelling of one id, and none is made of nothing", () => oneSpelling(pseudonym));

  it("is the truncated HMAC-SHA-256 of the length-prefixed domain and the canonical id", () => {
    const part = (text: string): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(text));
      return Buffer.concat([length, Buffer.from(text)]);
    };
    const parts = ["madang.pseudonym.v1", DOMAIN.population, DOMAIN.controller, DOMAIN.day, "track"].map(part);
    const expected = createHmac("sha256", KEY).update(Buffer.concat(parts)).update("A1").digest().subarray(0, 16);
    const made = pseudonym.pseudonymiser(pseudonym.importDayKey(KEY), DOMAIN)("track", " a1 ");
    expect(made.equals(expected)).toBe(true);
  });

  it("does not depend on how often an id was made canonical", () => {
    fc.assert(
      fc.property(fc.constantFrom("track", "vehicle"), fc.string({ unit: "binary", maxLength: 12 }), (kind, text) => {
        let once: string;
        try {
          once = pseudonym.canonicalise(kind, text);
        } catch (error) {
          expect(error).toBeInstanceOf(HubError);
          return;
        }
        expect(pseudonym.canonicalise(kind, once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it("never names the id in its error", () => {
    try {
      pseudonym.canonicalise("vehicle", "-\uD800secret");
      throw new Error("accepted");
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain("secret");
      expect(error).toBeInstanceOf(HubError);
    }
  });

  it("takes only keys of 256 bits", () => {
    expect(() => pseudonym.importDayKey(Buffer.alloc(16))).toThrow(RangeError);
    expect(pseudonym.makeDayKey().equals(pseudonym.makeDayKey())).toBe(false);
  });

  it.each([
    {
      name: "day left out",
      from: "[LABEL, population, controller, day, kind]",
      to: "[LABEL, population, controller, kind]",
    },
    {
      name: "population left out",
      from: "[LABEL, population, controller, day, kind]",
      to: "[LABEL, controller, day, kind]",
    },
    {
      name: "kind left out",
      from: "[LABEL, population, controller, day, kind]",
      to: "[LABEL, population, controller, day]",
    },
    { name: "no lengths", from: "return [length, bytes];", to: "return [bytes];" },
    { name: "unkeyed", from: 'createHmac("sha256", key)', to: 'createHmac("sha256", "madang")' },
    {
      name: "one prefix for all kinds",
      from: "let prefix = prefixes.get(kind);",
      to: "let prefix = [...prefixes.values()][0];",
    },
  ])("notices: $name", (mutant) =>
    kill<Pseudonym>(FILE, mutant, (module) => {
      separated(module);
      const make = module.pseudonymiser(module.importDayKey(KEY), DOMAIN);
      expect(make("track", "A1").equals(make("card", "A1"))).toBe(false);
    }),
  );

  it.each([
    { name: "case kept", from: ".toUpperCase()", to: "" },
    {
      name: "full-width digits kept",
      from: 'id.normalize("NFKC").toUpperCase().normalize("NFKC")',
      to: "id.toUpperCase()",
    },
    { name: "empty ids taken", from: 'if (text === "") throw', to: 'if (text === "\\0") throw' },
    { name: "broken text taken", from: "if (!id.isWellFormed())", to: "if (false)" },
    { name: "separators dropped for tracks", from: "if (WRITTEN_FREELY.has(kind))", to: "if (true)" },
    { name: "invisible characters kept", from: "\\p{Cf}\\p{Cc}\\p{Default_Ignorable_Code_Point}", to: "" },
  ])("notices: $name", (mutant) => kill<Pseudonym>(FILE, mutant, oneSpelling));
});
