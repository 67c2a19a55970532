import type { IncomingMessage, ServerResponse } from "node:http";
import { HubError } from "../../core/errors.ts";
import { encodeEntries, parseTilePath, TILE_WIDTH, type TilePath, widthOf } from "../../core/log/tile.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { readTile } from "../../schema/trust/tree.ts";
import { allow, OPEN_TO_ALL, send } from "../front/answer.ts";

const checkpointOf = statement(new URL("./checkpoint.sql", import.meta.url));
const entriesOf = statement(new URL("./entries.sql", import.meta.url));

type Checkpoint = { size: number; note: string; verifierKey: string };

const TEXT = "text/plain; charset=utf-8";
/** What a full or a partial tile holds never changes. */
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * Answers the transparency log to everybody, as C2SP tlog-tiles asks: `/log/checkpoint`, `/log/tile/<L>/<N>[.p/<W>]`,
 * `/log/tile/entries/<N>[.p/<W>]`; and `/log/key`, the verifier key as a line, to be noted down once.
 * @throws HubError NOT_FOUND for a tile that no signed tree has; UNAVAILABLE before the first checkpoint
 */
export function serveLog(hub: Queryable) {
  async function current(): Promise<Checkpoint> {
    const { rows } = await hub.query<Checkpoint>({ ...checkpointOf });
    if (rows[0] === undefined) {
      throw new HubError("UNAVAILABLE", "The log has not signed its first checkpoint yet.", { retryAfter: 60 });
    }
    return rows[0];
  }

  async function contents({ kind, level, index, width }: TilePath): Promise<Buffer> {
    if (kind === "HASHES") return readTile(hub, { level, index }, width);
    const first = index * TILE_WIDTH;
    const { rows } = await hub.query<{ entry: Buffer }>({ ...entriesOf, values: [first, first + width] });
    return encodeEntries(rows.map(({ entry }) => entry));
  }

  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    allow(request, response, "GET", "HEAD");
    const answer = (type: string, caching: string, body: string | Buffer) =>
      send(request, response, 200, { ...OPEN_TO_ALL, "content-type": type, "cache-control": caching }, body);
    const name = path.slice("/log/".length);
    if (name === "checkpoint") return answer(TEXT, "no-cache", (await current()).note);
    if (name === "key") return answer(TEXT, "no-cache", `${(await current()).verifierKey}\n`);
    const tile = parseTilePath(name);
    // Only what a signed tree has is shown; a full tile may be asked for in parts, too.
    if (tile === null || tile.width > widthOf(tile, (await current()).size)) {
      throw new HubError(
        "NOT_FOUND",
        "No signed tree has this: see /log/checkpoint, and C2SP tlog-tiles for the paths.",
      );
    }
    return answer("application/octet-stream", FOR_EVER, await contents(tile));
  };
}
