import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HubEnvironment } from "../../support/environment.ts";

const ROOT = join(import.meta.dirname, "../../..");

export type Outcome = { code: number | null; stdout: string; stderr: string };

/** What `--json` writes. */
export type Report = {
  input: number;
  accepted: number;
  rejected: Record<string, number>;
  boundedAway: number;
  releasedWindows: number;
  reconciled: boolean;
  files: { datasets: { dataset: string; contributions: number; boundedAway: number; releasedWindows: number }[] }[];
};

/** Starts `npm run import` as the launcher hands it on. */
export function startImport(
  hub: HubEnvironment,
  args: readonly string[],
): { child: ChildProcess; end: Promise<Outcome> } {
  const child = spawn(process.execPath, [join(ROOT, "workers/import/cli.ts"), ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      MADANG_HOME: hub.home,
      MADANG_URL: hub.url,
      HUB_DATABASE_URL: hub.hubDatabase,
      EDGE_DATABASE_URL: hub.edgeDatabase,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const end = new Promise<Outcome>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return { child, end };
}

export const runImport = (hub: HubEnvironment, args: readonly string[]): Promise<Outcome> => startImport(hub, args).end;

export const readReport = (path: string): Report => JSON.parse(readFileSync(path, "utf8")) as Report;
