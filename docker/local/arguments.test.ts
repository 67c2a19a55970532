import { parseCommand } from "./arguments.ts";
import { Refusal } from "./refusal.ts";

const refusalOf = (argv: string[]): Refusal => {
  try {
    parseCommand(argv);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("was not refused");
};

test("start has the whole hub with the sample city in the foreground unless told otherwise", () => {
  expect(parseCommand(["start"])).toEqual({
    name: "start",
    options: { detach: false, fresh: false, city: true, only: "all", identity: null },
  });
});

test("start takes its flags in any order", () => {
  expect(parseCommand(["start", "--no-city", "--fresh", "-d", "--only", "stack"])).toEqual({
    name: "start",
    options: { detach: true, fresh: true, city: false, only: "stack", identity: null },
  });
});

test.each([
  ["an unknown command", ["begin"], "begin"],
  ["an unknown flag", ["start", "--fast"], "--fast"],
  ["an unknown part", ["start", "--only", "half"], "half"],
  ["an unknown identity", ["start", "--identity", "ldap"], "ldap"],
  ["a stray word", ["stop", "now"], "now"],
])("%s is wrong use and is named", (_, argv, word) => {
  const refusal = refusalOf(argv);
  expect(refusal.exitCode).toBe(2);
  expect(refusal.message).toContain(word);
});

test("help is asked for in every usual way", () => {
  for (const argv of [[], ["--help"], ["-h"], ["start", "--help"], ["test", "-h"], ["status", "--help"]])
    expect(parseCommand(argv).name).toBe("help");
});

test("commands of other folders get their arguments as they are", () => {
  expect(parseCommand(["import", "trips", "file.csv", "--json", "out.json"])).toEqual({
    name: "import",
    rest: ["trips", "file.csv", "--json", "out.json"],
  });
});

test("test takes words to filter by", () => {
  expect(parseCommand(["test", "core", "privacy"])).toEqual({ name: "test", filter: ["core", "privacy"] });
});
