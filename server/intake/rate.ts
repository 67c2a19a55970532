import { HubError } from "../../core/errors.ts";

type Bucket = { tokens: number; at: number };

const FORGET_ABOVE = 10_000;

/**
 * A token bucket for each device.
 * @param perSecond batches that flow in each second
 * @param burst batches that may come at once
 * @throws from the returned function: HubError RATE_LIMITED with the seconds to wait
 */
export function createRateLimit(perSecond: number, burst: number, clock: () => number = Date.now) {
  const buckets = new Map<string, Bucket>();
  const full = (bucket: Bucket, now: number): boolean =>
    bucket.tokens + ((now - bucket.at) / 1000) * perSecond >= burst;

  return (device: string): void => {
    const now = clock();
    let bucket = buckets.get(device);
    if (bucket === undefined) {
      if (buckets.size >= FORGET_ABOVE) for (const [name, one] of buckets) if (full(one, now)) buckets.delete(name);
      bucket = { tokens: burst, at: now };
      buckets.set(device, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) {
      throw new HubError("RATE_LIMITED", "The device sends more batches than it may.", {
        retryAfter: Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond)),
      });
    }
    bucket.tokens -= 1;
  };
}
