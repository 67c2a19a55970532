import { Redis } from "ioredis";
import type { Log } from "./log.ts";

/**
 * A connection for producers: it fails at once while Redis is away, so that an answer never waits for it.
 */
export function producerConnection(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  });
  redis.on("error", (err) => log.debug({ event: "redis.error", err }));
  return redis;
}

/** A connection for BullMQ workers: it waits for Redis as long as it takes. */
export function workerConnection(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  });
  redis.on("error", (err) => log.debug({ event: "redis.error", err }));
  return redis;
}
