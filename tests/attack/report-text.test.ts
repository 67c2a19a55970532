import { type Report, reportText } from "./report-text.ts";
import type { Row } from "./run.ts";

const figure = (name: string, more: Partial<Row> = {}): Row => ({
  name,
  title: `What ${name} is about`,
  target: "0",
  rules: [],
  value: "0 | none",
  pass: true,
  seconds: 1.5,
  controls: [],
  mutants: [],
  ...more,
});
const report = (figures: readonly Row[]): Report => ({
  at: "2026-11-27T07:00:00.000Z",
  size: "full",
  machine: { cores: 2, postgres: null },
  figures,
  later: ["log proofs: with the market"],
});
const PRACTICES =
  "audit (allowed 0.80): Madang ε ≥ 0.06 holds; k = 3 suppression ε ≥ 9.48 fails | row set (allowed 0): Madang differ 0 holds; k = 3 suppression differ 78 fails";

test("every figure, its mutants, the rules and what comes later are in the report", () => {
  const text = reportText(
    report([
      figure("noise", { rules: ["P13"], mutants: [{ name: "half", killed: true }], power: 0.99951 }),
      figure("budget", { pass: false, rules: ["P1"], mutants: [{ name: "no constraint", killed: false }] }),
    ]),
    (name) => (name === "noise" ? "noise" : null),
  );
  expect(text).toContain(
    "| What noise is about ([`noise`](../tests/attack/noise/README.md)) | 0 | 0 \\| none | 1 of 1 | 0.9995 | 1.5 | pass |",
  );
  expect(text).toContain("1 of 2 figures passed; 1 of 2 mutants killed. **Failed: budget**");
  expect(text).toContain("**survives: no constraint**");
  expect(text).toMatch(/\| P13 \|.*noise/);
  expect(text).toMatch(/\| P15 \|.*none in this run/);
  expect(text).toContain("- log proofs: with the market");
  expect(text).toContain("The figure `practices` was not run.");
});

test("the practices are a table of attack and result", () => {
  const text = reportText(report([figure("practices", { value: PRACTICES })]), () => null);
  expect(text).toContain("| attack | wins above | Madang | k = 3 suppression |");
  expect(text).toContain("| audit | 0.80 | ε ≥ 0.06: **holds** | ε ≥ 9.48: **fails** |");
  expect(text).toContain("| row set | 0 | differ 0: **holds** | differ 78: **fails** |");
});

test("a comparison that came to no end is shown as it is", () => {
  const text = reportText(report([figure("practices", { value: "no result: ended with 1" })]), () => null);
  expect(text).toContain("It came to no end: no result: ended with 1");
});

test("a figure that was run again shows its newest row, and the report says what it was before", () => {
  const first = report([figure("noise"), figure("budget", { pass: false, value: "51 of 200" })]);
  const again = { at: "2026-11-27T08:00:00.000Z", figures: [figure("budget", { value: "50 of 200" })] };
  const text = reportText(first, () => null, [again]);
  expect(text).toContain("2 of 2 figures passed");
  expect(text).toContain(
    "**Repeated alone**: 2026-11-27T08:00:00.000Z, budget; in the run above budget failed (51 of 200)",
  );
});
