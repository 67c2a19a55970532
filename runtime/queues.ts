import type { JobsOptions } from "bullmq";

/**
 * The queues. A job carries an opaque id and nothing else (privacy rule P11): its name is the queue's constant,
 * its result is null, nothing of it is kept once it is done.
 */
export const QUEUES = {
  /** id = batch id */
  ingest: "ingest",
  /** id = `<population number>.<day>`: look at that population-day and do what is due */
  release: "release",
  /** id = "facts": publish what waits */
  facts: "facts",
} as const;

export type Ticket = { id: string };

/** Options every job has: kept nowhere after completion, tried again with growing pauses. */
export const JOB: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 8,
  backoff: { type: "exponential", delay: 200 },
};

/** One BullMQ prefix for the whole hub: a queue is one slot of a Redis cluster. */
export const PREFIX = "{madang}";
