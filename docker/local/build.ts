import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tied } from "./child.ts";
import { run } from "./command.ts";
import { releaseLock, takeLock } from "./lock.ts";
import { Refusal } from "./refusal.ts";

/** What is made from sources before the hub starts, and made again only when they change. */
type Build = {
  name: string;
  /** Files and folders that the result depends on. */
  inputs: readonly string[];
  /** A file of the result; without it the build is due. */
  result: string;
  command: (root: string) => readonly string[];
  /** Built beside its place and moved there, so that a hub that serves the old one is never without. */
  moved?: { from: string; to: string };
};

const SCRATCH = "node_modules/.cache/madang";

export const PRISMA_CLIENT: Build = {
  name: "database client",
  inputs: ["prisma/hub/schema.prisma", "prisma.config.ts", "package-lock.json"],
  result: "prisma/hub/generated/client.ts",
  command: (root) => [process.execPath, join(root, "node_modules/prisma/build/index.js"), "generate"],
};

export const PORTAL: Build = {
  name: "portal",
  inputs: ["portal", "package-lock.json"],
  result: "portal/dist/index.html",
  command: (root) => [
    process.execPath,
    join(root, "node_modules/vite/bin/vite.js"),
    "build",
    "portal",
    "--logLevel=warn",
    `--outDir=${join(root, SCRATCH, "portal-dist")}`,
    "--emptyOutDir",
  ],
  moved: { from: `${SCRATCH}/portal-dist`, to: "portal/dist" },
};

/** A tool's complaint may have thousands of lines. */
const SHOWN_LINES = 25;

const OUTPUTS = new Set(["dist", "generated", "node_modules"]);

/** SHA-256 over the paths and contents of files; results of builds below them are left out. */
export function contentHash(root: string, inputs: readonly string[]): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const entries = readdirOrNull(full);
    if (entries === null) hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
    else for (const name of entries.filter((entry) => !OUTPUTS.has(entry)).sort()) add(join(path, name));
  };
  for (const input of inputs) add(input);
  return hash.digest("hex");
}

function readdirOrNull(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return null;
    throw error;
  }
}

/**
 * Builds when the sources have changed since the last time; two at once wait for each other.
 * @returns a word for the progress line
 * @throws Refusal with the tool's words
 */
export async function build(root: string, what: Build, signal: AbortSignal): Promise<string> {
  const stamp = join(root, SCRATCH, what.name.replaceAll(" ", "-"));
  const current = (): boolean =>
    existsSync(join(root, what.result)) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === contentHash(root, what.inputs);
  if (current()) return "unchanged";
  mkdirSync(join(root, SCRATCH), { recursive: true });
  const lock = `${stamp}.lock`;
  for (; takeLock(lock) !== null; signal.throwIfAborted()) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    if (current()) return "unchanged";
    const hash = contentHash(root, what.inputs);
    const [command = "", ...args] = what.command(root);
    const [tiedCommand, tiedArgs] = tied(command, args, "KILL");
    const env = { ...process.env, NODE_ENV: "production", CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
    const made = await run(tiedCommand, tiedArgs, { cwd: root, env, signal });
    signal.throwIfAborted();
    if (made.code !== 0) {
      writeFileSync(`${stamp}.log`, made.output);
      const words = made.output.trim().split("\n").slice(0, SHOWN_LINES).join("\n");
      throw new Refusal(`Building the ${what.name} failed (all of it in ${stamp}.log):\n${words}`);
    }
    if (what.moved) replace(join(root, what.moved.from), join(root, what.moved.to));
    writeFileSync(stamp, hash);
    return "built";
  } finally {
    releaseLock(lock);
  }
}

function replace(from: string, to: string): void {
  const old = `${from}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}
