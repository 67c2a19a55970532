import type { Queue } from "bullmq";
import type { Pool } from "../../runtime/postgres.ts";
import { JOB, QUEUES, type Ticket } from "../../runtime/queues.ts";

const AT_ONCE = 1_000;
/** A batch that still waits so long after its ticket gets another: the queue may have been wiped meanwhile. */
const AGAIN_MS = 5_000;

export type IngestQueue = Pick<Queue<Ticket, null>, "addBulk">;

/**
 * Puts tickets for batches that wait longer than they should into the queue: Redis was away when they were acknowledged,
 * or was wiped since. A ticket too many is harmless.
 * @param sent when a batch got its last ticket (epoch ms), kept between runs
 * @returns how many tickets were added
 */
export async function sweepInbox(
  edge: Pool,
  queue: IngestQueue,
  sent: Map<string, number>,
  now: number,
): Promise<number> {
  const { rows } = await edge.query<{ id: string }>("SELECT id FROM edge.pending(interval '2 seconds', $1)", [AT_ONCE]);
  for (const [id, at] of sent) if (now - at >= AGAIN_MS) sent.delete(id);
  const tickets = rows.filter((row) => !sent.has(row.id));
  if (tickets.length === 0) return 0;
  // The id dedupes against the intake's own ticket while that one is in the queue.
  await queue.addBulk(tickets.map(({ id }) => ({ name: QUEUES.ingest, data: { id }, opts: { ...JOB, jobId: id } })));
  for (const { id } of tickets) sent.set(id, now);
  return tickets.length;
}
