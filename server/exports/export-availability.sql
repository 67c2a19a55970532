-- How many vehicles and docks were at the stations in a period, a page at a time?
--   $1 text dataset · $2 bigint from, $3 bigint to: epoch ms, half-open · $4 text[] slugs of stations, or null for all
--   $5 text after this position ('' at first) · $6 integer how many
-- Columns: position, at (epoch ms), station's slug, vehicles, docks, geometry.
-- Plan: availability_at, chunks by the period.
SELECT * FROM (
  SELECT to_char(extract(epoch FROM a.at) * 1000, 'FM0000000000000000') || ' ' || a.zone AS position,
         extract(epoch FROM a.at)::bigint * 1000 AS at, z.slug AS place, a.vehicles, a.docks, z.geometry
    FROM open.published_availability a
    JOIN hub.zone z ON z.id = a.zone
   WHERE a.dataset = $1
     AND a.at >= to_timestamp($2::bigint / 1000) AND a.at < to_timestamp($3::bigint / 1000)
     AND ($4::text[] IS NULL OR z.slug = ANY ($4))) rows
 WHERE position > $5
 ORDER BY position
 LIMIT $6
