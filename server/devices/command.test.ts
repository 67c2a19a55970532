import { readCommand } from "./command.ts";

test("a device is added with its city, feeds, kind and place", () => {
  expect(readCommand("add --id pole-1 --city sangmu --feed a --feed b --kind SMART_POLE --zone z".split(" "))).toEqual({
    verb: "add",
    device: { id: "pole-1", city: "sangmu", feeds: ["a", "b"], kind: "SMART_POLE", zone: "z" },
  });
});

test("list, rotate and revoke have their options", () => {
  expect(readCommand(["list", "--json"])).toEqual({ verb: "list", json: true });
  expect(readCommand(["rotate", "--id", "a", "--overlap", "60"])).toEqual({
    verb: "rotate",
    id: "a",
    overlapSeconds: 60,
  });
  expect(readCommand(["revoke", "--id", "a"])).toEqual({ verb: "revoke", id: "a" });
  expect(readCommand(["--help"])).toBeNull();
});

test.each([
  ["", "Say what to do."],
  ["remove", '"remove" is not a command.'],
  ["add --city c --feed f", "--id is missing."],
  ["add --id a --feed f", "--city is missing."],
  ["add --id a --city c", "--feed is missing."],
  ["add --id a --city c --feed f --kind CAT", "--kind is one of"],
  ["revoke --id a --city c", "--city does not belong to revoke."],
  ["rotate --id a --overlap soon", "--overlap is a number of seconds."],
  ["revoke a", '"a" is one word too many.'],
  ["list --colour", "colour"],
])("`%s` is wrong use, and the message says why", (line, message) => {
  expect(() => readCommand(line.split(" ").filter(Boolean))).toThrow(message);
});
