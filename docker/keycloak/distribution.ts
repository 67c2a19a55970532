import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { tied } from "../local/child.ts";
import { run } from "../local/command.ts";
import type { Progress } from "../local/progress.ts";
import { Refusal } from "../local/refusal.ts";
import type { Settings } from "../local/settings.ts";
import { aptInstall } from "../local/stack/apt.ts";

export const KEYCLOAK_VERSION = "26.7.3";
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
const FREE_BYTES = 1024 ** 3;
const OLDEST_JAVA = 17;
const WITHOUT = "Without --identity keycloak the hub signs people in by itself.";

/** Fixed at build time (kc.sh build): the database's kind, one node, health told, nothing that is not used. */
export const BUILD_OPTIONS = [
  "--db=dev-file",
  "--health-enabled=true",
  "--features-disabled=kerberos,device-flow,ciba",
];

/**
 * Fetches, unpacks and builds beside the place, and moves it there in one step; whoever waited for the lock finds it done.
 * $1 place, $2 where it is built, $3 artifact, then the options of kc.sh build
 */
const BUILD = `set -eu
[ -d "$1" ] && exit 0
place=$1; building=$2; artifact=$3; shift 3
rm -rf "\${building%.*}".*
mkdir "$building"
mvn --quiet --batch-mode dependency:copy -Dartifact="$artifact" -DoutputDirectory="$building"
unzip -q "$building"/*.zip -d "$building"
"$building"/keycloak-*/bin/kc.sh build "$@"
mv -T "$building"/keycloak-*/ "$place"
rm -rf "$building"
`;

/** The folder's name tells its recipe: another recipe is another folder. */
const folderName = (): string =>
  `keycloak-${KEYCLOAK_VERSION}-${createHash("sha256")
    .update([ARTIFACT, ...BUILD_OPTIONS, BUILD].join("\n"))
    .digest("hex")
    .slice(0, 8)}`;

/** Where the built distribution stands below the user's cache folder, whether it is there or not. */
export const keycloakPlace = (cacheFolder: string): string => join(cacheFolder, folderName());

async function javaVersion(): Promise<number> {
  const { code, output } = await run("java", ["-version"]);
  const version = /version "(\d+)/.exec(output)?.[1];
  return code === 0 && version !== undefined ? Number(version) : 0;
}

/** What is missing of the tools, as Debian packages. */
async function missingPackages(isBuilt: boolean): Promise<string[]> {
  const answers = async (command: string, flag: string): Promise<boolean> => (await run(command, [flag])).code === 0;
  return [
    ...((await javaVersion()) < OLDEST_JAVA ? ["default-jre-headless"] : []),
    ...(isBuilt || (await answers("mvn", "--version")) ? [] : ["maven"]),
    ...(isBuilt || (await answers("unzip", "-v")) ? [] : ["unzip"]),
  ];
}

/**
 * Keycloak, fetched from Maven's repository and built once per user, then taken from the cache; Java with it.
 * @throws Refusal that says why it cannot be had, and what to do
 */
export async function ensureKeycloak(
  { cacheFolder }: Pick<Settings, "cacheFolder">,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const place = keycloakPlace(cacheFolder);
  const isBuilt = existsSync(place);
  const missing = await missingPackages(isBuilt);
  if (isBuilt && missing.length === 0) return place;
  mkdirSync(cacheFolder, { recursive: true });
  return progress.step("Keycloak", async (detail) => {
    if (missing.length > 0) await install(missing, detail, signal);
    if (isBuilt) return [place, "Java installed"];
    assertSpace(cacheFolder);
    detail(`fetching and building Keycloak ${KEYCLOAK_VERSION}`);
    const building = join(cacheFolder, `keycloak-building.${process.pid}`);
    const recipe = ["sh", "-c", BUILD, "sh", place, building, ARTIFACT, ...BUILD_OPTIONS];
    const [command, args] = tied("flock", ["--no-fork", join(cacheFolder, "keycloak.lock"), ...recipe], "KILL");
    const built = await run(command, args, { signal, killSignal: "SIGKILL" });
    rmSync(building, { recursive: true, force: true });
    signal.throwIfAborted();
    if (built.code !== 0 || !existsSync(place)) throw new Refusal(explainBuild(built.output));
    return [place, `built, kept in ${cacheFolder}`];
  });
}

async function install(packages: readonly string[], detail: (text: string) => void, signal: AbortSignal) {
  const words = packages.join(" and ");
  if (process.getuid?.() !== 0)
    throw new Refusal(
      `Keycloak needs ${words}, which this user may not install. Install them and start again. ${WITHOUT}`,
    );
  detail(`installing ${words}`);
  await aptInstall(packages, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Refusal(`Keycloak needs ${words}. ${error instanceof Error ? error.message : String(error)}\n${WITHOUT}`);
  });
  if ((await javaVersion()) < OLDEST_JAVA)
    throw new Refusal(`Keycloak ${KEYCLOAK_VERSION} needs Java ${OLDEST_JAVA} or newer first on the PATH. ${WITHOUT}`);
}

/** @throws Refusal when less than 1 GB is free where the folder will stand */
function assertSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < FREE_BYTES)
    throw new Refusal(
      `The disk of ${folder} has ${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB free; Keycloak needs 1 GB. ` +
        "Free some, or set XDG_CACHE_HOME to a folder on another disk.",
    );
}

function explainBuild(output: string): string {
  if (/No space left/i.test(output)) return "No space left on device";
  if (
    /Could not (transfer|resolve|find)|Unknown host|Connection (refused|timed out)|Network is unreachable/i.test(output)
  )
    return `Maven's repository cannot be reached for ${ARTIFACT}. Check the network, or name a mirror in ~/.m2/settings.xml. ${WITHOUT}`;
  return `Keycloak could not be built:\n${output.trim().split("\n").slice(-15).join("\n")}\n${WITHOUT}`;
}
