import { collectStatus, type Status } from "./health.ts";
import { isAlive } from "./pids.ts";
import { EXIT } from "./refusal.ts";
import { publicAddresses, type Settings } from "./settings.ts";
import { runningState } from "./state.ts";

/** `npm run status`: prints how the hub is; 0 when it is ready, 1 when not. */
export async function status(settings: Settings, json: boolean): Promise<number> {
  const state = runningState(settings.home);
  const now: Status =
    state === null
      ? { ready: false, addresses: publicAddresses(settings), processes: [], stores: [] }
      : await collectStatus(settings.home, state, (name) => {
          const id = state.processes.find((entry) => entry.name === name)?.id;
          return id !== undefined && id !== null && isAlive(id);
        });
  if (json) process.stdout.write(`${JSON.stringify(now)}\n`);
  else process.stdout.write(state === null ? "No hub runs. Start it: npm start\n" : table(now));
  return now.ready ? EXIT.done : EXIT.failed;
}

function table(status: Status): string {
  const lines = status.processes.map(({ name, state, ageSeconds, detail }) => {
    const age = ageSeconds === null ? "" : `last work ${ageSeconds} s ago`;
    return `  ${name.padEnd(12)}${state.padEnd(10)}${age.padEnd(24)}${detail ?? ""}`.trimEnd();
  });
  const stores = status.stores.map(({ name, state }) => `  ${name.padEnd(12)}${state}`);
  return [status.ready ? `Ready: ${status.addresses.portal}` : "Not ready.", ...lines, ...stores, ""].join("\n");
}
