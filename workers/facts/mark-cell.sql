-- A cell is published, or refused with a code.
--   $1 population  $2 snap version  $3 point  $4 block start  $5 code or null
UPDATE edge.report_cell SET published = $5::text IS NULL, refused = $5::text
 WHERE population = $1 AND snap_version = $2 AND point = $3 AND block_start = $4
