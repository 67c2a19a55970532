import { spawn } from "node:child_process";
import type { LogFile } from "./logs.ts";

export type Outcome = { code: number; output: string };

/**
 * Runs a command to its end.
 * @param options.log also receives the output; `options.signal` ends the command with `options.killSignal` (SIGTERM)
 * @returns its exit code (127 when it cannot be run) and its output, both streams in order
 */
export function run(
  command: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    log?: LogFile;
    signal?: AbortSignal;
    killSignal?: NodeJS.Signals;
    onLine?: (line: string) => void;
  } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.signal && { signal: options.signal }),
      ...(options.killSignal && { killSignal: options.killSignal }),
    });
    let output = "";
    let rest = "";
    const take = (chunk: string): void => {
      output += chunk;
      options.log?.write(chunk);
      if (options.onLine === undefined) return;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) options.onLine(line);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", (error: NodeJS.ErrnoException) => {
      // An abort is reported by "close", once the command has ended.
      if (error.name !== "AbortError") resolve({ code: 127, output: `${output}${error.message}` });
    });
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
