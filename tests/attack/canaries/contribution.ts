import { join } from "node:path";
import type { Hub } from "../../support/hub.ts";
import { contributions } from "../../support/hub.ts";
import { openPastDay } from "../../support/past-day.ts";
import { people } from "../../support/readings.ts";
import { createFinder, searchFiles } from "../../support/search.ts";
import { until, untilEqual } from "../../support/wait.ts";

const COUNT = 50;

/**
 * Pseudonyms of one day, looked for in the edge database's files while the day is open and after it was dropped.
 * @returns how many of them were in the write-ahead log and in any file, before and after
 */
export async function followContribution(
  hub: Hub,
): Promise<{ planted: number; before: number; wal: number; files: number }> {
  const past = await openPastDay(hub);
  await past.device.deliver(people("contribution", COUNT, past.at), past.backfill);
  await untilEqual("contributions", COUNT, () => contributions(hub, past.city));
  const { rows } = await hub.edge.query<{ pseudonym: Buffer }>(
    "SELECT pseudonym FROM edge.contribution WHERE day = $1",
    [past.day],
  );
  const find = createFinder(rows.map(({ pseudonym }) => pseudonym));
  const held = async (folder: string): Promise<number> => {
    const found = await searchFiles(join(hub.home, "stores/edge/data", folder), find);
    return new Set([...found.values()].flatMap((one) => [...one])).size;
  };
  const before = await held("pg_wal");
  await past.end();
  // What the background worker does within a minute; the administrator may, too.
  await until("the chunks are dropped", async () => {
    const { rowCount } = await hub.edge.query(
      "SELECT FROM show_chunks('edge.contribution', older_than => $1::date + 1, newer_than => $1::date)",
      [past.day],
    );
    return rowCount === 0;
  });
  await hub.edge.query("SELECT edge.forget_log()");
  await hub.edge.query("SELECT pg_switch_wal()");
  await hub.edge.query("CHECKPOINT");
  return { planted: rows.length, before, wal: await held("pg_wal"), files: await held("") };
}
