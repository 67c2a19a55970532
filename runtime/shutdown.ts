import type { HealthReporter } from "./health.ts";
import type { Log } from "./log.ts";

type Step = { name: string; close: () => Promise<unknown> };

/**
 * Ends the process in order on SIGTERM and SIGINT: the steps run one after another, last registered first.
 *
 * A second signal, or more than `limitMs` in all, ends it at once with 1.
 */
export function orderlyShutdown(log: Log, health: HealthReporter, limitMs = 9_000) {
  const steps: Step[] = [];
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    health.set("stopping");
    log.info({ event: "process.stopping", signal });
    setTimeout(() => {
      log.error({ event: "process.stop_timeout" });
      process.exit(1);
    }, limitMs).unref();
    for (const step of steps.reverse()) {
      await step.close().catch((err: unknown) => log.error({ event: "process.stop_failed", step: step.name, err }));
    }
    await health.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  return {
    /** Registers what must be closed; registered later means closed earlier. */
    add(name: string, close: () => Promise<unknown>): void {
      steps.push({ name, close });
    },
  };
}
