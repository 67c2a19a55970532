import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "../..");

/** Runs a program of the project with the environment of the test, as the launcher hands it on; answers its output. */
export async function program(main: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [join(ROOT, main), ...args], { cwd: ROOT, timeout: 60_000 });
}
