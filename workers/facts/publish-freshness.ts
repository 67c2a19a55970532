import type { Pool } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { freshnessOf } from "./freshness.ts";

const FEEDS = statement(new URL("./feeds.sql", import.meta.url));
const LAST = statement(new URL("./last-heartbeats.sql", import.meta.url));
const MINUTE = 60_000;
/** A device's clock may be this far ahead of ours. */
const SKEW_MS = 120_000;

/**
 * Publishes how each feed stands, once for each minute (rule P12: from heartbeats, never from the arrival of events).
 * A second copy, or a second run in the same minute, changes nothing.
 * @param now epoch ms
 */
export async function publishFreshness(hub: Pool, edge: Pool, now: number): Promise<void> {
  const at = Math.floor(now / MINUTE) * MINUTE;
  const { rows: feeds } = await hub.query<{ feed: string; heartbeat_seconds: number; devices: string[] }>(FEEDS);
  if (feeds.length === 0) return;
  const devices = [...new Set(feeds.flatMap((feed) => feed.devices))];
  const { rows } = await edge.query<{ device: string; at: number }>(LAST.text, [devices, new Date(now + SKEW_MS)]);
  const lastOf = new Map(rows.map((row) => [row.device, row.at]));
  for (const { feed, heartbeat_seconds, devices: of } of feeds) {
    const heard = of.flatMap((device) => lastOf.get(device) ?? []);
    const last = heard.length === 0 ? null : Math.max(...heard);
    const fact = {
      feed,
      at: new Date(at).toISOString(),
      state: freshnessOf(now, last, heartbeat_seconds),
      lastHeartbeat: last === null ? null : new Date(last).toISOString(),
    };
    await hub.query("SELECT open.publish_fact('FRESHNESS', $1, 60)", [fact]);
  }
}
