import { readCommand } from "./command.ts";

const DECLARE = [
  ..."declare --dataset plaza --from 2026-11-21T09:00:00+09:00 --to 2026-11-21T11:00:00+09:00 --reason NETWORK".split(
    " ",
  ),
  "--ko",
  "통신 장애",
  "--en",
  "Network fault",
];
const wish = {
  dataset: "plaza",
  period: { from: Date.parse("2026-11-21T00:00:00Z"), to: Date.parse("2026-11-21T02:00:00Z") },
  reason: "NETWORK",
  ko: "통신 장애",
  en: "Network fault",
  correct: false,
};

test("an outage is declared with its dataset, times, reason and both texts", () => {
  expect(readCommand(DECLARE)).toEqual({ verb: "declare", dryRun: false, json: false, wish });
});

test("a correction, its ε and a dry run are asked for", () => {
  expect(readCommand([...DECLARE, "--correct", "--epsilon", "0.2", "--dry-run"])).toEqual({
    verb: "declare",
    dryRun: true,
    json: false,
    wish: { ...wish, correct: true, epsilonMicro: 200_000 },
  });
});

test("list and help have their options", () => {
  expect(readCommand(["list", "--dataset", "plaza", "--json"])).toEqual({ verb: "list", dataset: "plaza", json: true });
  expect(readCommand(["--help"])).toBeNull();
});

test.each([
  [[], "Say what to do."],
  [["remove"], '"remove" is not a command.'],
  [["declare"], "--dataset is missing."],
  [DECLARE.with(4, "2026-11-21 09:00"), "--from is a time with seconds and an offset"],
  [DECLARE.with(8, "RAIN"), "--reason is one of POWER"],
  [DECLARE.with(10, " "), "--ko is missing."],
  [DECLARE.with(12, "x".repeat(501)), "--en has at most 500"],
  [[...DECLARE, "--epsilon", "0.1"], "--epsilon belongs to --correct."],
  [[...DECLARE, "--correct", "--epsilon", "3"], "--epsilon is a number above 0"],
  [["list", "--correct"], "--correct does not belong to list."],
  [["list", "now"], '"now" is one word too many.'],
])("%j is wrong use, and the message says why", (args, message) => {
  expect(() => readCommand(args)).toThrow(message);
});
