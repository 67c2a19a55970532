import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
import { tied } from "../child.ts";
import { run } from "../command.ts";
import { Refusal } from "../refusal.ts";
import { aptInstall } from "./apt.ts";
import type { StackOptions } from "./types.ts";

const SUITE = "trixie";
const PACKAGES = ["postgresql-17", "postgresql-17-timescaledb", "redis-server"];
const FREE_BYTES = 2 * 1024 ** 3;

/**
 * Builds the folder beside its place and moves it there in one step; whoever waited for the lock finds it done.
 * $1 place, $2 mirror (empty: mmdebstrap's own), $3 suite, $4 packages, $5 where it is built
 */
const BUILD = `set -eu
[ -d "$1" ] && exit 0
rm -rf --one-file-system "\${5%.*}".*
mkdir "$5"
mmdebstrap --mode=root --variant=minbase --include="$4" \
  --dpkgopt=force-unsafe-io --dpkgopt=force-confold \
  --dpkgopt=path-exclude=/usr/share/man/* --dpkgopt=path-exclude=/usr/share/doc/* \
  --dpkgopt=path-exclude=/usr/share/locale/* \
  --essential-hook='mkdir -p "$1/etc/postgresql-common"; echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"' \
  "$3" "$5" \${2:+"$2"}
chmod 0755 "$5"
mv -T "$5" "$1"
`;

/** The folder's name tells its recipe: another recipe is another folder. */
export const rootName = (): string =>
  `${SUITE}-${arch()}-${createHash("sha256")
    .update([SUITE, ...PACKAGES, BUILD].join("\n"))
    .digest("hex")
    .slice(0, 8)}`;

/**
 * A folder with Debian trixie, PostgreSQL 17, TimescaleDB and Redis: built once per user, then taken from the cache.
 * @param prefix gives the build mounts of its own
 * @throws Refusal when the disk is full, Debian's archive cannot be reached, or the tool cannot be installed
 */
export async function ensureRoot(
  { settings, progress, signal }: Pick<StackOptions, "settings" | "progress" | "signal">,
  prefix: readonly string[],
): Promise<string> {
  const place = join(settings.cacheFolder, rootName());
  if (existsSync(place)) return place;
  mkdirSync(settings.cacheFolder, { recursive: true });
  assertSpace(settings.cacheFolder);
  return progress.step("database servers", async (detail) => {
    if ((await run("mmdebstrap", ["--version"])).code !== 0) {
      detail("installing mmdebstrap");
      await aptInstall(["mmdebstrap", "debian-archive-keyring"], signal);
    }
    detail(`building a Debian ${SUITE} folder with PostgreSQL 17, TimescaleDB and Redis`);
    const building = join(settings.cacheFolder, `building.${process.pid}`);
    const lock = ["--no-fork", join(settings.cacheFolder, "root.lock"), ...prefix];
    const recipe = ["sh", "-c", BUILD, "sh", place, settings.debianMirror ?? "", SUITE, PACKAGES.join(","), building];
    const [command, args] = tied("flock", [...lock, ...recipe], "KILL");
    const built = await run(command, args, { signal, killSignal: "SIGKILL" });
    rmSync(building, { recursive: true, force: true });
    signal.throwIfAborted();
    if (built.code !== 0 || !existsSync(place)) throw new Refusal(explainBuild(built.output, settings.debianMirror));
    return [place, `built, kept in ${settings.cacheFolder}`];
  });
}

/** @throws Refusal when less than 2 GB are free where the folder will stand */
function assertSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < FREE_BYTES)
    throw new Refusal(
      `The disk of ${folder} has ${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB free; the database servers need 2 GB. ` +
        "Free some, or set XDG_CACHE_HOME to a folder on another disk.",
    );
}

function explainBuild(output: string, mirror: string | null): string {
  if (/No space left/i.test(output)) return "No space left on device";
  if (/Could not resolve|Failed to fetch|Unable to connect|Connection (refused|timed out|failed)/i.test(output))
    return `Debian's archive${mirror === null ? "" : ` ${mirror}`} cannot be reached. Check the network, or set MADANG_DEBIAN_MIRROR.`;
  return `The folder with the database servers could not be built:\n${output.trim().split("\n").slice(-15).join("\n")}`;
}

/** User and group numbers of a system user inside the folder, as `uid:gid`. */
export function userIn(root: string, user: string): { uid: number; gid: number } {
  const line = readFileSync(join(root, "etc/passwd"), "utf8")
    .split("\n")
    .find((text) => text.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) throw new Refusal(`${root} has no user ${user}: remove the folder.`);
  return { uid: Number(uid), gid: Number(gid) };
}
