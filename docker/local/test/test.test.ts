import { countReport, suiteOf } from "./jest.ts";
import { describeResult, summary } from "./test.ts";

test("the last line sums every step", () => {
  const results = [
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 120, failed: 2, skipped: 3 },
  ];
  expect(summary(results)).toBe("tests: 121 passed, 2 failed, 3 skipped");
  expect(summary([])).toBe("tests: 0 passed, 0 failed, 0 skipped");
});

test("a test file that could not be run counts as a failure", () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    numRuntimeErrorTestSuites: 1,
  };
  expect(countReport(report)).toEqual({ passed: 4, failed: 2, skipped: 3 });
});

test("a file belongs to the suite of its folder", () => {
  expect(suiteOf("tests/e2e/way/way.test.ts")).toBe("e2e");
  expect(suiteOf("tests/browser/home.test.ts")).toBe("browser");
  expect(suiteOf("core/time.test.ts")).toBe("unit");
  expect(suiteOf("tests/support/wait.test.ts")).toBe("unit");
});

test("the output of a step is shown in full when something failed or nothing could be run", () => {
  const counts = { passed: 1, failed: 0, skipped: 0, output: "words" };
  expect(describeResult("types", counts, 1)).not.toContain("words");
  expect(describeResult("types", { ...counts, failed: 1 }, 1)).toContain("words");
  expect(describeResult("browser", { passed: 0, failed: 0, skipped: 3, output: "no browser" }, 1)).toContain(
    "no browser",
  );
});
