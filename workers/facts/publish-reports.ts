import { inTransaction, type Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { isRefusal, SCHEDULE_SECONDS } from "./publish.ts";

const WAITING = statement(new URL("./waiting-cells.sql", import.meta.url));
const MARK = statement(new URL("./mark-cell.sql", import.meta.url));
const REVOKED = "SELECT id FROM hub.device WHERE revoked_at IS NOT NULL";
const CELLS_LOCK = 7393;
const AT_ONCE = 200;

type Cell = { population: number; snap_version: number; point: string; block_start: Date; fact: string };

/**
 * Judges the cells of sensitive reports whose time has come, and publishes those that unlock (rule P14). Judging is the
 * edge database's and happens once a cell; a crash in between repeats publications, which changes nothing.
 * @throws while the hub does not say which devices are revoked: then nothing is judged
 */
export async function publishReports(hub: Pool, edge: Pool): Promise<void> {
  const { rows: revoked } = await hub.query<{ id: string }>(REVOKED);
  await edge.query("SELECT edge.unlock_reports($1)", [revoked.map(({ id }) => id)]);
  for (let taken = AT_ONCE; taken === AT_ONCE; ) taken = await publishSome(hub, edge);
}

/** @returns how many cells were taken; 0 also while another copy works */
function publishSome(hub: Pool, edge: Pool): Promise<number> {
  return inTransaction(edge, async (client) => {
    const lock = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_xact_lock($1, 0) AS mine", [CELLS_LOCK]);
    if (lock.rows[0]?.mine !== true) return 0;
    const { rows: cells } = await client.query<Cell>({ ...WAITING, values: [AT_ONCE] });
    for (const { population, snap_version, point, block_start, fact } of cells) {
      const refused = await publish(hub, fact);
      await client.query({ ...MARK, values: [population, snap_version, point, block_start, refused] });
    }
    return cells.length;
  });
}

/** Publishes a whole cell, or answers the code of the database that refuses it. */
async function publish(hub: Pool, fact: string): Promise<string | null> {
  try {
    await hub.query("SELECT open.publish_fact('SNAPPED', $1, $2)", [fact, SCHEDULE_SECONDS]);
    return null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.code;
  }
}
