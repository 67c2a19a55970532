-- Which devices were heard in which five minutes of a span. Every window of a day is whole five minutes from midnight.
--   $1 text[] devices  $2 timestamptz midnight  $3 timestamptz from  $4 timestamptz to
--   columns: device, part (five minutes since midnight)
SELECT device, floor(extract(epoch FROM at - $2::timestamptz) / 300)::integer AS part
  FROM edge.heartbeat
 WHERE device = ANY ($1::text[]) AND at >= $3::timestamptz AND at < $4::timestamptz
 GROUP BY 1, 2
