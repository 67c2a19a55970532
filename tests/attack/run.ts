import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type Figure, type Finding, passes, type Size } from "./support/figure.ts";

/** A figure with what was measured; `pass` counts its controls and mutants, too. */
export type Row = Omit<Finding, "pass"> &
  Pick<Figure, "name" | "title" | "target" | "rules"> & { readonly pass: boolean; readonly seconds: number };

const PROGRAM = join(import.meta.dirname, "run-figure.ts");
/** A figure that hangs is ended, and failed, after this time. */
const LIMIT_MS = 15 * 60_000;

const living = new Set<ChildProcess>();
/** Ends every figure that still runs. */
export const endAll = (): void => {
  for (const child of living) child.kill("SIGKILL");
};

/**
 * Runs figures: those that need the hub one after another, the others beside them.
 * @param onRow told of each as it ends
 * @returns the rows in the order of the figures
 */
export async function runFigures(figures: readonly Figure[], size: Size, onRow: (row: Row) => void): Promise<Row[]> {
  const rows = new Map<string, Row>();
  const lane = async (needs: Figure["needs"]): Promise<void> => {
    for (const figure of figures.filter((one) => one.needs === needs)) {
      const row = await runFigure(figure, size);
      rows.set(figure.name, row);
      onRow(row);
    }
  };
  await Promise.all([lane("hub"), lane("nothing")]);
  return figures.flatMap(({ name }) => rows.get(name) ?? []);
}

async function runFigure({ name, title, target, rules }: Figure, size: Size): Promise<Row> {
  const begun = performance.now();
  const outcome = await findingOf(name, size);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const head = { name, title, target, rules };
  if (typeof outcome === "string") {
    return { ...head, value: outcome, pass: false, seconds, controls: [], mutants: [] };
  }
  return { ...head, ...outcome, pass: passes(outcome), seconds };
}

/** What a figure found, or why it came to no end. */
function findingOf(name: string, size: Size): Promise<Finding | string> {
  return new Promise((resolve) => {
    const child = fork(PROGRAM, [name, size], {
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    living.add(child);
    let finding: Finding | null = null;
    let words = "";
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      words = (words + chunk).slice(-4_000);
      process.stderr.write(chunk);
    });
    const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
    child.on("message", (message) => {
      finding = message as Finding;
    });
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      living.delete(child);
      const fault = words.split("\n").find((line) => /^\S*Error/.test(line)) ?? "";
      resolve(finding ?? `no result: ended with ${signal ?? code} ${fault}`.trim());
    });
  });
}
