-- The facts that wait for publication, oldest first.
--   $1 how many at most
--   columns: id, class, fact (JSON as text). Index fact_waiting.
SELECT id, class, fact::text AS fact FROM edge.fact
 WHERE NOT published AND refused IS NULL ORDER BY received_at, id LIMIT $1
