import { readFileSync } from "node:fs";
import { TRANSITIONS } from "./machine.ts";

const text = readFileSync(new URL("../../docs/market.md", import.meta.url), "utf8");

test("docs/market.md has the table of the machine", () => {
  const rows = [...text.matchAll(/^\| (?:`(\w+)`|–) +\| `(\w+)` +\| `(\w+)` +\| ([a-z, ]+?) +\|$/gm)];
  const told = rows.map(([, from = "NONE", action, to, by = ""]) => [
    from,
    action,
    to,
    ...by.toUpperCase().split(", "),
  ]);
  expect(told).toEqual(TRANSITIONS.map(({ from, action, to, by }) => [from, action, to, ...by]));
});
