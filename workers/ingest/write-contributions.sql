-- Contributions of one plan, sorted by their unique key; repetitions are left out.
-- Parameters: $1 integer plan, in parallel $2 date[] day, $3 timestamptz[] window start, $4 bigint[] cell,
--   $5 integer[] stratum, $6 bytea[] pseudonym. The command's row count says how many were new.
INSERT INTO edge.contribution (day, plan, window_start, cell, stratum, pseudonym)
  SELECT day, $1::integer, window_start, cell, stratum, pseudonym
    FROM unnest($2::date[], $3::timestamptz[], $4::bigint[], $5::integer[], $6::bytea[])
      AS u (day, window_start, cell, stratum, pseudonym)
ON CONFLICT DO NOTHING
