import { cleanStale, unmountLeft } from "./home.ts";
import { ended, isAlive, signal } from "./pids.ts";
import { EXIT, Refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";
import { readState, runningState } from "./state.ts";

/** Processes end within 12 s a wave, databases within 30 s. */
const LIMIT_MS = 120_000;

/**
 * `npm stop`: ends the hub in order and makes sure that no process and no mount is left. Also clears up after a
 * supervisor that was killed.
 * @returns the exit code
 * @throws Refusal when something could not be ended
 */
export async function stop(settings: Settings): Promise<number> {
  const running = runningState(settings.home);
  if (running === null) {
    const stale = readState(settings.home) !== null;
    const left = await cleanStale(settings);
    const found = left.length > 0 ? ` Ended what it had left: ${left.join(", ")}.` : "";
    process.stderr.write(stale ? `The hub had been killed; its traces are removed.${found}\n` : "No hub runs.\n");
    return EXIT.done;
  }
  const begun = performance.now();
  process.stderr.write("Madang ends\n");
  signal(running.supervisor.pid, "SIGTERM");
  if (!(await ended(running.supervisor, LIMIT_MS))) {
    signal(running.supervisor.pid, "SIGKILL");
    await ended(running.supervisor, 5_000);
    await cleanStale(settings);
    throw new Refusal(
      `The hub did not end within ${LIMIT_MS / 1000} s and was killed. The next start recovers the data.`,
    );
  }
  const alive = running.processes.filter(({ id }) => id !== null && isAlive(id)).map(({ name }) => name);
  const mounts = await unmountLeft(settings);
  if (alive.length > 0 || mounts.length > 0)
    throw new Refusal(`Still there after the end: ${[...alive, ...mounts].join(", ")}.`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stderr.write(`  ended in ${seconds} s; no process and no mount is left\n`);
  return EXIT.done;
}
