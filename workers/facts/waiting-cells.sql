-- Unlocked cells of sensitive reports that wait for publication, oldest block first.
--   $1 how many at most
--   columns: population, snap_version, point, block_start, fact (JSON as text). Index report_cell_waiting.
SELECT population, snap_version, point, block_start, fact::text AS fact FROM edge.report_cell
 WHERE fact IS NOT NULL AND NOT published AND refused IS NULL
 ORDER BY block_start, population, snap_version, point LIMIT $1
