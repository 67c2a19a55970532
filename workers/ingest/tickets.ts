import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "../../runtime/log.ts";
import { JOB, PREFIX, QUEUES, type Ticket } from "../../runtime/queues.ts";

/** The same hint is written at most this often by one worker; what has just happened is always told. */
const AGAIN_MS = 250;

export type Tickets = ReturnType<typeof createTickets>;

/** Tells the release and facts workers that there is work: hints that may be lost, because the databases know. */
export function createTickets(redis: Redis, log: Log, clock: () => number = Date.now) {
  const options = { connection: redis, prefix: PREFIX, skipVersionCheck: true } as const;
  const queues = {
    release: new Queue<Ticket>(QUEUES.release, options),
    facts: new Queue<Ticket>(QUEUES.facts, options),
  };
  for (const queue of Object.values(queues)) {
    queue.on("error", (err) => log.debug({ event: "ingest.queue_error", err }));
  }
  const written = new Map<string, number>();

  function add(to: keyof typeof queues, id: string, always = false): void {
    const now = clock();
    if (redis.status !== "ready" || (!always && now - (written.get(id) ?? 0) < AGAIN_MS)) return;
    if (written.size > 10_000) written.clear();
    written.set(id, now);
    queues[to].add(queues[to].name, { id }, JOB).catch((err: unknown) => {
      log.debug({ event: "ingest.ticket_lost", err });
    });
  }

  return {
    /** A population-day must open. */
    day: (population: number, day: string): void => add("release", `${population}.${day}`),
    /** A population-day has ended: told also right after the wish to open it. */
    ended: (population: number, day: string): void => add("release", `${population}.${day}`, true),
    /** Facts wait. */
    facts: (): void => add("facts", "facts"),
    async close(): Promise<void> {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.close()));
    },
  };
}
