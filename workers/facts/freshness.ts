export type Freshness = "FRESH" | "LATE" | "STALE";

/**
 * How a feed stands: heard within two of its heartbeat intervals, within ten, or not.
 * @param lastHeartbeat of whichever of its devices was heard last, epoch ms; null: none ever was
 */
export function freshnessOf(now: number, lastHeartbeat: number | null, heartbeatSeconds: number): Freshness {
  if (lastHeartbeat === null) return "STALE";
  const intervals = (now - lastHeartbeat) / (heartbeatSeconds * 1000);
  if (intervals <= 2) return "FRESH";
  return intervals <= 10 ? "LATE" : "STALE";
}
