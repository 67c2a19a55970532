import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./command.ts";
import { ended, signal } from "./pids.ts";
import { Refusal } from "./refusal.ts";
import { ensureSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { closeDocker } from "./stack/docker.ts";
import { readState, removeState } from "./state.ts";

/** Marks a folder as a hub's, so that `--fresh` never empties a folder that somebody else filled. */
const MARK = "madang-home";
/** Kept by `--fresh`: the folders of test and bench are hubs of their own, locks and the open log are in use. */
const KEPT = new Set([MARK, "test", "bench", "reports", "install.lock", "supervisor.lock", "logs"]);
const FREE_BYTES = 500 * 1024 ** 2;

/**
 * Makes the state folder.
 * @throws Refusal when its disk is nearly full
 */
export function prepareHome(home: string): void {
  const isNew = !existsSync(home) || readdirSync(home).every((name) => KEPT.has(name));
  mkdirSync(join(home, "run"), { recursive: true });
  if (isNew) writeFileSync(join(home, MARK), "State of a Madang hub: see docs/running.md.\n");
  const { bavail, bsize } = statfsSync(home);
  if (bavail * bsize < FREE_BYTES)
    throw new Refusal(
      `The disk of ${home} has ${Math.floor((bavail * bsize) / 1024 ** 2)} MB free; a hub needs 500 MB. ` +
        "Free some, or set MADANG_HOME to a folder on another disk.",
    );
}

/**
 * Removes all data of a hub that does not run.
 * @returns what was removed
 * @throws Refusal when the folder is not a hub's
 */
export async function removeData(settings: Settings, kind: "external" | "docker" | "local"): Promise<string[]> {
  const { home } = settings;
  if (kind === "external")
    throw new Refusal("--fresh does not empty databases of your own: do that with your own tools, then start.");
  const removed: string[] = [];
  if (kind === "docker" && existsSync(home)) {
    await closeDocker(settings, ensureSecrets(home), true);
    removed.push("Docker volumes");
  }
  if (!existsSync(home)) return removed;
  const names = readdirSync(home).filter((name) => !KEPT.has(name));
  if (names.length > 0 && !existsSync(join(home, MARK)))
    throw new Refusal(`${home} is not a hub's folder (it has no file ${MARK}): nothing was removed.`);
  for (const name of names) rmSync(join(home, name), { recursive: true, force: true });
  const logs = existsSync(join(home, "logs")) ? readdirSync(join(home, "logs")) : [];
  for (const name of logs.filter((each) => each !== "supervisor.log")) rmSync(join(home, "logs", name));
  return [...removed, ...names.filter((name) => name !== "run")];
}

/**
 * Mounts of a hub's stores that are visible outside their namespaces: there should be none.
 * @param mountinfo text of /proc/self/mountinfo (proc(5): field 4 is the mounted folder, field 5 the place)
 */
export function visibleMounts(mountinfo: string, home: string): string[] {
  const stores = join("/", basename(home), "stores", "/");
  return mountinfo
    .split("\n")
    .map((line) => line.split(" ").map((field) => field.replace(/\\(\d{3})/g, unescapeOctal)))
    .filter(([, , , folder = "", place = ""]) => place.endsWith("/mnt") && folder.includes(stores))
    .flatMap(([, , , , place]) => place ?? []);
}

const unescapeOctal = (_: string, octal: string): string => String.fromCharCode(Number.parseInt(octal, 8));

/**
 * Ends what a supervisor left that was killed (or whose machine went down): processes, mounts, containers, sockets.
 * @returns the names of what was still there
 */
export async function cleanStale(settings: Settings): Promise<string[]> {
  const { home } = settings;
  const state = readState(home);
  if (state === null) return [];
  const left: string[] = [];
  for (const { name, id } of state.processes.toReversed()) {
    // The kernel ends them with their supervisor; this is for those it could not.
    if (id === null || (await ended(id, 1_000))) continue;
    left.push(name);
    signal(id.pid, "SIGKILL");
    await ended(id, 5_000);
  }
  left.push(...(await unmountLeft(settings)));
  if (state.stack === "docker") await closeDocker(settings, ensureSecrets(home), false);
  for (const name of existsSync(join(home, "run")) ? readdirSync(join(home, "run")) : [])
    rmSync(join(home, "run", name), { force: true });
  removeState(home);
  return left;
}

/**
 * Unmounts what should have vanished with its namespace.
 * @returns what was still mounted
 */
export async function unmountLeft(settings: Settings): Promise<string[]> {
  if (process.platform !== "linux") return [];
  const mounts = visibleMounts(readFileSync("/proc/self/mountinfo", "utf8"), settings.home);
  for (const path of mounts.toReversed()) await run("umount", [path]);
  return mounts;
}
