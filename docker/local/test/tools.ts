import { run } from "../command.ts";
import { aptInstall } from "../stack/apt.ts";

/** A program of this machine, or why it cannot be had. */
export type Tool = { path: string } | { missing: string };

async function firstThat(commands: readonly string[], args: readonly string[]): Promise<string | null> {
  for (const command of commands) if ((await run(command, args)).code === 0) return command;
  return null;
}

/** Finds a program, and installs the packages that bring it when it is not there. */
async function findOrInstall(
  candidates: readonly string[],
  args: readonly string[],
  packages: readonly string[],
  signal: AbortSignal,
): Promise<Tool> {
  const found = await firstThat(candidates, args);
  if (found !== null) return { path: found };
  if (process.getuid?.() !== 0) return { missing: `install ${packages.join(" and ")} (this user may not)` };
  try {
    await aptInstall(packages, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { missing: (error as Error).message.split("\n")[0] ?? "apt-get failed" };
  }
  const installed = await firstThat(candidates, args);
  return installed === null ? { missing: `${packages.join(" and ")} did not bring it` } : { path: installed };
}

/** A Chromium for the browser tests, with a font for Korean. CHROMIUM_PATH names one of your own. */
export function chromium(signal: AbortSignal): Promise<Tool> {
  const own = process.env["CHROMIUM_PATH"];
  const names = ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"];
  return findOrInstall(own ? [own, ...names] : names, ["--version"], ["chromium", "fonts-noto-cjk"], signal);
}

/** A Python with the package `cryptography`, for the example device. */
export function python(signal: AbortSignal): Promise<Tool> {
  const names = ["python3", "/usr/bin/python3"];
  return findOrInstall(names, ["-c", "import cryptography"], ["python3", "python3-cryptography"], signal);
}
