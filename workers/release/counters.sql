-- The pre-aggregated counts of windows: no subject, so nothing to bound.
--   $1 day  $2 integer[] plans  $3 timestamptz[] first window start  $4 timestamptz[] end of the last window
--   columns: plan, window_start (epoch ms), cells, counts: JSON lists
SELECT c.plan, floor(extract(epoch FROM c.window_start) * 1000)::bigint AS window_start,
       json_agg(c.cell) AS cells, json_agg(c.value) AS counts
  FROM unnest($2::integer[], $3::timestamptz[], $4::timestamptz[]) AS a (plan, first, until)
  JOIN edge.counter c ON c.day = $1::date AND c.plan = a.plan AND c.window_start >= a.first AND c.window_start < a.until
 GROUP BY c.plan, c.window_start
