-- What was released lately on how many are in the public areas of a city?
--   $1 text city, or null · $2 text[] zone keys, or null for all
--   $3 bigint, $4 bigint: windows that start in [$3, $4), epoch ms
--   $5 text[] datasets that may be read, those that count first before others of the same zone
-- Columns: one row a zone, of the newest plan of the first of these datasets that counts it: dataset, city, zone, slug, area in m², half width, step, and
--   `history`: [[start ms, end ms, value, withheld, threshold version], …] by time; null when nothing was released.
-- Plan: observation_pkey, one index range a cell.
SELECT DISTINCT ON (z.id) p.dataset_id AS dataset, d.city_id AS city, z.id AS zone, z.slug, z.area_m2 AS area, p.half_width_95 AS width, p.step, h.history
  FROM hub.dataset d
  JOIN LATERAL (SELECT * FROM hub.plan p WHERE p.dataset_id = d.id AND p.corrects IS NULL ORDER BY p.version DESC LIMIT 1) p ON p.statistic = 'OCCUPANCY'
  JOIN hub.partition q ON q.plan_number = p.number
  JOIN hub.zone z ON z.id = q.zone_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(extract(epoch FROM r.window_start)::bigint * 1000,
                                     extract(epoch FROM r.window_end)::bigint * 1000,
                                     o.value, o.withheld, r.threshold_version) ORDER BY r.window_start) AS history
      FROM open.published_observation o
      JOIN open.published_release r ON r.plan = o.plan AND r.window_start = o.window_start
     WHERE o.plan = p.number AND o.cell = q.cell
       AND o.window_start >= to_timestamp($3::bigint / 1000) AND o.window_start < to_timestamp($4::bigint / 1000)) h ON true
 WHERE d.id = ANY ($5)
   AND ($1::text IS NULL OR d.city_id = $1)
   AND ($2::text[] IS NULL OR z.id = ANY ($2))
 ORDER BY z.id, array_position($5, d.id)
