import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Completes package-lock.json with the optional packages of other platforms that npm left out because its registry did
 * not hold them (`npm ci` refuses a lock file without them), or with `--check` only says which are missing.
 *
 *   node docker/local/lock-file.ts [--check]
 */
export type LockEntry = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
type Packages = Record<string, LockEntry>;

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** The nearest package of that name above `path`, as Node looks it up. */
function resolvePackage(packages: Packages, path: string, name: string): string | null {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    const candidate = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (at === "") return null;
  }
}

/** What is missing: place and entry of each optional package with an exact version that cannot be resolved. */
export function missingOptional(packages: Packages): [place: string, entry: LockEntry][] {
  const known: Packages = { ...packages };
  const missing: [string, LockEntry][] = [];
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!/^\d+\.\d+\.\d+/.test(version)) continue;
      const found = resolvePackage(known, path, name);
      if (found !== null && known[found]?.version === version) continue;
      const words = name.split(/[-/]/);
      const cpu = PROCESSORS.find((each) => words.includes(each));
      const os = SYSTEMS.find((each) => words.includes(each));
      const place = `${found === null ? "" : `${path}/`}node_modules/${name}`;
      const entry = {
        version,
        ...(cpu && { cpu: [cpu] }),
        ...(dev && { dev }),
        ...(words.includes("musl") && { libc: ["musl"] }),
        optional: true,
        ...(os && { os: [os] }),
      };
      known[place] = entry;
      missing.push([place, entry]);
    }
  }
  return missing;
}

if (import.meta.main) {
  const path = join(import.meta.dirname, "../../package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8")) as { packages: Packages };
  const missing = missingOptional(lock.packages);
  for (const [place] of missing) process.stderr.write(`${place}\n`);
  process.stdout.write(`${missing.length} optional packages are missing in package-lock.json\n`);
  if (process.argv.includes("--check")) process.exitCode = missing.length > 0 ? 1 : 0;
  else if (missing.length > 0) {
    const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
    lock.packages = Object.fromEntries(packages.sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  }
}
