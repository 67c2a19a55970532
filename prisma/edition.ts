import type { Queryable } from "../runtime/postgres.ts";

/**
 * Refuses a database that TimescaleDB's Community edition has compressed and that the Apache-2 edition serves now:
 * compressed rows would silently be missing from answers (timescaledb issue 7787).
 * @throws Error with what to do
 */
export async function refuseCommunityLeftovers(admin: Queryable): Promise<void> {
  const { rows } = await admin.query<{ licence: string; compressed: boolean }>(
    `SELECT current_setting('timescaledb.license') AS licence,
            EXISTS (SELECT FROM _timescaledb_catalog.chunk WHERE compressed_chunk_id IS NOT NULL) AS compressed`,
  );
  if (rows[0]?.licence === "apache" && rows[0].compressed) {
    throw new Error(
      "This database holds chunks compressed by TimescaleDB's Community edition, but the Apache-2 edition serves it: " +
        "their rows would be missing. Start it with the Community edition, or decompress the chunks there first.",
    );
  }
}
