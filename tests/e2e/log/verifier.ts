import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../examples/verify-log.py", import.meta.url));

export type Verdict = { readonly code: number; readonly output: string };

/** Runs the verifier for strangers (Python, nothing of ours): its exit code, and what it printed. */
export function verifyLog(python: string, args: readonly string[], cwd: string): Promise<Verdict> {
  return new Promise((resolve) => {
    execFile(python, ["-B", PROGRAM, ...args], { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}

/** Serves files by their paths, as a log that may say anything. */
export async function serveFiles(
  files: ReadonlyMap<string, Buffer | string>,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const file = files.get((request.url ?? "").slice(1));
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}
