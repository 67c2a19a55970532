import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, type ChildSpec, keepRunning, tied } from "../child.ts";
import { run } from "../command.ts";
import { tail } from "../logs.ts";
import { childrenOf } from "../pids.ts";
import { Refusal } from "../refusal.ts";
import { namespacePrefix } from "./namespace.ts";
import { query, waitForStore, withDatabase } from "./probe.ts";
import { ensureRoot, userIn } from "./root.ts";
import { POSTGRES, postgresConf, REDIS, redisConf } from "./stores.ts";
import type { Stack, StackOptions } from "./types.ts";

const BIN = "/usr/lib/postgresql/17/bin";
const LIMIT_MS = 60_000;
/** A server that ends this often in a row is not going to start. */
const START_FAILURES = 3;

/**
 * $1 data, $2 root folder, $3 uid:gid, then the command. The mount is seen by this program alone.
 * The kernel forgets "end with your parent" when the user changes (prctl(2)), so it is asked for again inside.
 */
const ENTER = `set -eu
mount --bind "$1" "$2/mnt"
mount --make-private "$2/mnt"
root=$2; user=$3; shift 3
exec chroot --userspec="$user" "$root" setpriv --pdeathsig KILL "$@"
`;

type Place = { root: string; folder: string; user: { uid: number; gid: number }; prefix: readonly string[] };

/** The command that runs a program of the root folder as its own user, with its own data at /mnt. */
function inside({ root, folder, user, prefix }: Place, command: readonly string[]): [string, string[]] {
  const [unshare = "unshare", ...flags] = prefix;
  return tied(
    unshare,
    [...flags, "sh", "-c", ENTER, "sh", folder, root, `${user.uid}:${user.gid}`, ...command],
    "KILL",
  );
}

const ENVIRONMENT = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8", TZ: "UTC" };

/**
 * PostgreSQL twice and Redis twice from a root folder of Debian trixie, each in namespaces of its own.
 * @throws Refusal without the rights for it, or when a server does not come up
 */
export async function openLocal(options: StackOptions): Promise<Stack> {
  const { settings, secrets, progress, signal, onChild } = options;
  const { ports, home } = settings;
  const prefix = await namespacePrefix();
  const root = await ensureRoot(options, prefix);
  const place = (name: string, user: string): Place => {
    const owner = userIn(root, user);
    const folder = join(home, "stores", name);
    mkdirSync(folder, { recursive: true });
    chownSync(folder, owner.uid, owner.gid);
    return { root, folder, user: owner, prefix };
  };
  const postgres = (port: number) => `postgres://madang:${secrets.admin}@127.0.0.1:${port}/postgres`;
  const redis = (port: number) => `redis://:${secrets.redis}@127.0.0.1:${port}`;
  const child = (name: string, where: Place, command: string[], stopSignal: NodeJS.Signals): Child => {
    const [program, args] = inside(where, command);
    const spec: ChildSpec = {
      name: `store-${name}`,
      command: program,
      args,
      env: ENVIRONMENT,
      cwd: "/",
      stopSignal,
      stopLimitMs: 30_000,
      // unshare itself ignores signals: the server is its only child.
      target: (pid) => childrenOf(pid)[0],
    };
    return keepRunning(home, spec, (event) => onChild(spec.name, event));
  };

  const children: Child[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((store) => store.stop()));
  };
  /** Starts it and waits until it answers. */
  const bringUp = async (name: string, store: Child, url: string): Promise<void> => {
    children.push(store);
    store.start();
    const givenUp = () => (store.failures() < START_FAILURES ? null : tail(home, store.name));
    await waitForStore(name, url, { limitMs: LIMIT_MS, signal, givenUp });
  };
  try {
    return await progress.step("databases and Redis", async (detail) => {
      const caches = (["queue", "cache"] as const).map(async (name) => {
        const where = place(name, "redis");
        writeRedisConf(where, { ...REDIS[name], port: String(ports[name]), requirepass: secrets.redis });
        const store = child(name, where, ["/usr/bin/redis-server", "/mnt/redis.conf"], "SIGTERM");
        await bringUp(`Redis (${name})`, store, redis(ports[name]));
      });
      const clusters = (["hub", "edge"] as const).map(async (name) => {
        const where = place(name, "postgres");
        if (await ensureCluster(where, secrets.admin, signal)) detail("two new PostgreSQL clusters");
        writePostgresConf(where, { ...POSTGRES[name], port: String(ports[name]) });
        const command = [`${BIN}/postgres`, "-c", "config_file=/mnt/postgresql.conf"];
        const url = postgres(ports[name]);
        await bringUp(`PostgreSQL (${name})`, child(name, where, command, "SIGINT"), url);
        const known = await query(url, `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
        if (known.rowCount === 0) await query(url, `CREATE DATABASE ${name}`);
      });
      const outcomes = await Promise.allSettled([...caches, ...clusters]);
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
      const stack: Stack = {
        kind: "local",
        addresses: {
          hub: withDatabase(postgres(ports.hub), "hub"),
          edge: withDatabase(postgres(ports.edge), "edge"),
          queue: redis(ports.queue),
          cache: redis(ports.cache),
        },
        children,
        stop,
      };
      return [stack, "PostgreSQL 17 with TimescaleDB × 2, Redis × 2"];
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Makes the PostgreSQL cluster when there is none. It stands complete or not at all.
 * @returns true when it was made
 */
async function ensureCluster(where: Place, password: string, signal: AbortSignal): Promise<boolean> {
  if (existsSync(join(where.folder, "data/PG_VERSION"))) return false;
  for (const name of readdirSync(where.folder)) rmSync(join(where.folder, name), { recursive: true, force: true });
  own(where, "password", password);
  const [command, args] = inside(where, [
    `${BIN}/initdb`,
    "--pgdata=/mnt/new",
    "--username=madang",
    "--pwfile=/mnt/password",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--data-checksums",
    "--set=dynamic_shared_memory_type=mmap",
  ]);
  const made = await run(command, args, { env: ENVIRONMENT, signal, killSignal: "SIGKILL" });
  rmSync(join(where.folder, "password"));
  signal.throwIfAborted();
  if (made.code !== 0) throw new Refusal(`initdb failed:\n${made.output.trim()}`);
  renameSync(join(where.folder, "new"), join(where.folder, "data"));
  return true;
}

/** Writes a file that the store's user alone can read. */
function own(where: Place, name: string, text: string): void {
  const path = join(where.folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  chownSync(path, where.user.uid, where.user.gid);
}

function writePostgresConf(where: Place, settings: Record<string, string>): void {
  own(where, "pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n");
  own(where, "pg_ident.conf", "");
  own(
    where,
    "postgresql.conf",
    postgresConf({
      ...settings,
      data_directory: "/mnt/data",
      hba_file: "/mnt/pg_hba.conf",
      ident_file: "/mnt/pg_ident.conf",
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      // Neither /dev/shm nor /proc is needed inside the root folder.
      dynamic_shared_memory_type: "mmap",
    }),
  );
}

function writeRedisConf(where: Place, settings: Record<string, string>): void {
  own(where, "redis.conf", redisConf({ ...settings, bind: "127.0.0.1", dir: "/mnt", daemonize: "no", logfile: '""' }));
}
