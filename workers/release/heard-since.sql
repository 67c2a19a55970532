-- Which devices were heard at all in a span.
--   $1 text[] devices  $2 timestamptz from  $3 timestamptz to
--   columns: device
SELECT device FROM unnest($1::text[]) AS device
 WHERE EXISTS (SELECT FROM edge.heartbeat h WHERE h.device = device AND h.at >= $2 AND h.at < $3)
