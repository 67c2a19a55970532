import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CityConfig } from "../../prisma/cities/city.ts";
import { type Backfill, backfillId } from "../../prisma/cities/history.ts";
import { rotateKey } from "../../prisma/devices.ts";
import { credentialsFile } from "../../prisma/sample.ts";
import { applyCity, declareBackfill } from "../../prisma/seed.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { type Credentials, readCredentials } from "../device/credentials.ts";
import type { Source } from "./formats/formats.ts";
import type { Period } from "./period.ts";

export type Hub = { readonly url: string; readonly pool: Pool; readonly home: string };

/** Puts the city into the catalogue and gives its import device a key, unless they are there. */
export async function declareCity(hub: Hub, city: CityConfig, source: Source): Promise<Credentials> {
  await applyCity(hub.url, city);
  const file = credentialsFile(hub.home, source.device);
  if (!existsSync(file)) {
    await mkdir(join(hub.home, "devices"), { recursive: true, mode: 0o700 });
    const credentials = await rotateKey(hub.pool, source.device, 0);
    await writeFile(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  }
  return readCredentials(file);
}

/**
 * Declares the past period of a file (rule P19). A file that was declared before keeps its period.
 */
export async function declareFile(
  hub: Hub,
  city: CityConfig,
  population: string,
  sha256: string,
  period: Period,
): Promise<Backfill> {
  const id = backfillId(population, sha256);
  await declareBackfill(hub.url, city.id, [{ id, population, fileSha256: sha256, ...period }]);
  const { rows } = await hub.pool.query<{ firstDay: string; lastDay: string }>(
    `SELECT first_day AS "firstDay", last_day AS "lastDay" FROM hub.backfill WHERE id = $1`,
    [id],
  );
  return { id, population, fileSha256: sha256, ...(rows[0] ?? period) };
}
