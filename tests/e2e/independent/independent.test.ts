import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as budget from "../../../core/ledger/budget.ts";
import * as zcdp from "../../../core/ledger/zcdp.ts";
import * as gaussian from "../../../core/privacy/gaussian.ts";
import * as interval from "../../../core/privacy/interval.ts";
import * as laplace from "../../../core/privacy/laplace.ts";
import { agrees, compare, TOLERANCE } from "./compare.ts";

describe("a second implementation, in Python from the definitions", () => {
  test("finds the same scales, ρ, half widths and horizons, and probabilities to eleven digits", () => {
    const comparison = compare({ laplace, gaussian, interval, budget, zcdp });
    expect(comparison.different).toEqual([]);
    expect(comparison.largest).toBeLessThanOrEqual(TOLERANCE);
    expect(comparison.margins[0]).toBeGreaterThanOrEqual(0);
    expect(agrees(comparison)).toBe(true);
  });

  const python = process.env["PYTHON_PATH"];
  if (python === undefined) {
    test.skip("writes the golden vectors as they are committed (skipped: no Python, PYTHON_PATH is not set)", () => {});
  } else {
    test("writes the golden vectors as they are committed", () => {
      const program = fileURLToPath(new URL("./check.py", import.meta.url));
      const { status, stdout, stderr } = spawnSync(python, ["-B", program], { encoding: "utf8", timeout: 240_000 });
      expect({ status, stderr, stdout }).toMatchObject({ status: 0, stderr: "" });
    }, 250_000);
  }
});
