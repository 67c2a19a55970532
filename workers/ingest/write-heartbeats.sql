-- Parameters, in parallel and sorted: $1 text[] device, $2 text[] feed, $3 timestamptz[] at.
INSERT INTO edge.heartbeat (device, feed, at)
  SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[])
ON CONFLICT DO NOTHING
