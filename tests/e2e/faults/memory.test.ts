import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { CORE_BYTES, tied } from "../../../docker/local/child.ts";
import { unseal } from "../../../workers/keyring/file.ts";
import { addDevice, makeCity, noonZone, presence, token } from "../../support/city.ts";
import { makeDevice } from "../../support/device.ts";
import { scenario } from "../../support/environment.ts";
import { agent } from "../../support/http.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { processNumbers, procFile, redisContent, searchTables } from "../../support/media.ts";
import { people, wholeTen } from "../../support/readings.ts";
import { createFinder, searchFiles, spellingsOfBytes } from "../../support/search.ts";
import { until } from "../../support/wait.ts";

// Rules P9 and P11: what is in the memory of a process stays there. No core is dumped, and a key is in no environment,
// no command line, no store and no log.
scenario("the memory of the processes", (environment) => {
  const hub = openHub(environment);
  const local = hub.processes.state().stack === "local";
  const onLinux = process.platform === "linux" ? test : test.skip;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "madang-memory-"));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await hub.close();
    agent.destroy();
  });

  onLinux("may be dumped by none of them, neither the hub's nor the stores'", () => {
    const numbers = processNumbers(hub.processes);
    const names = new Set(numbers.map(({ name }) => name));
    for (const name of ["keyring", "intake", "ingest", "release", ...(local ? ["store-edge", "store-queue"] : [])])
      expect([name, names.has(name)]).toEqual([name, true]);
    let seen = 0;
    for (const { name, pid } of numbers) {
      const limits = procFile(pid, "limits").toString();
      if (limits === "") continue;
      const [, soft, hard] = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(limits) ?? [];
      expect([name, soft, hard]).toEqual([name, String(CORE_BYTES), String(CORE_BYTES)]);
      seen += 1;
    }
    expect(seen).toBeGreaterThanOrEqual(names.size);
  });

  /** Starts a program, sends it a signal once it runs, and answers the cores that it leaves; null where it cannot run. */
  async function coresOf([command, args]: [string, string[]], signal: NodeJS.Signals): Promise<string[] | null> {
    const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const runs = await new Promise<boolean>((resolve) => {
      child.stdout.once("data", () => resolve(true));
      child.once("exit", () => resolve(false));
    });
    if (!runs) return null;
    const gone = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_code, by) => resolve(by)));
    child.kill(signal);
    expect(await gone).toBe(signal);
    const cores = readdirSync(folder);
    for (const name of cores) rmSync(join(folder, name));
    return cores;
  }

  onLinux(
    "is not dumped when one is ended by SIGABRT or SIGSEGV; without the limit it would be",
    async () => {
      const program: [string, string[]] = [process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"]];
      for (const signal of ["SIGABRT", "SIGSEGV"] as const)
        expect(await coresOf(tied(...program, "KILL"), signal)).toEqual([]);
      const pattern = readFileSync("/proc/sys/kernel/core_pattern", "utf8").trim();
      if (/[|/]/.test(pattern)) {
        process.stderr.write(`not shown: that a core would be found: this machine's go to ${pattern}\n`);
        return;
      }
      // A small program: the core of one of ours has hundreds of megabytes.
      const small = ["sh", "-c", "echo 1; exec sleep 60"];
      const cores = await coresOf(["prlimit", ["--core=unlimited:unlimited", ...small]], "SIGABRT");
      // The tests have the limit too, and without CAP_SYS_RESOURCE nobody may raise it again.
      if (cores === null)
        process.stderr.write("not shown: that a core would be found: the limit cannot be raised here\n");
      else expect(cores).toHaveLength(1);
    },
    60_000,
  );

  const onDisk = local && process.platform === "linux" ? test : test.skip;
  if (!local) process.stderr.write("skipped: keys outside the keyring: needs the local stack's folders\n");

  onDisk(
    "keeps its keys: they are in no environment, command line, Redis, database, file of a store or log",
    async () => {
      // A living key that has worked: batches were sealed to it, ids hashed under it.
      const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
      const device = makeDevice(hub.url, await addDevice(hub.hub, city));
      await device.deliver(people(token(), 5, wholeTen(Date.now() - 20_000)));
      await allProcessed(hub, city);
      const copy = join(folder, "keyring");
      cpSync(join(hub.home, "keyring"), copy, { recursive: true });
      const roots = readdirSync(copy)
        .filter((name) => name.startsWith("root-"))
        .map((name) => readFileSync(join(copy, name)));
      const sealed = readFileSync(join(copy, "keys.sealed"));
      const { keys, signing } = unseal(roots[0] ?? Buffer.alloc(32), sealed.readUIntBE(0, 6), sealed.subarray(6));
      expect([keys.length > 0, signing?.length]).toEqual([true, 32]);
      const planted = randomBytes(32);
      const secrets = [
        planted,
        ...roots,
        ...(signing === null ? [] : [signing]),
        ...keys.flatMap(({ seal, hash }) => [seal, hash]),
      ];
      const needles = secrets.flatMap((secret, index) =>
        spellingsOfBytes(secret).map((needle) => ({ needle, planted: index === 0 })),
      );
      const find = createFinder(needles.map(({ needle }) => needle));
      /** Whether the key planted by hand was seen in a medium; a key of the keyring's is a fault. */
      const sawPlanted = (medium: string, found: ReadonlySet<number>): boolean => {
        const other = [...found].filter((index) => needles[index]?.planted !== true);
        expect([medium, other]).toEqual([medium, []]);
        return found.size > 0;
      };

      const text = planted.toString("base64");
      const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 1000)"], {
        env: { PLANTED: text },
        stdio: ["ignore", "pipe", "inherit"],
      });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      const seen: number[] = [];
      const numbers = [...processNumbers(hub.processes), { name: "planted", pid: child.pid ?? 0 }];
      for (const { name, pid } of numbers) {
        const bytes = [procFile(pid, "environ"), procFile(pid, "cmdline")];
        if (sawPlanted(name, await find(of(bytes)))) seen.push(pid);
      }
      child.kill("SIGKILL");
      expect(seen).toEqual([child.pid]);

      const redis = new Redis(hub.redis);
      await redis.set("planted", planted.toString("hex"));
      const inRedis = sawPlanted("Redis", await find(redisContent(redis)));
      await redis.del("planted");
      redis.disconnect();
      expect(inRedis).toBe(true);

      await hub.edge.query("CREATE TABLE edge.planted AS SELECT $1::bytea AS bytes, $2::text AS text", [planted, text]);
      try {
        const tables: string[] = [];
        for (const pool of [hub.edge, hub.hub])
          for (const [name, found] of await searchTables(pool, find)) if (sawPlanted(name, found)) tables.push(name);
        expect(tables).toEqual(["edge.planted"]);
        const files = async (): Promise<string[]> => {
          await hub.edge.query("INSERT INTO edge.planted VALUES ($1, $2)", [planted, text]);
          await hub.edge.query("CHECKPOINT");
          const names: string[] = [];
          for (const below of ["stores", "logs", "run"])
            for (const [name, found] of await searchFiles(join(hub.home, below), find))
              if (sawPlanted(name, found)) names.push(name);
          return names;
        };
        // Where a day has just ended the write-ahead log is emptied between the two: then once more.
        await until("the planted key is seen in tables and log", async () => {
          const names = await files();
          return ["/edge/data/base/", "/edge/data/pg_wal/"].every((part) => names.some((name) => name.includes(part)));
        });
      } finally {
        await hub.edge.query("DROP TABLE edge.planted");
      }
    },
    120_000,
  );
});

async function* of(parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield part;
}
