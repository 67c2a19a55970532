-- Which hashes does a tile of the log hold?
--   $1 integer level · $2 bigint first, $3 bigint end of the hashes' numbers at that level, half-open
-- Columns: the hashes one behind the other, null for none.
-- Plan: log_entry_pkey at level 0, log_node_pkey above; the other is never executed.
SELECT string_agg(hash, ''::bytea ORDER BY number) AS hashes
  FROM (SELECT position AS number, leaf_hash AS hash
          FROM open.log_entry WHERE $1::integer = 0 AND position >= $2::bigint AND position < $3::bigint
        UNION ALL
        SELECT index, hash FROM open.log_node WHERE level = $1::integer AND index >= $2::bigint AND index < $3::bigint) AS held
