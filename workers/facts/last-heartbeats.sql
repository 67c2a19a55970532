-- When devices were heard last, up to a moment.
--   $1 text[] devices  $2 timestamptz moment
--   columns: device, at (epoch ms). One look at the newest entry of each device (primary key).
SELECT d.device, floor(extract(epoch FROM h.at) * 1000)::bigint AS at
  FROM unnest($1::text[]) AS d (device)
  CROSS JOIN LATERAL (
    SELECT at FROM edge.heartbeat WHERE device = d.device AND at <= $2 ORDER BY at DESC LIMIT 1
  ) AS h
