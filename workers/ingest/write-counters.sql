-- Pre-aggregated counts of one plan, sorted by their unique key; the first of a cell and window stands.
-- Parameters: $1 integer plan, in parallel $2 date[] day, $3 timestamptz[] window start, $4 bigint[] cell,
--   $5 integer[] value. The command's row count says how many were new.
INSERT INTO edge.counter (day, plan, window_start, cell, value)
  SELECT day, $1::integer, window_start, cell, value
    FROM unnest($2::date[], $3::timestamptz[], $4::bigint[], $5::integer[]) AS u (day, window_start, cell, value)
ON CONFLICT DO NOTHING
