import { readFileSync } from "node:fs";
import { run } from "../command.ts";
import { Refusal } from "../refusal.ts";

const ALTERNATIVES =
  "Other ways: run a Docker engine (npm start then uses docker/compose.yaml), or set HUB_DATABASE_URL, " +
  "EDGE_DATABASE_URL, REDIS_URL and CACHE_URL to stores of your own.";

/** Linux capabilities that the local stack needs, by bit (linux/capability.h). */
const NEEDED = { CAP_CHOWN: 0, CAP_SETGID: 6, CAP_SETUID: 7, CAP_SYS_CHROOT: 18, CAP_SYS_ADMIN: 21 } as const;

/** The names of the needed capabilities that an effective set (hexadecimal, as in /proc/self/status) lacks. */
export function missingCapabilities(effective: string): string[] {
  const set = BigInt(`0x${effective}`);
  return Object.entries(NEEDED)
    .filter(([, bit]) => ((set >> BigInt(bit)) & 1n) === 0n)
    .map(([name]) => name);
}

/**
 * The command prefix that gives a program mounts and process numbers of its own, which vanish with it.
 * @throws Refusal when this machine or user may not make them
 */
export async function namespacePrefix(): Promise<string[]> {
  if (process.platform !== "linux") throw new Refusal(`The local stack needs Linux. ${ALTERNATIVES}`);
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const missing = missingCapabilities(effective);
  if (missing.length > 0)
    throw new Refusal(
      `The local stack needs root with ${missing.join(", ")}, which this process has not. ${ALTERNATIVES}`,
    );
  let words = "";
  for (const propagation of ["private", "unchanged"]) {
    const flags = ["--mount", `--propagation=${propagation}`, "--pid", "--fork", "--kill-child"];
    const tried = await run("unshare", [...flags, "true"]);
    if (tried.code === 0) return ["unshare", ...flags];
    // In a plain chroot "/" is no mount, and its propagation cannot be changed: then it is taken as it is.
    words = tried.output.trim();
  }
  throw new Refusal(`This machine does not allow mount namespaces (${words}). ${ALTERNATIVES}`);
}
