// Prepares both databases: roles with their passwords, rights to connect, migrations, the city.
// Environment: HUB_DATABASE_URL and EDGE_DATABASE_URL of an administrator, MADANG_HOME with secrets.json.
// Arguments: --city NAME (a file of prisma/cities; default sangmu) or --no-city. Repeating it changes nothing.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseConfig, variables } from "../runtime/config.ts";
import { createPool, type Pool } from "../runtime/postgres.ts";
import { refuseCommunityLeftovers } from "./edition.ts";
import { deploy } from "./migrate/engine.ts";
import { EDGE_ROLES, ensureRoles, ROLES, type Role } from "./roles.ts";
import { seedCity } from "./sample.ts";

const Secrets = z.object({ roles: z.record(z.enum(ROLES), z.string().min(16)) });

/** Only roles with work in a database may connect to it: the API has no way into the edge database. */
async function allowConnections(admin: Pool, roles: readonly Role[]): Promise<void> {
  const { rows } = await admin.query<{ sql: string }>(
    `SELECT format('REVOKE ALL ON DATABASE %1$I FROM PUBLIC; GRANT CONNECT ON DATABASE %1$I TO ${roles.join(", ")}', current_database()) AS sql`,
  );
  if (rows[0]) await admin.query(rows[0].sql);
  // The databases that every cluster brings along are nobody's way in either.
  await admin.query("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`step ${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

const config = parseConfig({
  MADANG_HOME: variables.MADANG_HOME,
  HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
  EDGE_DATABASE_URL: variables.EDGE_DATABASE_URL,
});
const secrets = Secrets.parse(JSON.parse(await readFile(join(config.MADANG_HOME, "secrets.json"), "utf8")));
const cityAt = process.argv.indexOf("--city");
const city = process.argv.includes("--no-city") ? null : cityAt > 0 ? (process.argv[cityAt + 1] ?? null) : "sangmu";

const hub = createPool(config.HUB_DATABASE_URL, { name: "madang-setup", max: 2 });
const edge = createPool(config.EDGE_DATABASE_URL, { name: "madang-setup", max: 2 });
try {
  await timed("roles", async () => {
    await ensureRoles(hub, secrets.roles, ROLES);
    await ensureRoles(edge, secrets.roles, EDGE_ROLES);
  });
  await timed("migrations", async () => {
    await deploy("hub", config.HUB_DATABASE_URL);
    await deploy("edge", config.EDGE_DATABASE_URL);
    await Promise.all([refuseCommunityLeftovers(hub), refuseCommunityLeftovers(edge)]);
    await allowConnections(hub, ROLES);
    await allowConnections(edge, EDGE_ROLES);
  });
  if (city !== null) {
    await timed(`city ${city}`, () =>
      seedCity({ hub, hubUrl: config.HUB_DATABASE_URL, home: config.MADANG_HOME, city }),
    );
  }
} finally {
  await Promise.all([hub.end(), edge.end()]);
}
// The schema engine leaves its lock timer of ten seconds behind; nobody waits for it.
process.exit(0);
