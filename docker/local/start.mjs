#!/usr/bin/env node
// Runs on the old Node of a bare machine, without any dependency: installs what package-lock.json names when it is
// not there yet, then runs cli.ts with Node 24 (which the installation brings) and hands its exit code on.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const localNode = join(root, "node_modules/.bin/node");
const wantedNode = 24;

/** True when node_modules holds every package of package-lock.json in that version (npm's own record is compared). */
function installed() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const have = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === "" || entry.link) return true;
      // What is optional is not installed on other platforms; npm records nothing for it then.
      if (entry.optional || entry.devOptional || entry.peer) return !have[path] || have[path].version === entry.version;
      return have[path]?.version === entry.version;
    });
  } catch {
    return false;
  }
}

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Waits until nobody else installs, then holds the lock; the returned function gives it back. */
async function lockInstallation() {
  const path = join(root, ".madang/install.lock");
  mkdirSync(dirname(path), { recursive: true });
  let said = false;
  for (;;) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    let holder = 0;
    try {
      holder = Number(readFileSync(path, "utf8"));
    } catch {
      continue;
    }
    if (holder > 0 && !alive(holder)) {
      const stale = `${path}.${process.pid}`;
      try {
        renameSync(path, stale);
        rmSync(stale, { force: true });
      } catch {
        // Somebody else removed it first.
      }
      continue;
    }
    if (!said) process.stderr.write("  waiting: another command installs the dependencies\n");
    said = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** What an npm that failed means for the person at the terminal. */
function explain(output) {
  if (/ENOSPC|no space left/i.test(output)) return "The disk is full. Free at least 2 GB and run the command again.";
  if (/EACCES|EPERM|EROFS/.test(output))
    return `No right to write in ${root}. Run as the owner of the folder, or as root.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/i.test(output))
    return "The npm registry cannot be reached. Check the network (npm ping) and run the command again.";
  return "The installation failed; npm's words are above.";
}

const DISAGREE = /EUSAGE|not in sync/;

/** Runs npm; resolves to its exit code and its last words. */
function npm(...command) {
  const script = process.env.npm_execpath;
  const own = script !== undefined && /npm-cli\.c?js$/.test(script);
  const flags = [...command, "--no-audit", "--no-fund", "--loglevel=error", "--no-progress"];
  const child = spawn(own ? process.execPath : "npm", own ? [script, ...flags] : flags, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code, signal) => resolve({ code: code ?? 1, output, signal }));
  });
}

async function install() {
  let release;
  try {
    release = await lockInstallation();
  } catch (error) {
    fail(`Cannot prepare the installation: ${error.message}\n${explain(String(error.code))}`);
  }
  process.once("exit", release);
  try {
    if (installed()) return;
    const begun = Date.now();
    const seconds = () => ((Date.now() - begun) / 1000).toFixed(1);
    const live = process.stderr.isTTY && process.env.TERM !== "dumb";
    const line = () => `  dependencies: npm ci, ${seconds()} s`;
    if (!live) process.stderr.write("  dependencies: npm ci …\n");
    const ticker = live ? setInterval(() => process.stderr.write(`\r${line()} `), 200) : undefined;
    let { code, output, signal } = await npm("ci");
    if (code !== 0 && DISAGREE.test(output)) {
      // npm ci also refuses a lock file that leaves out other platforms' packages; npm install takes what it names.
      process.stderr.write(`${live ? "\r\x1b[K" : ""}  dependencies: npm ci refuses package-lock.json, npm install\n`);
      ({ code, output, signal } = await npm("install", "--no-save"));
    }
    clearInterval(ticker);
    if (live) process.stderr.write("\r\x1b[K");
    if (signal === "SIGINT" || interrupted) process.exit(130);
    if (code !== 0) fail(`${output.trim()}\n\n${explain(output)}`);
    process.stderr.write(`  dependencies: installed in ${seconds()} s\n`);
  } finally {
    release();
  }
}

/** The Node that runs the project: this one when it is new enough, else the one that the installation brought. */
function suitableNode() {
  if (Number(process.versions.node.split(".")[0]) >= wantedNode) return process.execPath;
  if (existsSync(localNode) && spawnSync(localNode, ["--version"]).status === 0) return localNode;
  return fail(
    `Node ${wantedNode} or newer is needed; this is ${process.version}. On Linux (glibc, x64 or arm64) npm brings it ` +
      "as an optional dependency: check that npm does not omit those (npm config get omit). Elsewhere install Node " +
      `${wantedNode} from https://nodejs.org.`,
  );
}

let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

if (!installed()) await install();
if (interrupted) process.exit(130);
const node = suitableNode();
const child = spawn(node, [join(root, "docker/local/cli.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}` },
});
// A terminal sends Ctrl-C to the whole group; what is sent to this process alone is handed on.
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(`Cannot run ${node}: ${error.message}`));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
