import { readCommand } from "./command.ts";

test("roles are given and taken by address", () => {
  expect(readCommand("grant --email Ann@hub.example --role steward --role auditor".split(" "))).toEqual({
    verb: "grant",
    email: "ann@hub.example",
    roles: ["steward", "auditor"],
  });
  expect(readCommand(["disable", "--email", "a@b.example"])).toEqual({ verb: "disable", email: "a@b.example" });
  expect(readCommand(["rotate-key", "--now"])).toEqual({ verb: "rotate-key", now: true });
  expect(readCommand(["--help"])).toBeNull();
});

test.each([
  ["grant --email a@b.example", "--role is missing."],
  ["grant --role admin", "--email is missing."],
  ["grant --email a@b.example --role king", "--role is one of"],
  ["disable --email a@b.example --role admin", "--role does not belong to disable."],
])("`%s` is wrong use, and the message says why", (line, message) => {
  expect(() => readCommand(line.split(" "))).toThrow(message);
});
