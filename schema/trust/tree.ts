import { subtreesFrom, TILE_WIDTH, type Tile, tilesFor, widthOf } from "../../core/log/tile.ts";
import { type Hash, hashRange, type Range } from "../../core/log/tree.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

const tile = statement(new URL("./tile.sql", import.meta.url));

/** The first `width` hashes of a tile, one behind the other; fewer where the tree does not hold so many. */
export async function readTile(hub: Queryable, { level, index }: Tile, width: number): Promise<Buffer> {
  const first = index * TILE_WIDTH;
  const { rows } = await hub.query<{ hashes: Buffer | null }>({ ...tile, values: [level, first, first + width] });
  return rows[0]?.hashes ?? Buffer.alloc(0);
}

/**
 * The hashes of ranges of the log's tree, in their order.
 * @param size of the tree that they belong to
 * @throws RangeError for what the tree does not hold
 */
export async function hashesOf(hub: Queryable, ranges: readonly Range[], size: number): Promise<Hash[]> {
  const tiles = await Promise.all(
    tilesFor(ranges).map(async (one) => [one, await readTile(hub, one, widthOf(one, size))] as const),
  );
  const read = subtreesFrom(tiles);
  return ranges.map((range) => hashRange(range, read));
}
