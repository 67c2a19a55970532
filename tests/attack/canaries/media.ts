import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Redis } from "ioredis";
import { askHealth } from "../../../runtime/health.ts";
import type { Pool } from "../../../runtime/postgres.ts";
import type { Hub } from "../../support/hub.ts";
import { redisContent, searchTables } from "../../support/media.ts";
import { type Finder, searchFiles } from "../../support/search.ts";
import { until } from "../../support/wait.ts";

/** What was found where: numbers of needles by medium. */
export type Found = Map<string, Set<number>>;

/** Texts that the front door tells everybody: answers, errors and files. */
const QUESTIONS = [
  "{ datasets(first: 100) { nodes { slug title } } }",
  "{ releases(first: 100) { nodes { id dataset { slug } logIndex } } logLeaves(first: 100) { nodes { body } } }",
  "{ keyRecords(first: 100) { nodes { kind day population } } populations { slug unit } }",
  '{ budget(population: "none", day: "2026-13-01") { spent } }',
  "{ unheardOf }",
] as const;

export async function graphAnswers(url: string, dataset: string): Promise<string[]> {
  const asked = QUESTIONS.map((query) =>
    fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    }),
  );
  const exported = ["csv", "geojson"].map((format) => fetch(`${url}/exports/${dataset}.${format}`));
  return Promise.all([...asked, ...exported].map(async (answer) => (await answer).text()));
}

/** Listens to every command that Redis takes, as it writes them down; ends with Redis. */
export async function monitor(address: string, onCommand: (text: string) => void): Promise<() => void> {
  const { hostname, port, password } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(`AUTH ${decodeURIComponent(password)}\r\nMONITOR\r\n`);
  await once(socket, "data");
  socket.setEncoding("latin1").on("data", onCommand);
  return () => void socket.destroy();
}

async function* of(texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield `${text}\n`;
}

/**
 * Searches every medium there is.
 * @param told what was heard over the doors: commands of Redis, answers of intake, front door and health sockets
 */
export async function searchAll(hub: Hub, find: Finder, told: ReadonlyMap<string, readonly string[]>): Promise<Found> {
  const found: Found = new Map();
  const note = (medium: string, numbers: ReadonlySet<number>): void => {
    found.set(medium, new Set([...(found.get(medium) ?? []), ...numbers]));
  };
  for (const [medium, texts] of told) note(medium, await find(of(texts)));
  const health = hub.processes.state().processes.filter(({ kind }) => kind === "process");
  const states = await Promise.all(health.map(async ({ name }) => JSON.stringify(await askHealth(hub.home, name))));
  note("health", await find(of(states)));

  const { stores } = hub.processes.state();
  for (const [name, address] of [
    ["queue", hub.redis],
    ["cache", stores?.cache ?? hub.redis],
  ] as const) {
    const redis = new Redis(address);
    note(`Redis ${name}`, await find(redisContent(redis)));
    if (name === "queue") await save(redis);
    redis.disconnect();
  }
  for (const [name, pool] of [
    ["edge", hub.edge],
    ["hub", hub.hub],
  ] as const) {
    for (const numbers of (await searchTables(pool, find)).values()) note(`tables of ${name}`, numbers);
    await pool.query("CHECKPOINT");
  }
  const below: readonly [medium: string, folder: string][] = [
    ["AOF and RDB", "stores/queue"],
    ["cache files", "stores/cache"],
    ["files of edge", "stores/edge"],
    ["files of hub", "stores/hub"],
    ["logs", "logs"],
    ["keyring", "keyring"],
  ];
  for (const [medium, folder] of below) {
    for (const [path, numbers] of await searchFiles(join(hub.home, folder), find)) {
      note(medium, numbers);
      if (path.includes("/pg_wal/")) note(`WAL of ${medium.slice("files of ".length)}`, numbers);
      if (path.endsWith(".rdb")) note("RDB", numbers);
      if (path.endsWith(".aof")) note("AOF", numbers);
    }
  }
  return found;
}

/** Lets Redis write its memory to a file, which it does not by itself. */
async function save(redis: Redis): Promise<void> {
  await until("the AOF is on disk", async () => /aof_pending_bio_fsync:0/.test(await redis.info("persistence")));
  await redis.save();
}

/** Puts a text where each medium keeps its texts, by other ways than a device's. */
export async function plant(hub: Hub, text: string): Promise<void> {
  const redis = new Redis(hub.redis);
  await redis.set("planted", text);
  redis.disconnect();
  for (const pool of [hub.edge, hub.hub] as const) await plantIn(pool, text);
  writeFileSync(join(hub.home, "logs", "planted.log"), `${text}\n`);
}

async function plantIn(pool: Pool, text: string): Promise<void> {
  await pool.query("CREATE TABLE public.planted (text text)");
  await pool.query("INSERT INTO public.planted VALUES ($1)", [text]);
  await pool.query(`DO $$ BEGIN RAISE LOG 'planted: ${text}'; END $$`);
}

/** Takes every planted text away again: also from the files that Redis wrote for us. */
export async function unplant(hub: Hub): Promise<void> {
  const redis = new Redis(hub.redis);
  await redis.del("planted");
  redis.disconnect();
  for (const pool of [hub.edge, hub.hub]) await pool.query("DROP TABLE IF EXISTS public.planted");
  for (const path of ["logs/planted.log", "stores/queue/dump.rdb"]) rmSync(join(hub.home, path), { force: true });
}
