-- Which stations have vehicles and docks, and how many now?
--   $1 text city, or null · $2 text[] keys of zones: the stations themselves or those within, or null
--   $3 text after this key · $4 text before this key (null: open) · $5 boolean from the end · $6 integer how many, null for all
--   $7 bigint now, epoch ms
--   $8 text[] datasets
-- Columns: zone key, slug, name, geometry, parent's key, dataset, and the newest availability of the last day with its age; null when older.
-- Plan: hub.zone by city; availability_pkey backwards, one row a station.
SELECT z.id AS key, z.slug, json_build_object('ko', z.name_ko, 'en', z.name_en) AS name, z.geometry, z.parent_id AS parent,
       d.id AS dataset, extract(epoch FROM a.at)::bigint * 1000 AS at, a.vehicles, a.docks
  FROM hub.dataset d
  JOIN hub.zone z ON z.city_id = d.city_id AND z.kind = 'STATION'
  LEFT JOIN LATERAL (
    SELECT a.at, a.vehicles, a.docks FROM open.published_availability a
     WHERE a.dataset = d.id AND a.zone = z.id AND a.at > to_timestamp($7::bigint / 1000) - interval '1 day'
     ORDER BY a.at DESC LIMIT 1) a ON true
 WHERE d.kind = 'AVAILABILITY' AND d.id = ANY ($8)
   AND ($1::text IS NULL OR d.city_id = $1)
   AND ($2::text[] IS NULL OR z.id = ANY ($2) OR z.parent_id = ANY ($2))
   AND ($3::text IS NULL OR z.id > $3)
   AND ($4::text IS NULL OR z.id < $4)
 ORDER BY CASE WHEN $5::boolean THEN z.id END DESC, z.id
 LIMIT $6
