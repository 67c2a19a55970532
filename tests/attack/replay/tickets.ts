import { Queue, QueueEvents } from "bullmq";
import { Redis } from "ioredis";
import { JOB, PREFIX, QUEUES } from "../../../runtime/queues.ts";
import { until } from "../../support/wait.ts";

/**
 * Asks the release worker again for a day, so many times.
 * @returns how many tickets were done, and whatever they answered but nothing
 */
export async function sendTickets(
  redis: string,
  ticket: string,
  times: number,
): Promise<{ done: number; answers: Set<string> }> {
  const [producer, listener] = [
    new Redis(redis, { maxRetriesPerRequest: null }),
    new Redis(redis, { maxRetriesPerRequest: null }),
  ];
  const queue = new Queue(QUEUES.release, { connection: producer, prefix: PREFIX });
  // From the beginning of what the queue keeps: the first tickets may be done before the listener listens.
  const events = new QueueEvents(QUEUES.release, { connection: listener, prefix: PREFIX, lastEventId: "0-0" });
  const ours = new Set<string>();
  const ended = new Set<string>();
  const answers = new Set<string>();
  events.on("completed", ({ jobId, returnvalue }) => {
    ended.add(jobId);
    if (returnvalue !== null && String(returnvalue) !== "null") answers.add(String(returnvalue));
  });
  events.on("failed", ({ jobId, failedReason }) => {
    ended.add(jobId);
    answers.add(failedReason);
  });
  try {
    await events.waitUntilReady();
    for (let n = 0; n < times; n += 100) {
      const jobs = await queue.addBulk(
        Array.from({ length: Math.min(100, times - n) }, () => ({
          name: QUEUES.release,
          data: { id: ticket },
          opts: JOB,
        })),
      );
      for (const { id } of jobs) if (id !== undefined) ours.add(id);
    }
    await until("all tickets are done", async () => [...ours].every((id) => ended.has(id)), { limitMs: 120_000 });
    return { done: ours.size, answers };
  } finally {
    await Promise.all([events.close(), queue.close()]);
    producer.disconnect();
    listener.disconnect();
  }
}
