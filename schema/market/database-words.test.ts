import { readdirSync, readFileSync } from "node:fs";
import { sentenceOf, wordsOf } from "./database-words.ts";

const folder = new URL("../../prisma/hub/migrations/", import.meta.url);
const sql = readdirSync(folder)
  .filter((name) => /^20\d{12}_/.test(name))
  .map((name) => readFileSync(new URL(`${name}/migration.sql`, folder), "utf8"))
  .filter((text) => /\bmarket\./.test(text))
  .join("\n");
const plain = (text: string) => text.replaceAll("''", "'");
const TEXT = "'((?:[^']|'')*)'";

test("every rule and every remedy that the market's functions name is known in Korean", () => {
  const calls = [...sql.matchAll(new RegExp(`market\\.refuse\\([^,]+, ${TEXT}(?:, ${TEXT})?\\)`, "g"))];
  const words = calls.flatMap(([, rule = "", fix]) => (fix === undefined ? [rule] : [rule, fix])).map(plain);
  expect(calls.length).toBeGreaterThan(40);
  expect(words.filter((text) => wordsOf(text) === null)).toEqual([]);
});

test("every sentence with which they refuse an act is known, but those that tell a code alone", () => {
  const raised = [...sql.matchAll(new RegExp(`RAISE EXCEPTION ${TEXT}[^;]*USING ERRCODE = 'MD04[0-2]'`, "g"))];
  const told = new Set(raised.map(([, text = ""]) => plain(text)));
  const CODE_ALONE = ["someone was faster", "a licence that is % has no %", "what happened is kept as it was"];
  const unknown = [...told].filter((text) => wordsOf(text) === null && !CODE_ALONE.includes(text));
  expect(told.size).toBeGreaterThan(10);
  expect(unknown.filter((text) => !text.startsWith("an offer is fixed"))).toEqual([]);
});

test("a rule with a step keeps the step; what is not known is not translated", () => {
  expect(wordsOf("not finer than PT1H")?.ko).toContain("PT1H");
  expect(wordsOf("<b>x</b>")).toBeNull();
  expect(sentenceOf("the key is over")).toEqual({ ko: "끝난 키입니다.", en: "The key is over." });
});
