import { Redis } from "ioredis";
import type { Log } from "./log.ts";

/**
 * A connection for producers: it fails at once while Redis is away, so that an answer never waits for it.
 * @param commandTimeout ms after which a command is given up: Redis may hang without being away (default: never)
 */
export function producerConnection(url: string, log: Log, commandTimeout?: number): Redis {
  const redis = new Redis(url, {
    ...(commandTimeout !== undefined && { commandTimeout }),
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
