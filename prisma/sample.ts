import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "../runtime/postgres.ts";
import { loadCity } from "./cities/city.ts";
import { historyOf } from "./cities/history.ts";
import { rotateKey } from "./devices.ts";
import { applyCity, declareBackfill } from "./seed.ts";

/** Where a local device keeps what it needs to sign, as `npm run device -- add` prints it. */
export const credentialsFile = (home: string, device: string): string => join(home, "devices", `${device}.json`);

/**
 * Puts a city of `prisma/cities` into the hub: catalogue, keys of its devices in `<home>/devices/`, and on a fresh hub
 * the declaration of its synthetic history. Repeating it changes nothing.
 */
export async function seedCity(options: { hub: Pool; hubUrl: string; home: string; city: string }): Promise<void> {
  const { hub, hubUrl, home } = options;
  const config = loadCity(options.city);
  await applyCity(hubUrl, config);
  await mkdir(join(home, "devices"), { recursive: true, mode: 0o700 });
  for (const { id } of config.devices) {
    const file = credentialsFile(home, id);
    if (existsSync(file)) continue;
    await writeFile(file, `${JSON.stringify(await rotateKey(hub, id, 0), null, 2)}\n`, { mode: 0o600 });
  }
  const { rowCount } = await hub.query("SELECT FROM hub.backfill WHERE city_id = $1 LIMIT 1", [config.id]);
  if (rowCount === 0) await declareBackfill(hubUrl, config.id, historyOf(config, Date.now()));
}
