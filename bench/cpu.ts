import { readdirSync, readFileSync } from "node:fs";
import { runningState } from "../docker/local/state.ts";

/** /proc counts in hundredths of a second on every Linux of today (sysconf(_SC_CLK_TCK)). */
const TICKS = 100;

type Usage = { parent: number; seconds: number };

/** Processor time of every process of this machine, with that of children it has waited for; empty without /proc. */
function usages(): Map<number, Usage> {
  const found = new Map<number, Usage>();
  for (const name of readProc()) {
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
      found.set(Number(name), { parent: Number(fields[1]), seconds: ticks / TICKS });
    } catch {
      // It ended between the two reads.
    }
  }
  return found;
}

function readProc(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Seconds of processor time that each process and store of the hub has used so far, with their children. */
export function processorSeconds(home: string): Map<string, number> {
  const all = usages();
  const names = new Map<number, string>();
  for (const { name, id } of runningState(home)?.processes ?? []) if (id !== null) names.set(id.pid, name);
  const result = new Map<string, number>();
  for (const [pid, { seconds }] of all) {
    let at: number | undefined = pid;
    while (at !== undefined && !names.has(at)) at = all.get(at)?.parent;
    const name = at === undefined ? undefined : names.get(at);
    if (name !== undefined) result.set(name, (result.get(name) ?? 0) + seconds);
  }
  return result;
}

/** What was used between two looks, as "intake 12 + ingest 30 = 42" microseconds a unit; the smallest are left out. */
export function perUnit(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  units: number,
): string {
  const used = [...after]
    .map(([name, seconds]) => ({ name, micros: ((seconds - (before.get(name) ?? 0)) * 1e6) / units }))
    .filter(({ micros }) => micros >= 0.5)
    .sort((a, b) => b.micros - a.micros);
  const total = used.reduce((sum, { micros }) => sum + micros, 0);
  return `${used.map(({ name, micros }) => `${name} ${micros.toFixed(1)}`).join(" + ")} = ${total.toFixed(1)} µs`;
}
