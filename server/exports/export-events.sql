-- Which events of a dataset touch a period, a page at a time?
--   $1 text dataset · $2 bigint from, $3 bigint to: epoch ms, half-open · $4 text[] slugs of zones, or null for all
--   $5 text after this position ('' at first) · $6 integer how many
-- Columns: position, key, kind, severity, urgency, certainty, span (epoch ms), zone's slug, geometry (null: no
--   place is told), snapped, cause.
-- Plan: event_dataset.
SELECT * FROM (
  SELECT to_char(extract(epoch FROM e.starts_at) * 1000, 'FM0000000000000000') || ' ' || e.id AS position, e.category AS kind,
         e.severity, e.urgency, e.certainty, extract(epoch FROM e.starts_at)::bigint * 1000 AS "from",
         extract(epoch FROM e.ends_at)::bigint * 1000 AS "to", z.slug AS place, e.geometry, e.snapped, e.cause
    FROM open.published_event e
    JOIN hub.zone z ON z.id = e.zone
   WHERE e.dataset = $1
     AND e.starts_at < to_timestamp($3::bigint / 1000)
     AND coalesce(e.ends_at, 'infinity') > to_timestamp($2::bigint / 1000)
     AND ($4::text[] IS NULL OR z.slug = ANY ($4))) events
 WHERE position > $5
 ORDER BY position
 LIMIT $6
