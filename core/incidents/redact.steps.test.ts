import fc from "fast-check";
import { stepCounter } from "../testing/steps.ts";
import { RULES } from "./redact.ts";

/** What an attempt at one place may cost, whatever stands there: with `n` characters no more than `n` times as much. */
const MOST_STEPS = 3000;
const LENGTH = 10_000;

/** Pieces that the patterns wait for; what they are repeated to is almost a match everywhere. */
const PIECES = [
  ..."01289.-,_/()~ \n@:*xXoOlIaAzM+'°",
  ..."가나김이남씨님군양동호로길공일이삼시도구육외교",
  ...[
    "010",
    "82",
    "12가",
    "김철수 ",
    "서울",
    "국민",
    "계좌 ",
    "카드",
    "골뱅이",
    "닷",
    "http://a/",
    "Ab ",
    "my name is a",
    "a.b",
  ],
  ...[
    "35.12345",
    "상무대로 1",
    "101동 ",
    "성명: ",
    "Mr. A",
    "1:",
    "fe80::",
    "ab:",
    "0".repeat(9),
    "a".repeat(70),
    "김".repeat(7),
  ],
];

const text = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(""))
  .map((unit) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH));

test("no pattern has an unbounded quantifier, so that the work at a place does not grow with the text", () => {
  for (const { pattern } of RULES) {
    const plain = pattern.source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "_");
    expect(plain).not.toMatch(/[*+]|\{\d+,\}/);
  }
});

test(`no attempt of a pattern in 10 kB of almost-matches takes more than ${MOST_STEPS} steps`, () => {
  const counters = RULES.map(({ pattern }) => ({ pattern, attempt: stepCounter(pattern) }));
  fc.assert(
    fc.property(text, fc.nat(LENGTH - 500), (input, at) => {
      for (const { pattern, attempt } of counters) {
        for (let place = at; place < at + 2; place++) {
          const { steps, end } = attempt(input, place);
          expect(steps).toBeLessThanOrEqual(MOST_STEPS);
          // The count is of the same search: it finds what the engine finds.
          const sticky = new RegExp(pattern.source, `${pattern.flags.replace("g", "")}y`);
          sticky.lastIndex = place;
          expect(end).toBe(sticky.test(input) ? sticky.lastIndex : -1);
        }
      }
    }),
    { seed: 4, numRuns: 60 },
  );
});

test("the count sees a pattern that backtracks without bound", () => {
  expect(stepCounter(/(?:a{1,9}){1,9}b/u)("a".repeat(16), 0).steps).toBeGreaterThan(MOST_STEPS);
});
