import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "../../runtime/log.ts";
import { JOB, PREFIX, QUEUES, type Ticket } from "../../runtime/queues.ts";

/** A population-day is asked for at most this often by one intake. */
const AGAIN_MS = 250;

export type Tickets = ReturnType<typeof createTickets>;

/**
 * Tells the workers that there is work. Nobody waits for it and nothing depends on it: while Redis is away, tickets are
 * left out, and the sweeper makes them from the inbox later.
 */
export function createTickets(redis: Redis, log: Log, clock: () => number = Date.now) {
  const options = { connection: redis, prefix: PREFIX, skipVersionCheck: true } as const;
  const ingest = new Queue<Ticket>(QUEUES.ingest, options);
  const release = new Queue<Ticket>(QUEUES.release, options);
  for (const queue of [ingest, release]) queue.on("error", (err) => log.debug({ event: "intake.queue_error", err }));
  const asked = new Map<string, number>();

  function add(queue: Queue<Ticket>, id: string, jobId?: string): void {
    if (redis.status !== "ready") return;
    queue
      .add(queue.name, { id }, jobId === undefined ? JOB : { ...JOB, jobId })
      .catch((err: unknown) => log.debug({ event: "intake.ticket_lost", err }));
  }

  return {
    /** A batch waits in the inbox. */
    batch(id: string): void {
      add(ingest, id, id);
    },
    /** A population-day is needed and not open yet. */
    day(population: number, day: string): void {
      const id = `${population}.${day}`;
      const now = clock();
      if (now - (asked.get(id) ?? 0) < AGAIN_MS) return;
      if (asked.size > 10_000) asked.clear();
      asked.set(id, now);
      add(release, id);
    },
    async close(): Promise<void> {
      await Promise.allSettled([ingest.close(), release.close()]);
    },
  };
}
