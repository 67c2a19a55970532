import { globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tied } from "../child.ts";
import { run } from "../command.ts";

/** What one step of `npm test` found. */
export type Result = { passed: number; failed: number; skipped: number; output: string };

/** The part of Jest's `--json` report that is read. */
export type JestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Files that could not be run at all: their tests are not in the other numbers. */
  numRuntimeErrorTestSuites: number;
};

/** Counts a report; a file that could not be run is one failure. */
export const countReport = (report: JestReport): Omit<Result, "output"> => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
  skipped: report.numPendingTests + report.numTodoTests,
});

/** Suites by the folder they are in; a file belongs to the first that its path begins with. */
export const SUITES = {
  e2e: "tests/e2e/",
  browser: "tests/browser/",
  unit: "",
} as const;
export type Suite = keyof typeof SUITES;

export function suiteOf(file: string): Suite {
  const suites = Object.entries(SUITES) as [Suite, string][];
  return suites.find(([, folder]) => file.startsWith(folder))?.[0] ?? "unit";
}

/** Test files of a suite, those whose path holds one of `words` (all without words). */
export function testFiles(root: string, suite: Suite, words: readonly string[]): string[] {
  return globSync("*/**/*.test.{ts,tsx}", {
    cwd: root,
    exclude: (name) => /^(node_modules|\.madang|dist|generated)$/.test(name.split("/").at(-1) ?? ""),
  })
    .filter((file) => suiteOf(file) === suite)
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort();
}

/**
 * Runs test files with Jest.
 * @param options.serial one file after another: they share a hub
 */
export async function runJest(
  root: string,
  name: string,
  files: readonly string[],
  options: { env: NodeJS.ProcessEnv; serial: boolean; signal: AbortSignal; reports: string },
): Promise<Result> {
  mkdirSync(options.reports, { recursive: true });
  const report = join(options.reports, `jest-${name}.json`);
  rmSync(report, { force: true });
  const [command, args] = tied(
    process.execPath,
    [
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      "node_modules/jest/bin/jest.js",
      "--ci",
      "--json",
      `--outputFile=${report}`,
      options.serial ? "--runInBand" : "--maxWorkers=2",
      "--forceExit",
      "--runTestsByPath",
      ...files,
    ],
    "KILL",
  );
  const env = { ...options.env, NODE_ENV: "test", TZ: "UTC" };
  const { code, output } = await run(command, args, { cwd: root, env, signal: options.signal });
  // The report is also printed, as one line; people want the words.
  const words = output.replace(/^\{"num.*$/m, "").trim();
  try {
    const counts = countReport(JSON.parse(readFileSync(report, "utf8")) as JestReport);
    const silent = code !== 0 && counts.failed === 0 ? 1 : 0;
    return { ...counts, failed: counts.failed + silent, output: words };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, output: words || `Jest ended with ${code} and without a report.` };
  }
}
