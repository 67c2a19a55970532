import { readdirSync, readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessId = {
  pid: number;
  /** Start of the process in clock ticks since the boot, and the boot's id; null where /proc is missing (macOS). */
  started: string | null;
};

let boot: string | undefined;
function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().slice(0, 8);
  return boot;
}

/** Fields of /proc/PID/stat after the command's name (proc(5)): [0] is the state, [1] the parent, [19] the start. */
function statFields(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** Notes which process a number stands for now. */
export function identify(pid: number): ProcessId {
  const fields = statFields(pid);
  return { pid, started: fields === null ? null : `${bootId()}.${fields[19]}` };
}

/** True while that very process runs (a dead one that nobody has waited for yet counts as ended). */
export function isAlive(id: ProcessId): boolean {
  if (id.started !== null) {
    const fields = statFields(id.pid);
    return fields !== null && fields[0] !== "Z" && `${bootId()}.${fields[19]}` === id.started;
  }
  try {
    process.kill(id.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Sends a signal; false when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** The direct children of every process that has some. */
export function childrenByParent(): Map<number, number[]> {
  const numbers = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return Map.groupBy(numbers, (pid) => Number(statFields(pid)?.[1] ?? -1));
}

/** The direct children of a process. */
export const childrenOf = (parent: number): number[] => childrenByParent().get(parent) ?? [];

/** Waits until a process has ended; false after `limitMs`. */
export async function ended(id: ProcessId, limitMs: number): Promise<boolean> {
  for (const until = Date.now() + limitMs; isAlive(id); ) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
