import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as background from "@prisma/schema-engine-wasm/schema_engine_bg";
import { MigrationAdapter } from "./adapter.ts";

export type Database = "hub" | "edge";

const root = fileURLToPath(new URL("..", import.meta.url));
const filters = { externalTables: [], externalEnums: [] };
/** The edge database is SQL alone; the engine still wants a datamodel. */
const EDGE_DATAMODEL = 'datasource db {\n  provider = "postgresql"\n}\n';

let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(join(dirname(entry), "schema_engine_bg.wasm"));
  const imports = { "./schema_engine_bg.js": background as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  const glue = background as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
}

async function datamodel(database: Database): Promise<{ path: string; content: string }> {
  if (database === "edge") return { path: join(root, "edge", "schema.prisma"), content: EDGE_DATAMODEL };
  const path = join(root, "hub", "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

async function migrationsList(database: Database) {
  const baseDir = join(root, database, "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(baseDir, path, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

async function withEngine<T>(
  database: Database,
  url: string,
  work: (engine: background.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const { path, content } = await datamodel(database);
  const adapter = new MigrationAdapter(url);
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  const engine = await background.SchemaEngine.new({ datamodels: [[path, content]] }, () => {}, bound);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await adapter.close();
  }
}

/**
 * Applies the migrations that a database has not seen, in the order of their names.
 * @returns the names applied now
 * @throws on an edited or failed migration, and on any error of SQL (that migration is then marked failed)
 */
export async function deploy(database: Database, url: string): Promise<string[]> {
  const list = await migrationsList(database);
  return withEngine(database, url, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList: list, filters });
    return result.appliedMigrationNames;
  });
}

/** The SQL that leads from nothing, or from a live hub database, to `schema.prisma`. Empty text: no difference. */
export async function difference(from: "empty" | "database", url: string): Promise<string> {
  const { path, content } = await datamodel("hub");
  const files = [{ path, content }];
  return withEngine("hub", url, async (engine) => {
    const result = await engine.diff({
      from: from === "empty" ? { tag: "empty" } : { tag: "schemaDatasource", files, configDir: join(root, "hub") },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters,
    });
    return result.exitCode === 2 ? (result.stdout ?? "") : "";
  });
}
