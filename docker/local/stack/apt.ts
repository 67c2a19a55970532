import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../command.ts";
import { Refusal } from "../refusal.ts";

/**
 * Installs Debian packages on this machine.
 * @throws Refusal when there is no apt-get, no right, or no network
 */
export async function aptInstall(packages: readonly string[], signal: AbortSignal): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  if ((await run("apt-get", ["--version"])).code !== 0)
    throw new Refusal(`apt-get is missing: install ${packages.join(" and ")} by your system's own means.`);
  // apt-get waits for dpkg's lock, but fails at once on that of the package lists: ours take turns.
  const aptGet = [join(tmpdir(), "madang-apt.lock"), "apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"];
  const update = await run("flock", [...aptGet, "update"], { env, signal });
  // Not ended half-way: that would leave packages unconfigured.
  const install = await run("flock", [...aptGet, "install", "-y", "--no-install-recommends", ...packages], { env });
  signal.throwIfAborted();
  if (install.code !== 0)
    throw new Refusal(`apt-get could not install ${packages.join(" ")}:\n${(update.output + install.output).trim()}`);
}
