-- Takes contributions of one plan, sorted by their unique key; repetitions are left out.
-- Parameters: $1 integer plan, in parallel $2 date[] day, $3 timestamptz[] window start, $4 bigint[] cell,
--   $5 integer[] stratum, $6 bytea[] pseudonym. Column: taken, how many were new.
-- Raises MD025 where a day is not open or a window is frozen.
SELECT edge.take_contributions($1, $2, $3, $4, $5, $6) AS taken
