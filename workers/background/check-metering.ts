import type { Log } from "../../runtime/log.ts";
import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";

const DIFFERENCE = statement(new URL("./difference.sql", import.meta.url));

/**
 * Holds the sums that quotas are judged by against the events that statements are made of. They are written in one
 * transaction, so that a difference is a fault of ours, never one of load or of a crash.
 * @returns how many months of licences differ; each is an alarm
 */
export async function checkMetering(hub: Pool, log: Log): Promise<number> {
  const { rows } = await hub.query<{ found: number }>(DIFFERENCE);
  const found = rows[0]?.found ?? 0;
  if (found > 0) log.error({ event: "meter.differs", months: found });
  return found;
}
