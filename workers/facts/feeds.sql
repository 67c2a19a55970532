-- The feeds that live devices post to, with those devices. A feed of backfills alone has no freshness.
--   columns: feed, heartbeat_seconds, devices text[]
SELECT f.id AS feed, f.heartbeat_seconds, array_agg(d.id ORDER BY d.id) AS devices
  FROM hub.feed f
  JOIN hub.stream_right r ON r.feed_id = f.id
  JOIN hub.device d ON d.id = r.device_id AND d.kind <> 'BACKFILL' AND d.revoked_at IS NULL
 GROUP BY f.id, f.heartbeat_seconds ORDER BY f.id
