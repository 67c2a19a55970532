-- Writes the frozen counts and the one draw of each slot; a second draw of a slot breaks its key and all is undone.
--   $1 uuid[] slots  $2 text[] frozen cells  $3 text[] counts  $4 text[] cells  $5 text[] values  $6 text[] silent
--   (each text is one array)
WITH v AS (
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    AS v (slot, frozen_cells, counts, cells, values, silent)
), frozen AS (
  INSERT INTO edge.frozen (slot, cells, counts) SELECT slot, frozen_cells::bigint[], counts::integer[] FROM v
)
INSERT INTO edge.draw (slot, cells, values, silent)
  SELECT slot, cells::bigint[], values::integer[], silent::boolean[] FROM v
