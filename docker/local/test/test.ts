import { build, PRISMA_CLIENT } from "../build.ts";
import { progressTo, stepPrinter } from "../progress.ts";
import { EXIT, explain, Refusal } from "../refusal.ts";
import { runningState } from "../state.ts";
import type { Result } from "./jest.ts";
import { type KeycloakFront, startKeycloakFront } from "./keycloak.ts";
import { type Context, STEPS, type Step } from "./steps.ts";
import { chromium, python, type Tool } from "./tools.ts";
import { ownHub, settingsBeside } from "./with-hub.ts";

/** A step that hangs is ended after this time. */
const STEP_LIMIT_MS = 25 * 60_000;
const PORTS_AFTER = 400;

/** Sums results; the last line of `npm test` is made from it. */
export function summary(results: readonly Omit<Result, "output">[]): string {
  const sum = (key: "passed" | "failed" | "skipped"): number => results.reduce((all, each) => all + each[key], 0);
  return `tests: ${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`;
}

/** A line for one step, and its whole output when something failed or was skipped as a whole. */
export function describeResult(name: string, { passed, failed, skipped, output }: Result, seconds: number): string {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const line = `${failed > 0 ? "FAIL" : "ok  "} ${name.padEnd(26)} ${counts.padEnd(40)} ${seconds.toFixed(1)} s\n`;
  return failed > 0 || (passed === 0 && skipped > 0) ? `${line}${output.trimEnd()}\n` : line;
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/**
 * `npm test`: every step, or those that a word of the filter matches.
 * @returns 0 when nothing failed, 1 when something did, 130 when it was interrupted
 */
export async function test(root: string, filter: string[]): Promise<number> {
  const { settings, environment } = settingsBeside(root, "test", PORTS_AFTER);
  const steps = STEPS.filter((step) => step.applies({ root, filter }));
  if (steps.length === 0) throw new Refusal(`No test matches ${filter.join(" ")}.`, EXIT.wrongUse);
  if (runningState(settings.home)) throw new Refusal(`Tests run already, in ${settings.home}.`);

  const abort = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => abort.abort());
  const printer = stepPrinter(process.stderr);
  const progress = progressTo(printer.print);
  const tool = (title: string, find: (signal: AbortSignal) => Promise<Tool>) =>
    once(() =>
      progress.step(title, async () => {
        const found = await find(abort.signal);
        return [found, "path" in found ? found.path : found.missing];
      }),
    );
  let keycloak: Promise<KeycloakFront> | undefined;
  const context: Omit<Context, "env"> = {
    root,
    home: settings.home,
    filter,
    signal: abort.signal,
    chromium: tool("browser", chromium),
    python: tool("Python", python),
    keycloak: once(async () => {
      keycloak = startKeycloakFront(settings, progress, abort.signal);
      const { environment } = await keycloak;
      const why = environment["KEYCLOAK_MISSING"];
      if (why !== undefined) process.stdout.write(`skip what needs Keycloak: ${why}\n`);
      return keycloak;
    }),
  };
  const results: Result[] = [];
  const perform = async (step: Step, env: NodeJS.ProcessEnv): Promise<void> => {
    const begun = performance.now();
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(STEP_LIMIT_MS)]);
    printer.print({ type: "step", title: step.name, state: "running", detail: null, seconds: 0 });
    const result = await step.run({ ...context, signal, env });
    printer.drop(step.name);
    if (abort.signal.aborted) return;
    results.push(result);
    process.stdout.write(describeResult(step.name, result, (performance.now() - begun) / 1000));
  };

  const withHub = steps.filter((step) => step.needsHub);
  const hub = withHub.length > 0 ? ownHub(settings, environment, true, printer) : null;
  let fetched: Promise<unknown> | undefined;
  try {
    await build(root, PRISMA_CLIENT, abort.signal);
    // Fetched beside the rest; a step that needs one waits for it.
    if (withHub.length > 0) fetched = context.python().then(context.chromium);
    fetched?.catch(() => {});
    for (const step of steps.filter(({ needsHub }) => !needsHub))
      if (!abort.signal.aborted) await perform(step, environment);
    if (hub !== null && !abort.signal.aborted) {
      const ready = await hub.ready.catch((error: unknown) => explain(error));
      for (const step of withHub) {
        if (abort.signal.aborted) break;
        if (typeof ready !== "string") await perform(step, { ...environment, ...ready });
        else results.push({ passed: 0, failed: 1, skipped: 0, output: ready });
      }
      if (typeof ready === "string") process.stdout.write(`FAIL the hub did not start: ${ready}\n`);
    }
  } finally {
    await keycloak?.then(({ stop }) => stop()).catch(() => {});
    await hub?.end();
    // Packages are never left half installed.
    await fetched?.catch(() => {});
    printer.close();
  }
  if (abort.signal.aborted) return EXIT.interrupted;
  process.stdout.write(`${summary(results)}\n`);
  return results.some(({ failed }) => failed > 0) ? EXIT.failed : EXIT.done;
}
