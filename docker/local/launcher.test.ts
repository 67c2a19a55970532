import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentHash } from "./build.ts";
import { backoffMs } from "./child.ts";
import { visibleMounts } from "./home.ts";
import { isAllowed } from "./licences.ts";
import { missingOptional } from "./lock-file.ts";
import { logFile, openLog, tail } from "./logs.ts";
import { assertFree } from "./ports.ts";
import { progressTo, type StepEvent, stepPrinter } from "./progress.ts";
import { explain, Refusal } from "./refusal.ts";
import { missingCapabilities } from "./stack/namespace.ts";
import { withRole } from "./stack/probe.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "madang-launcher-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a full disk and a missing right are told as such, whoever reports them", () => {
  const error = (code: string) => Object.assign(new Error(`${code}: write`), { code });
  expect(explain(error("ENOSPC"))).toMatch(/^The disk is full/);
  expect(explain(new Refusal("initdb failed: No space left on device"))).toMatch(/^The disk is full/);
  expect(explain(error("EACCES"))).toMatch(/^A right is missing/);
  expect(explain(new Refusal("Port 4000 is taken"))).toBe("Port 4000 is taken");
});

test("a taken port is named together with the variable that moves it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await expect(assertFree([port], "127.0.0.1")).rejects.toThrow(new RegExp(`Port ${port} is taken.*MADANG_PORT`));
  await new Promise((resolve) => server.close(resolve));
  await assertFree([port], "127.0.0.1");
});

test("a process that keeps ending is started again after growing pauses of at most half a minute", () => {
  expect([1, 2, 3, 7, 20].map(backoffMs)).toEqual([500, 1000, 2000, 30_000, 30_000]);
});

test("the missing capabilities of a container are named", () => {
  expect(missingCapabilities("000001ffffffffff")).toEqual([]);
  expect(missingCapabilities("00000000a80425fb")).toEqual(["CAP_SYS_ADMIN"]);
});

test("a role's password needs no care about its characters", () => {
  const url = new URL(withRole("postgres://madang:x@h:1/hub", "madang_api", "p/w:@%"));
  expect([url.username, decodeURIComponent(url.password), url.pathname]).toEqual(["madang_api", "p/w:@%", "/hub"]);
});

test("a store's mount that is visible outside is found, and no other hub's", () => {
  const line = (root: string, place: string) => `80 60 254:0 ${root} ${place} rw - ext4 /dev/vda rw`;
  const info = [
    line("/srv/madang\\040x/stores/hub", "/cache/trixie/mnt"),
    line("/srv/other/stores/hub", "/cache/trixie/mnt"),
    line("/", "/"),
  ].join("\n");
  expect(visibleMounts(info, "/srv/madang x")).toEqual(["/cache/trixie/mnt"]);
});

test("a log starts anew when it is full and keeps the older part", () => {
  const log = openLog(folder, "front", 30);
  for (let count = 0; count < 5; count += 1) log.write(`line ${count} ...\n`);
  log.close();
  expect(tail(folder, "front", 1)).toBe("line 4 ...");
  expect(readFileSync(`${logFile(folder, "front")}.1`, "utf8")).toContain("line 0");
});

test("a build is due when a source changes, and not when a result does", () => {
  mkdirSync(join(folder, "portal/dist"), { recursive: true });
  writeFileSync(join(folder, "portal/a.ts"), "1");
  const before = contentHash(folder, ["portal"]);
  writeFileSync(join(folder, "portal/dist/a.js"), "1");
  expect(contentHash(folder, ["portal"])).toBe(before);
  writeFileSync(join(folder, "portal/a.ts"), "2");
  expect(contentHash(folder, ["portal"])).not.toBe(before);
});

test("away from terminals progress has neither colour nor cursor control", async () => {
  const written: string[] = [];
  const printer = stepPrinter({ write: (text: string) => written.push(text) > 0 }, {});
  const events: StepEvent[] = [];
  const progress = progressTo((event) => {
    events.push(event);
    printer.print(event);
  });
  await progress.step("portal", async (detail) => {
    detail("bundling");
    return "built";
  });
  await expect(progress.step("schema", async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(events.map(({ title, state }) => `${title} ${state}`)).toEqual([
    "portal running",
    "portal running",
    "portal done",
    "schema running",
    "schema failed",
  ]);
  expect(written.join("")).toMatch(/^ {2}✓ portal +0\.0 s {2}built\n {2}✗ schema +0\.0 s\n$/);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0)", true],
  ["MIT and ISC", true],
  ["MIT AND GPL-3.0", false],
  ["Apache-2.0 WITH LLVM-exception", true],
  ["Elastic-2.0", false],
  ["BUSL-1.1", false],
  ["SSPL-1.0", false],
  ["AGPL-3.0-only", false],
  ["SEE LICENSE IN LICENSE.md", false],
  ["none", false],
])("the licence %s is allowed: %s", (expression, allowed) => {
  expect(isAllowed(expression, new Set(["MIT", "ISC", "Apache-2.0"]))).toBe(allowed);
});

test("a lock file is completed by the other platforms' packages, each in its version", () => {
  const packages = {
    "node_modules/tool": { version: "2.0.0", dev: true, optionalDependencies: { "@tool/linux-x64-musl": "2.0.0" } },
    "node_modules/old": { version: "1.0.0", optionalDependencies: { "@tool/darwin-arm64": "1.0.0" } },
    "node_modules/@tool/darwin-arm64": { version: "2.0.0" },
  };
  expect(missingOptional(packages)).toEqual([
    [
      "node_modules/@tool/linux-x64-musl",
      { version: "2.0.0", cpu: ["x64"], dev: true, libc: ["musl"], optional: true, os: ["linux"] },
    ],
    [
      "node_modules/old/node_modules/@tool/darwin-arm64",
      { version: "1.0.0", cpu: ["arm64"], optional: true, os: ["darwin"] },
    ],
  ]);
});

test("what needs no hub runs without one, wrong use is told before a hub is started, and the rest asks for one", () => {
  const launcher = join(import.meta.dirname, "start.mjs");
  const run = (...words: string[]) => {
    const env = { PATH: process.env.PATH, MADANG_HOME: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], { env, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  expect(run("example")).toMatchObject({ status: 0, stdout: expect.stringContaining("zone-now") });
  expect(run("bench", "unknown")).toMatchObject({ status: 2, stderr: expect.stringContaining("no suite unknown") });
  expect(run("import", "trips", "none.csv", "--dry-run")).toMatchObject({ status: 2 });
  expect(run("device", "list")).toMatchObject({ status: 1, stderr: expect.stringContaining("npm start") });
});
