import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences that everything installed may have (SPDX identifiers): an Apache-2.0 product can be shipped with each. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-3.0",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
  "WTFPL",
  "Zlib",
]);

/** Weak copyleft: tools that build or test, never part of what is shipped. */
const ALLOWED_IN_DEVELOPMENT = new Set(["EPL-2.0", "MPL-2.0"]);

/** Packages that name no licence in their package.json, with what their licence file says. */
const KNOWN: Record<string, string> = {
  "@react-aria/optimize-locales-plugin": "Apache-2.0",
  "seq-queue": "MIT",
};

export type Installed = { name: string; version: string; licence: string; development: boolean };

/**
 * True when an SPDX expression can be satisfied with allowed licences: one side of OR, both sides of AND.
 * Exceptions (WITH) only add rights and are left out.
 */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const operators = /^(and|or|with)$/i;
  const tokens = (expression.match(/\(|\)|[^\s()]+/g) ?? []).map((word) =>
    operators.test(word) ? word.toUpperCase() : word,
  );
  let at = 0;
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === "OR") {
      at += 1;
      const right = both();
      result = result || right;
    }
    return result;
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at] === "AND") {
      at += 1;
      const right = one();
      result = result && right;
    }
    return result;
  };
  const one = (): boolean => {
    const token = tokens[at];
    at += 1;
    if (token === "(") {
      const result = either();
      at += 1;
      return result;
    }
    if (tokens[at] === "WITH") at += 2;
    return token !== undefined && allowed.has(token);
  };
  return either() && at >= tokens.length;
}

/** Every package that package-lock.json names and this machine has, with the licence it declares. */
export function installedPackages(root: string): Installed[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    const file = join(root, path, "package.json");
    if (path === "" || !existsSync(file)) return [];
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const name = String(manifest["name"]);
    const licence = KNOWN[name] ?? declared(manifest);
    return {
      name,
      version: String(manifest["version"]),
      licence,
      development: entry.dev ?? entry.devOptional ?? false,
    };
  });
}

/** The licence field, in its present form or one of its two old ones. */
function declared(manifest: Record<string, unknown>): string {
  const { license, licenses } = manifest;
  if (typeof license === "string") return license;
  const kinds = [license, ...(Array.isArray(licenses) ? licenses : [])]
    .map((entry) => (entry as { type?: unknown } | undefined)?.type)
    .filter((type) => typeof type === "string");
  return kinds.length > 0 ? kinds.join(" OR ") : "none";
}

if (import.meta.main) {
  const packages = installedPackages(join(import.meta.dirname, "../.."));
  const tools = new Set([...ALLOWED, ...ALLOWED_IN_DEVELOPMENT]);
  const refused = packages.filter((each) => !isAllowed(each.licence, each.development ? tools : ALLOWED));
  for (const { name, version, licence } of refused) process.stderr.write(`${name}@${version}: ${licence}\n`);
  process.stdout.write(`${packages.length} packages, ${refused.length} with a licence that is not allowed\n`);
  process.exitCode = refused.length > 0 || packages.length === 0 ? 1 : 0;
}
