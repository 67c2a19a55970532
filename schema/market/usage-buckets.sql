-- What was a licence used for, by day or hour?
--   $1 uuid licence · $2 timestamptz from · $3 timestamptz to (exclusive) · $4 text 'day' or 'hour' · $5 text time zone
-- Columns: at (where the day or hour begins, epoch ms), dataset, units. Nothing for times without use.
-- Plan: usage_event_licence.
SELECT (extract(epoch FROM date_trunc($4, at, $5)) * 1000)::bigint AS at, dataset, sum(units)::bigint AS units
  FROM meter.usage_event
 WHERE licence = $1 AND at >= $2 AND at < $3
 GROUP BY 1, 2
 ORDER BY 1, 2
