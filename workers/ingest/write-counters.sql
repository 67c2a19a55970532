-- Takes pre-aggregated counts of one plan, sorted by their unique key; the first of a cell and window stands.
-- Parameters: $1 integer plan, in parallel $2 date[] day, $3 timestamptz[] window start, $4 bigint[] cell,
--   $5 integer[] value. Column: taken, how many were new.
-- Raises MD025 where a day is not open or a window is frozen.
SELECT edge.take_counters($1, $2, $3, $4, $5) AS taken
