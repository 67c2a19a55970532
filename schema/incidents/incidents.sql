-- Which incidents are asked for, newest first?
--   $1 text city, or null · $2 text[] kinds, or null · $3 text[] keys of zones (they or within), or null
--   $4 bigint, $5 bigint: touching [from, to), epoch ms; null for any time · $6 boolean open at $7, or null for both
--   $7 bigint now, epoch ms · $8 text after, $9 text before this position (null: open) · $10 boolean from the end · $11 integer how many
--   $12 json what may be read: a list of {dataset, area, from_ms, to_ms}: slugs of zones, null all; of what begins in [from_ms, to_ms], epoch ms
-- Columns: position (start and id, sortable), id, dataset, category, severity, urgency, certainty, span (epoch ms), zone, its slug, parent,
--   geometry (null: no place is told), publication, snapped, cause, names of the snap point or the zone, time zone.
-- Plan: event_dataset of the open event datasets; things are few.
WITH scope AS MATERIALIZED (
  SELECT dataset, area, from_ms, to_ms
    FROM json_to_recordset($12) AS s (dataset text, area text[], from_ms bigint, to_ms bigint)
), events AS (
  SELECT to_char(extract(epoch FROM e.starts_at) * 1000, 'FM0000000000000000') || ' ' || e.id AS position, e.*,
         z.parent_id, z.slug, z.name_ko, z.name_en, p.name_ko AS point_ko, p.name_en AS point_en, c.time_zone
    FROM open.published_event e
    JOIN hub.dataset d ON d.id = e.dataset
    JOIN hub.city c ON c.id = d.city_id
    JOIN hub.zone z ON z.id = e.zone
    LEFT JOIN hub.snap_point p ON p.city_id = e.snap_city AND p.version = e.snap_version AND p.slug = e.snap_point
   WHERE e.dataset IN (SELECT s.dataset FROM scope s)
     AND EXISTS (SELECT FROM scope s
                  WHERE s.dataset = e.dataset AND (s.area IS NULL OR z.slug = ANY (s.area))
                    AND e.starts_at BETWEEN to_timestamp(s.from_ms / 1000) AND to_timestamp(s.to_ms / 1000))
     AND ($1::text IS NULL OR d.city_id = $1)
     AND ($2::text[] IS NULL OR e.category = ANY ($2))
     AND ($3::text[] IS NULL OR e.zone = ANY ($3) OR z.parent_id = ANY ($3))
     AND ($4::bigint IS NULL OR coalesce(e.ends_at, 'infinity') > to_timestamp($4::bigint / 1000))
     AND ($5::bigint IS NULL OR e.starts_at < to_timestamp($5::bigint / 1000))
     AND ($6::boolean IS NULL OR $6 = (e.starts_at <= to_timestamp($7::bigint / 1000)
                                       AND coalesce(e.ends_at, 'infinity') > to_timestamp($7::bigint / 1000)))
)
SELECT position, id, dataset, category, severity, urgency, certainty, extract(epoch FROM starts_at)::bigint * 1000 AS "from",
       extract(epoch FROM ends_at)::bigint * 1000 AS "to", zone, slug, parent_id AS parent, geometry,
       extract(epoch FROM published_at)::bigint * 1000 AS published,
       snapped, cause, json_build_object('ko', name_ko, 'en', name_en) AS "zoneName",
       json_build_object('ko', coalesce(point_ko, name_ko), 'en', coalesce(point_en, name_en)) AS place,
       time_zone AS "timeZone"
  FROM events
 WHERE ($8::text IS NULL OR position < $8) AND ($9::text IS NULL OR position > $9)
 ORDER BY CASE WHEN $10::boolean THEN position END, position DESC
 LIMIT $11
