import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../local/progress.ts";
import { ensureKeycloak, keycloakPlace } from "./distribution.ts";

const quiet = {
  async step<T>(_title: string, work: (detail: (text: string) => void) => Promise<T>) {
    const made = await work(() => {});
    return Array.isArray(made) ? made[0] : made;
  },
} as unknown as Progress;
const path = process.env.PATH ?? "";
let folder = "";

/** A machine with these programs alone. @param fake name to shell script */
function machine(real: readonly string[], fake: Record<string, string>): void {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of real) {
    const place = ["/usr/bin", "/bin", "/usr/sbin"].find((each) => readdirSync(each).includes(name));
    if (place !== undefined) symlinkSync(join(place, name), join(bin, name));
  }
  for (const [name, script] of Object.entries(fake)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  process.env.PATH = bin;
}
const TOOLS = ["sh", "rm", "mkdir", "mv", "flock", "setpriv", "prlimit"];
const have = () => ensureKeycloak({ cacheFolder: join(folder, "cache") }, quiet, new AbortController().signal);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keycloak-"));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

test("without Java, Maven and a way to install them it is refused, with what is missing and the way without", async () => {
  machine(TOOLS, {});
  await expect(have()).rejects.toThrow(/default-jre-headless and maven and unzip[\s\S]*Without --identity keycloak/);
});

test("when Maven's repository cannot be reached the words say so, and nothing half-built is left", async () => {
  machine(TOOLS, {
    java: "echo 'openjdk version \"21.0.1\"' >&2",
    unzip: "exit 0",
    mvn: '[ "$1" = --version ] && exit 0; echo "Could not transfer artifact: Unknown host repo.example"; exit 1',
  });
  await expect(have()).rejects.toThrow(/Maven's repository cannot be reached[\s\S]*settings\.xml/);
  expect(readdirSync(join(folder, "cache")).filter((name) => name !== "keycloak.lock")).toEqual([]);
});

test("one that is built already is taken as it is, when Java is there", async () => {
  machine(TOOLS, { java: "echo 'openjdk version \"17.0.15\"' >&2" });
  const place = keycloakPlace(join(folder, "cache"));
  mkdirSync(place, { recursive: true });
  await expect(have()).resolves.toBe(place);
});

test("an old Java is none", async () => {
  machine(TOOLS, { java: "echo 'openjdk version \"11.0.2\"' >&2" });
  mkdirSync(keycloakPlace(join(folder, "cache")), { recursive: true });
  await expect(have()).rejects.toThrow("default-jre-headless");
});
