import { run } from "../command.ts";
import { Refusal } from "../refusal.ts";

/**
 * Installs Debian packages on this machine.
 * @throws Refusal when there is no apt-get, no right, or no network
 */
export async function aptInstall(packages: readonly string[], signal: AbortSignal): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = ["-o", "DPkg::Lock::Timeout=300", "-qq"];
  const update = await run("apt-get", [...options, "update"], { env, signal });
  if (update.code === 127)
    throw new Refusal(`apt-get is missing: install ${packages.join(" and ")} by your system's own means.`);
  // Not ended half-way: that would leave packages unconfigured.
  const install = await run("apt-get", [...options, "install", "-y", "--no-install-recommends", ...packages], { env });
  signal.throwIfAborted();
  if (install.code !== 0)
    throw new Refusal(`apt-get could not install ${packages.join(" ")}:\n${(update.output + install.output).trim()}`);
}
