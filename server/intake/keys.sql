-- Which keys may sign, for which device, to which feeds?
-- Columns: key_id, public_key (32 bytes), device, revoked (key or device withdrawn, or the key has expired), feeds.
-- Read whole, twice a second: a few thousand rows at most.
SELECT k.key_id, k.public_key, k.device_id AS device,
       k.revoked_at IS NOT NULL OR d.revoked_at IS NOT NULL OR coalesce(k.expires_at <= now(), false) AS revoked,
       ARRAY(SELECT r.feed_id FROM hub.stream_right r WHERE r.device_id = d.id) AS feeds
  FROM hub.device_key k JOIN hub.device d ON d.id = k.device_id
